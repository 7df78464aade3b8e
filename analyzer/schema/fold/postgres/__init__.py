"""PostgreSQL's own ways in the fold: what it refuses, inheritance, composite types, the search path, casts."""
