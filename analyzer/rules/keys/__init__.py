"""Sources that should say the same of one database, and do not."""
