"""Dates, times and intervals as PostgreSQL keeps them.

What comes in: a literal's text. What goes out: its value in one spelling, None for a spelling that is not known. A time without an offset is taken for
one in UTC. This module does not know expressions.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)?\s?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?)?",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?:\d{4}-\d\d-\d\d[ T])?(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(?:[+-]\d\d(?::?\d\d)?)?")
# A number alone is seconds.
_BARE = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,6})?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SPAN = re.compile(
    r"([+-]?\d{1,9}(?:\.\d{1,9})?)\s*([a-z]{1,12})|([+-]?)(\d{1,6}):(\d{1,2})(?::(\d{1,2}(?:\.\d{1,6})?))?"
)
_MONTHS = {"year": 12, "yr": 12, "y": 12, "decade": 120, "century": 1200, "month": 1, "mon": 1}
_DAYS = {"week": 7, "w": 7, "day": 1, "d": 1}
_SECONDS = {"hour": 3600, "hr": 3600, "h": 3600, "minute": 60, "min": 60, "m": 60, "second": 1, "sec": 1, "s": 1}


def moment(text: str, type_: str) -> str | None:
    """Of a date, a timestamp or a timestamp with time zone, which is kept in UTC."""
    text = text.strip()
    if text.lower() in ("infinity", "-infinity"):
        return text.lower()
    found = _EPOCH if text.lower() == "epoch" else _read(text, is_zoned="with time" in type_)
    if found is None:
        return None
    return f"{found:%Y-%m-%d}" if type_ == "date" else f"{found:%Y-%m-%d %H:%M:%S.%f}".rstrip("0").rstrip(".")


def _read(text: str, *, is_zoned: bool) -> datetime | None:
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, _, sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) if is_zoned else timedelta()
    try:
        zone = timezone(-offset if sign == "-" else offset)
        microsecond = int((fraction or "0").ljust(6, "0"))
        clock = int(hour or 0), int(minute or 0), int(second or 0), microsecond
        return datetime(int(year), int(month), int(day), *clock, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def time_of_day(text: str) -> str | None:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, second, fraction = match.groups()
    return f"{int(hour):02}:{minute}:{second or '00'}.{fraction or ''}".rstrip("0").rstrip(".") if fraction else f"{int(hour):02}:{minute}:{second or '00'}"  # fmt: skip


def interval_parts(text: str) -> tuple[Decimal, Decimal, Decimal] | None:
    """Months, days and seconds: what PostgreSQL keeps of an interval. None for a spelling that is not known."""
    text = text.strip().lower()
    if _BARE.fullmatch(text):
        return Decimal(0), Decimal(0), Decimal(text)
    months, days, seconds = Decimal(0), Decimal(0), Decimal(0)
    at = 0
    for match in _SPAN.finditer(text):
        if text[at : match.start()].strip(" @"):
            return None
        at = match.end()
        if match[2]:
            unit, amount = match[2], Decimal(match[1])
            unit = unit if unit in ("s", "century") else unit.removesuffix("s")
            if unit not in _MONTHS and unit not in _DAYS and unit not in _SECONDS:
                return None
            months += amount * _MONTHS.get(unit, 0)
            days += amount * _DAYS.get(unit, 0)
            seconds += amount * _SECONDS.get(unit, 0)
        else:
            amount = Decimal(match[4]) * 3600 + Decimal(match[5]) * 60 + Decimal(match[6] or 0)
            seconds += -amount if match[3] == "-" else amount
    return None if text[at:].strip() or not text or months % 1 or days % 1 else (months, days, seconds)
