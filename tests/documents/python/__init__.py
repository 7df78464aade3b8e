"""Python's drivers and mappers of documents."""
