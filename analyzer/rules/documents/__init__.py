"""What only documents can get wrong."""
