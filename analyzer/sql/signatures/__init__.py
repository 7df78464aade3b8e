"""What engines give without a migration: types, functions, operators, system relations, as data with its source beside each."""
