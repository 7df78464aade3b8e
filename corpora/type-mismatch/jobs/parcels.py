"""Rows of another driver, which leaves JSON as text."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg


@dataclass
class Parcel:
    id: UUID
    state: str
    tags: list[str]
    weights: list[int]
    labels: Any
    held: timedelta
    seal: bytes
    due: date
    opened: datetime
    ratio: float


@dataclass
class Wrong:
    id: str  # want type-mismatch "parcels.id"
    tags: str  # want type-mismatch "parcels.tags"
    weights: list[str]  # want type-mismatch "parcels.weights"
    held: int  # want type-mismatch "parcels.held"
    due: str  # want type-mismatch "parcels.due"


async def parcels(connection: asyncpg.Connection) -> list[Parcel]:
    rows = await connection.fetch("SELECT id, state, tags, weights, labels, held, seal, due, opened, ratio FROM parcels")
    return [Parcel(**row) for row in rows]


async def wrong(connection: asyncpg.Connection) -> list[Wrong]:
    rows = await connection.fetch("SELECT id, tags, weights, held, due FROM parcels")
    return [Wrong(**row) for row in rows]
