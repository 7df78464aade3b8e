ALTER TABLE depots ADD COLUMN opened TEXT DEFAULT CURRENT_TIMESTAMP; -- want required-column-without-default "its default CURRENT_TIMESTAMP is not constant"
ALTER TABLE depots ADD COLUMN closed TEXT DEFAULT (datetime('now')); -- want required-column-without-default "is not constant"
ALTER TABLE depots ADD COLUMN size INTEGER NOT NULL DEFAULT (1);
ALTER TABLE depots ADD COLUMN name TEXT NOT NULL DEFAULT 'north''s';
ALTER TABLE parcels ADD COLUMN weight REAL NOT NULL; -- want required-column-without-default "where \"parcels\" may have rows"
