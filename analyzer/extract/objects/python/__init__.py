"""Python's part of the reading of values: `expressions` and `calls` as values, `changes` in place, `places` where values are kept, `classes`."""
