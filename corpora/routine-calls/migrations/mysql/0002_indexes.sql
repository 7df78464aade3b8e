DELIMITER $$
CREATE PROCEDURE drop_index(in_table VARCHAR(64), in_index VARCHAR(64))
BEGIN
    SET @statement = CONCAT('DROP INDEX ', in_index, ' ON ', in_table);
    PREPARE found FROM @statement;
    EXECUTE found;
END $$
DELIMITER ;
CALL drop_index('orders', 'orders_by_user');
CREATE INDEX orders_by_user ON orders (user_id, total);
CREATE INDEX orders_by_total ON orders (total); -- want migration-error "index \"orders_by_total\" already exists"
