import sqlalchemy as sa
from sqlalchemy import and_, between, desc, exists, func, not_, or_, select, tuple_
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload

from . import models
from .models import Item, Label, Order, User, order_labels
from .states import State


def conditions(session: Session, name, ids, since, flag):
    session.scalars(select(User).where(User.name == name, User.status != "blocked").order_by(User.created.desc()))
    session.scalars(sa.select(models.User).where(models.User.emial == name))  # want missing-model-field "emial"
    session.scalars(select(User).where(or_(User.name.ilike(f"%{name}%"), User.email.startswith(name), ~User.is_admin)))
    session.scalars(select(User).where(and_(User.id.in_(ids), User.id.not_in([1, 2]), not_(User.email.contains("@")))))
    session.scalars(select(User).where((User.created > since) & (User.id.between(1, 9)) | User.settings.is_(None)))
    session.scalars(select(User).where(User.settings["theme"].astext == "dark", User.tags.any("new"), User.tags.contains(["a"])))
    session.scalars(select(User).where(User.is_open, User.is_admin == 1, between(User.id, 1, 5), User.created.isnot(None)))
    session.scalars(select(Order).where(Order.state == State.OPEN, Order.state.in_([State.OPEN, State.PAID])))
    session.scalars(select(Order).where(tuple_(Order.id, Order.total).in_([(1, 2)]), Order.total + 1 > 5))
    conditions = [User.name == name]
    conditions.append(User.nickname == name)  # want missing-model-field "nickname"
    session.scalars(select(User).where(*conditions).distinct().limit(5).offset(10))
    stmt = select(User)
    if flag:
        stmt = stmt.where(User.status == "active")
    else:
        stmt = stmt.filter_by(statuss="active")  # want missing-model-field "statuss"
    session.scalars(stmt.order_by(desc(User.id)))


def joins(session: Session, name):
    session.execute(select(User, Order).join(User.orders).where(Order.total > 5).filter_by(state="open"))
    session.execute(select(User.id, func.count(Order.id).label("n")).join(Order).group_by(User.id).having(func.count(Order.id) > 1))
    session.execute(select(Item.sku).join(Item.order).join(Order.user).where(User.name == name).filter_by(sku="a"))  # want missing-model-field "sku"
    session.execute(select(Order).outerjoin(Item, and_(Item.order_id == Order.id, Item.quantity > 1)).where(Item.id.is_(None)))
    session.execute(select(func.count()).select_from(User).join_from(User, Order, Order.user_id == User.id))
    session.execute(select(Order).join(Order.labels).where(Label.title == name))
    session.execute(select(order_labels.c.label_id).join(Order, Order.id == order_labels.c.order_id))
    session.execute(select(order_labels.c.lable_id))  # want missing-model-field "lable_id"
    buyer, other = aliased(User), aliased(User, name="other")
    pair = aliased(Order)
    session.execute(select(pair.id).where(pair.user_id == User.id, pair.totl > 1))  # want missing-model-field "totl"
    session.execute(select(buyer).where(buyer.id == 1))
    # Two tables that are only mentioned: SQLAlchemy takes both.
    session.execute(select(User.name, Order.total).where(Order.user_id == User.id))


def subqueries(session: Session, name):
    last = select(Order.user_id, func.max(Order.created).label("at")).group_by(Order.user_id).subquery()
    session.execute(select(User, last.c.at).join(last, last.c.user_id == User.id).where(last.c.at.is_not(None)))
    session.execute(select(User).where(User.id.in_(select(Order.user_id).where(Order.total > 3))))
    session.execute(select(User).where(select(Order.id).where(Order.user_id == User.id).exists()))
    session.execute(select(User).where(~exists().where(Order.user_id == User.id)))
    count = select(func.count(Item.id)).where(Item.order_id == Order.id).scalar_subquery()
    session.execute(select(Order.id, count.label("n")).order_by(count.desc()))
    whole = select(User).where(User.name == name).subquery()
    named = aliased(User, whole)
    # A subquery of a whole class has columns, not attributes.
    session.execute(select(named.email, named.created, whole.c.created_at))
    tree = select(Order.id, Order.parent_id).where(Order.id == 1).cte("tree", recursive=True)
    tree = tree.union_all(select(Order.id, Order.parent_id).join(tree, Order.parent_id == tree.c.id))
    session.execute(select(Order).join(tree, tree.c.id == Order.id))
    session.execute(sa.union_all(select(User.id), select(Order.id)))
    session.execute(select(User.id).union(select(Order.usr_id)))  # want missing-model-field "usr_id"
    session.execute(select(User).where(User.orders.any(Order.total > 7)))
    session.execute(select(Order).where(Order.user.has(name=name), Order.labels.any(Label.title == name)))
    session.execute(select(Order).where(Order.user.has(nmae=name)))  # want missing-model-field "nmae"


def expressions(session: Session, name):
    size = sa.case((Order.total > 100, "large"), (Order.total > 10, "small"), else_="tiny")
    session.execute(select(size.label("size"), func.sum(Order.total).over(partition_by=Order.user_id, order_by=Order.id)))
    session.execute(select(sa.cast(User.id, sa.String), sa.literal(1), sa.literal_column("1"), func.lower(User.name), sa.null()))
    session.execute(select(User).where(sa.text("name = :name AND emial = 'x'")), {"name": name})  # want missing-column "emial"
    session.execute(select(func.coalesce(func.max(Order.total), 0), sa.extract("year", Order.created)))
    # What a class has besides columns is no column.
    session.execute(select(User.__table__).where(User.__table__.c.created_at > 5))
    session.execute(select(sa.func.count(sa.distinct(Order.user_id))).where(Order.state == State.OPEN.value))


def loading(session: Session):
    session.scalars(select(User).options(selectinload(User.orders).joinedload(Order.items), joinedload(User.orders)))
    session.scalars(select(Order).join(Order.user).options(contains_eager(Order.user)).with_for_update())


def legacy(session: Session, name, page):
    session.query(User).filter(User.name == name, User.status == "active").first()
    session.query(User.id, User.name).filter_by(name=name).order_by(User.id).all()
    session.query(User).filter_by(nme=name).count()  # want missing-model-field "nme"
    session.query(Order).join(User).filter(User.name == name).join(Order.items).filter(Item.sku == "x").all()
    session.query(Order).join("items").filter_by(sku="a").all()
    session.query(func.count(Order.id)).filter(Order.user == page).scalar()
    session.query(User).get(5)
    session.get(Order, page)
    found = session.query(User)
    if name:
        found = found.filter(User.name == name)
    return found.slice(0, 5).all(), session.query(found.exists()).scalar()


def core(connection, users_table=User.__table__):
    connection.execute(order_labels.select().where(order_labels.c.order_id == 1))
    connection.execute(User.__table__.select())
    # What runs a statement by its name is no text that nobody knows.
    stmt = order_labels.select().where(order_labels.c.order_id == 1)
    if users_table is not None:
        stmt = stmt.limit(1)
    connection.execute(stmt)
    # A table that is handed in is nobody's.
    connection.execute(select(users_table.c.anything))  # want unresolved-query "run time"


async def asynchronous(session, name):
    result = await session.execute(select(User).where(User.nam == name))  # want missing-model-field "nam"
    return (await session.scalars(select(Order).where(Order.user_id == 5))).all(), result.scalars().one()


def one_by_one(session: Session, ids):
    for user in session.scalars(select(User)):
        session.scalars(select(Order).where(Order.user_id == user.id)).all()  # want n-plus-one "orders"
    for id_ in ids:
        session.get(User, id_)  # want n-plus-one "users"
    users = session.query(User).all()
    session.scalars(select(Order).where(Order.user_id.in_([user.id for user in users]))).all()
    for batch in [ids[:500], ids[500:]]:
        session.scalars(select(Order).where(Order.user_id.in_(batch))).all()
    return [session.query(Order).filter_by(user=user).count() for user in users]  # want n-plus-one "orders"
