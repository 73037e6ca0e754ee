"""The state at a glance, for whoever looks after it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from clearance.adapters.sql import outbox
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.events import State
from clearance.adapters.sql.store import believed
from clearance.adapters.sql.tables import (
    account,
    api_key,
    customer,
    delivery,
    fact,
    screening,
)
from clearance.adapters.sql.tables import outbox as entries

_SOON = 14 * 86_400_000_000


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is.

    **Shape**: ``screened`` is the day of the latest screening, ``None`` without one; ``ending``
    keys end within two weeks.
    """

    customers: int
    accounts: int
    facts: int
    screened: int | None
    unlogged: int
    given_up: int
    ending: int


def counts(database: Database, now: int) -> Counts:
    """How much there is now."""
    with database.reading() as connection:
        ends = api_key.c.expires_at
        soon = (ends > now) & (ends < now + _SOON) & (api_key.c.revoked_at > now)
        waits = entries.c.state == outbox.WAITING
        lost = delivery.c.state == State.GIVEN_UP.value
        return Counts(
            _distinct(connection, customer, "id"),
            _distinct(connection, account, "id"),
            _distinct(connection, fact, "entry"),
            connection.execute(select(func.max(screening.c.as_of))).scalar(),
            connection.execute(select(func.count()).where(waits)).scalar_one(),
            connection.execute(select(func.count()).where(lost)).scalar_one(),
            connection.execute(select(func.count()).where(soon)).scalar_one(),
        )


def damage(database: Database) -> str:
    """What a check of the file finds; empty where it is sound, or no file."""
    if database.file is None:
        return ""
    with database.reading() as connection:
        found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    return "" if found == "ok" else found[:200]


def _distinct(connection: Connection, table: Table, column: str) -> int:
    counted = select(func.count(func.distinct(table.c[column]))).where(believed(table, None))
    found: int = connection.execute(counted).scalar_one()
    return found
