ALTER TABLE users ADD COLUMN name text; -- want lossy-down-migration "type of \"users.email\" was varchar(200) and is text"
