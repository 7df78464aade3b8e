-- scripts/jobs.sh goes through this folder.
ALTER TABLE orders ADD COLUMN attempts integer;
