"""Histories of statements, made up: one module a database system."""
