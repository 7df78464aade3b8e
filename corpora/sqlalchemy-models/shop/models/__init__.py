from shop.db.base import Base
from shop.models.catalog import Product, Tag, product_tags
from shop.models.orders import Invoice, Line, Order, Refund
from shop.models.users import Admin, User

__all__ = ["Admin", "Base", "Invoice", "Line", "Order", "Product", "Refund", "Tag", "User", "product_tags"]
