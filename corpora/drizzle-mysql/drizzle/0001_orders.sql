CREATE TABLE `shop_items` (
	`order_id` bigint unsigned NOT NULL,
	`line` int NOT NULL,
	`name` varchar(100) NOT NULL,
	CONSTRAINT `items_key` PRIMARY KEY(`order_id`,`line`)
);
--> statement-breakpoint
CREATE TABLE `shop_orders` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`user_id` bigint unsigned,
	`state` enum('draft','paid','sent') NOT NULL,
	`total` decimal(10,2) NOT NULL DEFAULT '0.00',
	`tax` decimal unsigned,
	`code` varchar(16) NOT NULL,
	`created_at` timestamp NOT NULL DEFAULT (now()),
	`updated_at` timestamp(3) ON UPDATE CURRENT_TIMESTAMP,
	CONSTRAINT `shop_orders_id` PRIMARY KEY(`id`),
	CONSTRAINT `orders_code` UNIQUE(`code`,`user_id`)
);
--> statement-breakpoint
ALTER TABLE `shop_items` ADD CONSTRAINT `items_order` FOREIGN KEY (`order_id`) REFERENCES `shop_orders`(`id`) ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `shop_orders` ADD CONSTRAINT `shop_orders_user_id_shop_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `shop_users`(`id`) ON DELETE cascade ON UPDATE no action;