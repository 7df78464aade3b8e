"""Collections of documents: fields, names, and who may touch them."""
