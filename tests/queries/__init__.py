"""Queries that nobody wrote, understood as the engine understands them."""
