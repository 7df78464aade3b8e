// Run by hand: mongosh "$SHOP_URL" scripts/setup.js
(function () {
  const name = process.env.SHOP_DB || 'Shop';
  const shop = db.getSiblingDB(name);

  function ensure(collection, keys, options) {
    shop[collection].createIndex(keys, options || {}); // want no-schema-versioning "indexes of collections are made by scripts"
  }

  ensure('users', { id: 1 }, { unique: true });
  ensure('orders', { user_id: 1, placed_at: -1 });
  ensure('orders', { status: 1 });
  ensure('products', { sku: 1 }, { unique: true });
})();
