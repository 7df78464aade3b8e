"""Entities of all files: found by name, made whole, and put into the texts that mention them."""
