ALTER TABLE users RENAME phone TO mobile;
