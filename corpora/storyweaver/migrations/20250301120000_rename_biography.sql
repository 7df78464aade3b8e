ALTER TABLE characters RENAME COLUMN biography TO backstory;

CREATE TABLE credit_usage (
    id INTEGER PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects(id),
    operation TEXT NOT NULL,
    credits_used REAL NOT NULL,
    used_at DATETIME
);
