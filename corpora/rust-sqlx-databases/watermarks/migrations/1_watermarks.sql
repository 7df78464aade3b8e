CREATE TABLE watermarks (stream TEXT NOT NULL, reached_at TEXT NOT NULL);
