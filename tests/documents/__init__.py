"""What drivers and mappers of documents really do, recorded, and the analyzer's tables against it."""
