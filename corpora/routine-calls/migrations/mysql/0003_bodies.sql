DELIMITER $$
CREATE PROCEDURE with_totals()
BEGIN
    DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END;
    CREATE INDEX orders_by_both ON orders (user_id, total);
END $$
DELIMITER ;
CALL with_totals();
DROP PROCEDURE with_totals;
DROP INDEX orders_by_both ON orders;
DROP INDEX orders_by_note ON orders; -- want migration-error "orders_by_note"
