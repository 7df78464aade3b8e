CREATE TABLE `note` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` text NOT NULL,
	`body` text DEFAULT 'it''s empty' NOT NULL,
	`seenAt` integer,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `user` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`email` text(120) NOT NULL,
	`displayName` text,
	`channel` text DEFAULT 'email' NOT NULL,
	`manager_id` text,
	`settings` text DEFAULT '{"beta":true}',
	`limits` text,
	`is_admin` integer DEFAULT false NOT NULL,
	`balance` real DEFAULT 0.5 NOT NULL,
	`credit` numeric,
	`avatar` blob,
	`serial` blob,
	`place` text,
	`slug` text GENERATED ALWAYS AS (lower("displayName")) VIRTUAL,
	`label` text GENERATED ALWAYS AS ("email" || '!') STORED,
	`token` text,
	`created_at` integer DEFAULT (strftime('%s', 'now')) NOT NULL,
	`updated_at` integer,
	FOREIGN KEY (`manager_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "user_balance" CHECK("user"."balance" >= 0 and "user"."balance" <= 1000.5)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_number_unique` ON `user` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `user_email` ON `user` (`email`);--> statement-breakpoint
CREATE INDEX `user_channel` ON `user` (`channel`,"number" desc);--> statement-breakpoint
CREATE UNIQUE INDEX `user_names` ON `user` (`displayName`,`manager_id`);--> statement-breakpoint
CREATE VIEW `admin` AS select id, email from user where is_admin = 1;