"""Random histories of definitions, one module a dialect: they know a little of what exists, so that most statements succeed, and some do not."""
