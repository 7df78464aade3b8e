"""What SQLite and MySQL say of their own functions: how many arguments each takes, what it gives, and when that is NULL. `read` reads the lists."""
