ALTER TABLE `orders` ADD `note` text
--> statement-breakpoint
CREATE INDEX `orders_user_idx` ON `orders` (`user_id`);
