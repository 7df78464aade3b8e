-- What `prisma migrate diff` writes for the way back. Prisma reads migration.sql alone.
DROP TABLE "User";
