"""Python as a host language. `host` implements what `extract.host` asks for; the other modules serve the DB-API."""
