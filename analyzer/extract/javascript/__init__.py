"""JavaScript, TypeScript and TSX as one host language. `host` implements what `extract.host` asks for."""
