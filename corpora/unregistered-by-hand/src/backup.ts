import { execSync } from "node:child_process";

// The name of no migration, though it ends like one.
export function backup(stamp: number) {
  console.log("Backups are no migrations.");
  execSync(`pg_dump shop > ./backups/shop-${stamp}.sql`);
}
