BEGIN;
CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), "userName" text NOT NULL);
CREATE TABLE Orders (ID serial PRIMARY KEY, UserId uuid NOT NULL REFERENCES Users (Id) ON DELETE RESTRICT);
COMMIT;
