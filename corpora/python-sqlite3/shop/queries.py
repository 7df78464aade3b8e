"""Statements by name."""

FIND = "SELECT id, email FROM users WHERE id = ?"
BROKEN = "SELECT id, emial FROM users"  # want missing-column "emial"
PAGE = 20
