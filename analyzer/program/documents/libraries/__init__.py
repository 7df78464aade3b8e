"""What the names of libraries of documents mean: tables with their sources, and look-ups."""
