CREATE TABLE `users` (`id` integer PRIMARY KEY NOT NULL, `email` text NOT NULL);
--> statement-breakpoint
CREATE TABLE `orders` (`id` integer PRIMARY KEY NOT NULL, `user_id` integer NOT NULL, `note` text);
