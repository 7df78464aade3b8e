ALTER TABLE users DROP mobile;
