CREATE TABLE `users` (
  `id` int(11) unsigned NOT NULL AUTO_INCREMENT COMMENT 'the id; of course',
  `email` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `role` enum('reader','editor') NOT NULL DEFAULT 'reader',
  `changed` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  `bio` text COLLATE 'utf8mb4_bin',
  PRIMARY KEY (`id`),
  UNIQUE KEY `email` (`email`(100)),
  KEY `by_role` (`role`,`changed` DESC) USING BTREE COMMENT 'it''s fast',
  FULLTEXT KEY `by_bio` (`bio`)
) ENGINE=InnoDB AUTO_INCREMENT=3 DEFAULT CHARSET=utf8mb4 COMMENT='people';
CREATE TABLE orders (id BIGINT PRIMARY KEY AUTO_INCREMENT, user_id INT UNSIGNED NOT NULL, paid TINYINT(1) DEFAULT 0,
  INDEX (user_id), CONSTRAINT buyer FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE);
