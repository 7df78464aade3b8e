-- Its folder says that nothing runs it.
ALTER TABLE orders ADD COLUMN paid boolean;
