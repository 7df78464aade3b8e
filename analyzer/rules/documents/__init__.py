"""What only documents can get wrong: fields, names, and who may touch them."""
