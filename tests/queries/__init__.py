"""Queries asked of real engines."""
