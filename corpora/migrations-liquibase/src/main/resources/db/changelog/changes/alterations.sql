--liquibase formatted sql

--changeset clerk:names splitStatements:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.columns WHERE table_name = 'users' AND column_name = 'name'
ALTER TABLE users ADD COLUMN name text;

--changeset clerk:totals
ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 2);
ALTER TABLE orders ADD COLUMN paid boolean NOT NULL DEFAULT false;
--rollback ALTER TABLE orders DROP COLUMN paid;
--rollback ALTER TABLE orders ALTER COLUMN total TYPE numeric(10, 2);

--changeset clerk:never ignore:true
DROP TABLE orders;
