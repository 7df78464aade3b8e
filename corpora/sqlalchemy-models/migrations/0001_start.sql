CREATE TYPE orderstatus AS ENUM ('DRAFT', 'SENT', 'PAID');
CREATE TYPE channels AS ENUM ('web', 'shop');
CREATE TABLE products (
	id SERIAL NOT NULL,
	title TEXT NOT NULL,
	words VARCHAR[],
	price NUMERIC(10, 2),
	PRIMARY KEY (id)
);
CREATE TABLE tags (
	id SERIAL NOT NULL,
	label VARCHAR(20) NOT NULL,
	PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_tags_label ON tags (label);
CREATE TABLE users (
	id UUID NOT NULL,
	email VARCHAR(200) NOT NULL,
	name VARCHAR(80),
	kind VARCHAR(10) DEFAULT 'user' NOT NULL,
	settings JSONB DEFAULT '{}' NOT NULL,
	points BIGINT NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE,
	note VARCHAR,
	level INTEGER,
	PRIMARY KEY (id),
	CONSTRAINT ck_users_email CHECK (length(email) > 3),
	CONSTRAINT uq_users_email UNIQUE (email)
);
CREATE INDEX ix_users_lower ON users (lower('email'));
CREATE INDEX ix_users_name ON users (name);
COMMENT ON TABLE users IS 'who buys';
CREATE TABLE product_tags (
	product_id INTEGER NOT NULL,
	tag_id INTEGER NOT NULL,
	added_by UUID,
	PRIMARY KEY (product_id, tag_id),
	FOREIGN KEY(product_id) REFERENCES products (id) ON DELETE CASCADE,
	FOREIGN KEY(tag_id) REFERENCES tags (id) ON DELETE CASCADE,
	FOREIGN KEY(added_by) REFERENCES users (id)
);
CREATE TABLE orders (
	id SERIAL NOT NULL,
	code VARCHAR(12) NOT NULL,
	user_id UUID NOT NULL,
	status orderstatus NOT NULL,
	channel channels,
	total NUMERIC(10, 2) NOT NULL,
	sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	CONSTRAINT once UNIQUE (code, channel),
	CONSTRAINT uq_orders_code UNIQUE (code),
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ix_orders_open ON orders (user_id) WHERE status = 'DRAFT';
CREATE TABLE lines (
	order_id INTEGER NOT NULL,
	place INTEGER NOT NULL,
	amount INTEGER DEFAULT 1 NOT NULL,
	unit_price NUMERIC NOT NULL,
	remark VARCHAR(400),
	PRIMARY KEY (order_id, place),
	FOREIGN KEY(order_id) REFERENCES orders (id) ON DELETE CASCADE
);
CREATE TABLE refunds (
	id SERIAL NOT NULL,
	order_id INTEGER NOT NULL,
	place INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id, place) REFERENCES lines (order_id, place)
);
