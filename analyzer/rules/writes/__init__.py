"""What statements write and the schema refuses."""
