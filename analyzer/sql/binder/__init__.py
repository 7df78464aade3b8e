"""One parsed statement against a catalogue: scopes, names, types, nullability. `resolve` is the way in from outside."""
