CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('admin', 'member')),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    name VARCHAR(5),
    key TEXT GENERATED ALWAYS AS (lower(email)) VIRTUAL
);

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE carts (id TEXT PRIMARY KEY, owner TEXT NOT NULL COLLATE NOCASE CHECK (owner IN ('guest', 'user')));
CREATE VIEW archived AS SELECT id, email FROM users WHERE active = 0;
CREATE VIEW members AS SELECT id, email FROM users WHERE role = 'member';
CREATE VIEW guests AS SELECT id, owner FROM carts;
CREATE TRIGGER guests_made INSTEAD OF INSERT ON guests BEGIN INSERT INTO carts (id, owner) VALUES (NEW.id, 'guest'); END;
