"""Writes that a constraint refuses, and values that code and database disagree about."""
