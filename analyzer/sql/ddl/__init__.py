"""DDL scripts -> schema changes, by a reader of our own over tokens: `read` is the way in, the other modules are statements and clauses."""
