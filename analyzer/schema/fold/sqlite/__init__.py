"""SQLite's own ways in the fold: what it refuses, and what it keeps of definitions and views."""
