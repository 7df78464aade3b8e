"""Which entities a name stands for that is handed in: `self.model` of a repository class, the parameter of a function."""
