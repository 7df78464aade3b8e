ALTER TABLE orders ALTER COLUMN code TYPE uuid; -- want type-change-without-cast "column \"orders.code\" of type varchar(36) cannot be cast automatically to type uuid"
ALTER TABLE orders ALTER COLUMN state TYPE status USING state::status; -- want type-change-without-cast "the default 'open' of column \"orders.state\""
ALTER TABLE orders ALTER COLUMN total SET DATA TYPE boolean; -- want type-change-without-cast "to type boolean"
ALTER TABLE orders ALTER COLUMN note TYPE jsonb; -- want type-change-without-cast "to type jsonb"
