"""Steps that cannot do what they say."""
