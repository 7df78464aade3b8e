"""The fold of schema changes into a schema, and its failure model. `replay` is the way in."""
