DO $$
  BEGIN
    DROP FUNCTION make_active_users();
    DROP VIEW active_users;
    CREATE OR REPLACE VIEW active_users AS (SELECT id FROM users);
  END;
$$;

DROP VIEW inactive_users; -- want migration-error "view \"inactive_users\" does not exist"
