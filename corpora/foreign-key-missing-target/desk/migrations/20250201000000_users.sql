CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
-- SQLite's documentation: a key's target has a name of its own.
CREATE TABLE notes (id INTEGER PRIMARY KEY, user INTEGER REFERENCES users (rowid)); -- want foreign-key-missing-target "references column \"rowid\""
CREATE TABLE bills (user TEXT REFERENCES users (email)); -- want foreign-key-missing-target "references \"users\" (email), which is not unique"
