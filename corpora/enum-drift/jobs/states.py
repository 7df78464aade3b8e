"""What orders may be."""

from enum import StrEnum, auto
from typing import Literal


class State(StrEnum):  # want enum-drift "lacks \"paid\""
    DRAFT = auto()
    SENT = auto()


class Payment(StrEnum):
    CARD = "card"
    CASH = "cash"
    GIFT = "gift"  # want check-violation "'gift' of \"Payment\" is written to column \"orders.payment\""


# Written as the name of a country, which is another list of another column.
Country = Literal["PT", "ES"]  # want enum-drift "takes any text"
