CREATE TABLE `shop_counters` (
	`id` serial AUTO_INCREMENT NOT NULL,
	`total` int unsigned NOT NULL DEFAULT 1,
	CONSTRAINT `shop_counters_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `shop_users` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`email` varchar(190) NOT NULL,
	`country` char(2) NOT NULL DEFAULT 'de',
	`role` enum('admin','customer') NOT NULL DEFAULT 'customer',
	`level` enum('low','high'),
	`is_active` boolean NOT NULL DEFAULT true,
	`age` tinyint unsigned,
	`rank` smallint,
	`points` mediumint unsigned DEFAULT 0,
	`ratio` double(8,3),
	`factor` float,
	`weight` real(6, 2),
	`born` date,
	`seen_at` datetime(6),
	`since` year,
	`opens` time(2),
	`bio` text,
	`short` tinytext,
	`long` mediumtext,
	`longer` longtext,
	`hash` binary(32),
	`key` varbinary(64),
	`preferences` json DEFAULT ('{"theme":"light"}'),
	`slug` varchar(64) GENERATED ALWAYS AS ((lower(`email`))) STORED,
	`first` varchar(1) GENERATED ALWAYS AS ((substr(`email`, 1, 1))) VIRTUAL,
	`created_at` timestamp NOT NULL DEFAULT (now()),
	`updated_at` timestamp(3) ON UPDATE CURRENT_TIMESTAMP,
	CONSTRAINT `shop_users_id` PRIMARY KEY(`id`),
	CONSTRAINT `shop_users_email_unique` UNIQUE(`email`),
	CONSTRAINT `users_rank` UNIQUE(`rank`),
	CONSTRAINT `users_points` CHECK(`shop_users`.`points` >= 0)
);
--> statement-breakpoint
CREATE INDEX `users_role` ON `shop_users` (`role`,`is_active`);