"""Queries that run once an element."""
