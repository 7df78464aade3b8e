-- This cannot be undone.
SELECT 1;
