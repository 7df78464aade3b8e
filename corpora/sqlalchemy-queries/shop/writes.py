from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.orm import Session

from .models import Cash, Item, Label, Order, Transfer, User, order_labels


def statements(session: Session, name, rows, values):
    session.execute(insert(User).values(name=name, email="a@b"))
    session.execute(insert(User).values(name=name))  # want missing-required-column "email"
    session.execute(insert(User).values({"name": name, User.email: "a", "status": "gone"}))  # want check-violation "gone"
    session.execute(insert(User), [{"name": "a", "email": "b"}, {"name": "c", "email": "d"}])
    session.execute(insert(User), [{"name": "a"}, {"name": "c"}])  # want missing-required-column "email"
    session.execute(insert(User), rows)
    session.execute(insert(User).values(**values))
    session.execute(insert(User).values(name="a name that is longer than twenty", email="a"))  # want value-too-long "20"
    session.execute(insert(Order).values(user_id=1, total=5).returning(Order.id))
    session.execute(insert(Order).values(user_id=1, totl=5))  # want missing-model-field "totl"
    session.execute(insert(Item).from_select(["order_id", "sku", "quantity"], select(Order.id, Order.state, Order.total)))
    session.execute(User.__table__.insert().values(name=name, email=name))
    session.execute(order_labels.insert().values(order_id=1))  # want missing-required-column "label_id"
    session.execute(update(User).where(User.id == 1).values(status="blocked", name=User.email))
    session.execute(update(User).where(User.id == 1).values({User.status: "closed"}))  # want check-violation "closed"
    session.execute(update(User).values(status="blocked"))  # want unfiltered-write "users"
    session.execute(update(Order).where(Order.user_id == User.id, User.name == name).values(total=Order.total + 1))
    session.execute(delete(Order).where(Order.id.in_(rows)))
    session.execute(delete(Label))  # want unfiltered-write "labels"
    session.execute(order_labels.delete().where(order_labels.c.order_id == 1))
    stmt = delete(Order)
    if name:
        stmt = stmt.where(Order.state == name)
    session.execute(stmt)
    single = insert(User).values(name=name)
    session.execute(single, rows)
    narrowed = delete(Order)
    narrowed = only_own(narrowed)
    session.execute(narrowed)


def only_own(stmt):
    return stmt.where(Order.user_id == 1)


def upserts(session: Session, name):
    stmt = pg_insert(User).values(name=name, email="a")
    stmt = stmt.on_conflict_do_update(index_elements=["email"], set_={"name": stmt.excluded.name})
    session.execute(stmt)
    session.execute(pg_insert(User).values(name=name, email="a").on_conflict_do_nothing(index_elements=[User.name]))  # want upsert-without-unique "(name)"
    session.execute(pg_insert(User).values(name=name, email="a").on_conflict_do_nothing())


def queries(session: Session, name):
    session.query(User).filter(User.name == name).update({"status": "away"})  # want check-violation "away"
    session.query(User).filter(User.name == name).update({User.name: "x"}, synchronize_session=False)
    session.query(User).update({"name": "x"})  # want unfiltered-write "users"
    session.query(Order).filter(Order.user_id == 4).delete()
    session.query(Label).delete()  # want unfiltered-write "labels"


def objects(session: Session, name, given, user):
    session.add(User(name=name, email="a"))
    session.add(User(name=name))  # want missing-required-column "email"
    late = User(name=name)
    late.email = "a"
    session.add(late)
    session.add(User(**given))
    filled = User(name=name)
    fill(filled)
    session.add(filled)
    # The state has a default in the model, the user comes with the relation.
    session.add(Order(user=user, total=5))
    session.add(Order(total=5))  # want missing-required-column "user_id"
    session.add_all([Item(order_id=1, sku="a", quantity=1), Item(order_id=1, sku="b")])  # want missing-required-column "quantity"
    wrong = User(name=name, email="a", stats="x")  # want missing-model-field "stats"
    session.add(wrong)
    bad = User(name=name, email="b")
    bad.status = "odd"  # want check-violation "odd"
    session.add(bad)
    session.merge(User(id=5, status="active"))
    session.bulk_insert_mappings(Item, [{"order_id": 1, "sku": "a"}])  # want missing-required-column "quantity"
    session.bulk_save_objects([Label(title=name), Label()])  # want MISSING: missing-required-column "title"
    # Which kind a payment is of, the mapper says.
    session.add(Cash(amount=5))
    session.add(Cash())  # want MISSING: missing-required-column "amount"
    # Its key comes from the row of the base.
    session.add(Transfer(iban="x", amount=5))
    seen = set()
    seen.add(User(name=name))


def fill(user):
    user.email = "a"
