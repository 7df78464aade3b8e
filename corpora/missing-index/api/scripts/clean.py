from ..database import db

# A script may take its time.
db.orders.delete_many({"coupon": input("coupon: ")})
