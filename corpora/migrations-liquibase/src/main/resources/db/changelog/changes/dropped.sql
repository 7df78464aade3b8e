--liquibase formatted sql

--changeset clerk:dropped
ALTER TABLE orders ADD COLUMN refunded boolean; -- want unregistered-migration
