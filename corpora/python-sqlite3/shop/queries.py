"""Statements by name."""

FIND = "SELECT id, email FROM users WHERE id = ?"
BROKEN = "SELECT id, emial FROM users"  # want MISSING: missing-column "emial"
PAGE = 20
