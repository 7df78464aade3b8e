#!/bin/sh
for file in jobs/migrations/*.sql; do
  psql "$DATABASE_URL" -f "$file"
done
