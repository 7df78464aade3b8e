"""What a real engine built, as plain values: `shapes` are the values and our own answer, the other modules ask one engine each."""
