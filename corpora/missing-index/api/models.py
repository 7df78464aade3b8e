from dataclasses import asdict, dataclass

from .database import db


@dataclass
class User:
    email: str
    phone: str
    city: str
    blocked: bool


def save_user(user: User):
    db.users.insert_one(asdict(user))
