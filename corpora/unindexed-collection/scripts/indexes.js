// Run with mongosh.
db = db.getSiblingDB("shop");
db.stock.createIndex({ warehouse: 1, sku: 1 });
