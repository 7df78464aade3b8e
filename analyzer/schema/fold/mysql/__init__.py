"""MySQL's own ways in the fold: what it refuses, the indexes it makes for keys, types that go together."""
