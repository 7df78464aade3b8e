"""Sources that should say the same and do not."""
