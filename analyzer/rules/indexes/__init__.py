"""What queries ask of indexes and none gives."""
