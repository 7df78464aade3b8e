import enum


class State(str, enum.Enum):
    OPEN = "open"
    PAID = "paid"
