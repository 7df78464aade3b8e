CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES projects (id), -- want foreign-key-type-mismatch "\"orders.project_id\" is INTEGER, and \"projects.id\" is TEXT"
    customer BIGINT REFERENCES customers (id),
    token VARCHAR(20) REFERENCES projects (id),
    seen DATETIME REFERENCES projects (id)
);
CREATE TABLE projects (id TEXT PRIMARY KEY);
CREATE TABLE customers (id INTEGER PRIMARY KEY);
