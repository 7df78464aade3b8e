from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, raiseload, selectinload

from .models import Item, Order, User


def one_query_a_user(session: Session):
    users = session.scalars(select(User)).all()
    for user in users:
        print(user.name, len(user.orders))  # want lazy-load-in-loop "User.orders"


def one_query_an_order(session: Session):
    return [order.user.name for order in session.query(Order).filter(Order.id > 5)]  # want lazy-load-in-loop "Order.user"


def two_levels(session: Session):
    result = session.execute(select(User).options(selectinload(User.orders)))
    users = result.scalars().all()
    for user in users:
        for order in user.orders:
            print([item.sku for item in order.items])  # want lazy-load-in-loop "Order.items"


def through_a_function(session: Session):
    for number, order in enumerate(open_orders(session)):
        print(number, order.user.name)  # want lazy-load-in-loop "Order.user"


def open_orders(session: Session):
    return session.scalars(select(Order).where(Order.id > 5)).all()


async def asynchronous(session):
    orders = (await session.execute(select(Order))).scalars().all()
    return {order.id: order.items for order in orders}  # want lazy-load-in-loop "Order.items"


def built_up(session: Session, name):
    query = session.query(User)
    if name:
        query = query.filter(User.name == name)
    else:
        query = query.order_by(User.id)
    for user in query:
        yield user.orders  # want lazy-load-in-loop "User.orders"


class Reports:
    def __init__(self, session: Session):
        self.session = session

    def _users(self):
        return self.session.query(User).all()

    def orders(self):
        return [user.orders for user in self._users()]  # want lazy-load-in-loop "User.orders"


# What is loaded with the rows, or by the model's own word, is silent.
def loaded(session: Session, options, later):
    for user in session.scalars(select(User).options(selectinload(User.orders).joinedload(Order.items))):
        for order in user.orders:
            print(order.items)
    for order in session.query(Order).join(Order.user).options(contains_eager(Order.user), joinedload("items")):
        print(order.user, order.items)
    for user in session.scalars(select(User)):
        print(user.recent, user.guarded, user.streamed, user.name, user.id)
    for user in session.scalars(select(User).options(raiseload("*"))):
        print(user.orders)
    # Nobody here knows these options.
    for user in session.scalars(select(User).options(*options)):
        print(user.orders)
    stmt = select(User)
    stmt = stmt.options(selectinload(User.orders))
    for user in session.scalars(stmt):
        print(user.orders)
    # Somebody else adds to the statement.
    narrowed = select(User)
    narrowed = later(narrowed)
    for user in session.scalars(narrowed):
        print(user.orders)


def other_things(session: Session):
    # Rows of columns have no relations, nor have values of another loop.
    for row in session.execute(select(User.name, func.count(Order.id)).join(User.orders).group_by(User.name)):
        print(row.name, row.orders)
    # One object is one query.
    user = session.get(User, 1)
    print(user.orders)
    for order in user.orders:
        print(order.id)
    # What is set is not read.
    for order in session.scalars(select(Order)):
        order.user = user
    # The users are there already: a relation to one of them costs nothing.
    known = {one.id: one for one in session.scalars(select(User))}
    for order in session.scalars(select(Order)):
        print(order.user.name, known)
    # A handful that the code itself lists.
    for user in [User(name="a"), User(name="b")]:
        print(user.orders)
    return session.scalars(select(Item)).first()
