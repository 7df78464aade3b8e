"""What the code names and the schema lacks."""
