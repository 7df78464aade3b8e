from .models import Order, User


def pages(db, name):
    User.query.filter_by(name=name).all()
    Order.query.filter(Order.total > 5).order_by(Order.id).first()
    User.query.filter_by(handle=name).first()  # want missing-model-field "handle"
    db.session.execute(db.select(User).filter_by(name=name)).scalars()
    User.query.get(5)
