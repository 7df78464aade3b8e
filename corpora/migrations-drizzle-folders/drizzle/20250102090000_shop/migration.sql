CREATE TABLE `users` (
	`id` integer PRIMARY KEY AUTOINCREMENT,
	`email` text NOT NULL UNIQUE
);
--> statement-breakpoint
CREATE TABLE `orders` (
	`id` integer PRIMARY KEY,
	`user_id` integer NOT NULL,
	`total` real DEFAULT 0 NOT NULL,
	CONSTRAINT `fk_orders_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE
);
