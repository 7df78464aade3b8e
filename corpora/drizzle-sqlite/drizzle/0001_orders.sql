CREATE TABLE `order_item` (
	`order_id` text NOT NULL,
	`line` integer NOT NULL,
	`parent_line` integer,
	`sku` text NOT NULL,
	`created_at` integer DEFAULT (strftime('%s', 'now')) NOT NULL,
	PRIMARY KEY(`order_id`, `line`),
	FOREIGN KEY (`order_id`) REFERENCES `order`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`order_id`,`parent_line`) REFERENCES `order_item`(`order_id`,`line`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `order_item_sku_order_id_unique` ON `order_item` (`sku`,`order_id`);--> statement-breakpoint
CREATE TABLE `order` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`is_gift` integer DEFAULT false NOT NULL,
	`placed_at` text DEFAULT CURRENT_TIMESTAMP NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE restrict
);
--> statement-breakpoint
CREATE INDEX `order_open` ON `order` (`user_id`) WHERE "order"."total" > 0;