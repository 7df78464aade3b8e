"""Rust as a host language. `host` implements what `extract.host` asks for."""
