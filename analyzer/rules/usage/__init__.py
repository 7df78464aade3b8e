"""What nobody could read."""
