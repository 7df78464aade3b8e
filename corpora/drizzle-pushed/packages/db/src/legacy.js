const { pgTable, text } = require("drizzle-orm/pg-core");

const settings = pgTable("settings", { key: text("key").primaryKey(), value: text("value").notNull() });

module.exports = { settings };
