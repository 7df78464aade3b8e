-- no version, no prefix: Flyway does not read it
DROP TABLE users;
