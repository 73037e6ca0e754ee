"""A change of the state: one transaction with a moment, somebody who makes it, and a generation.

1. Changes happen one after the other, in the order of their moments; a clock that goes back does
   not take moments back.
2. A change that matters to decisions raises the generation; readers of the generation reload.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.tables import state

Clock = Callable[[], int]
"""Microseconds since 1970-01-01, UTC."""


def now() -> int:
    """The machine's clock."""
    return time.time_ns() // 1000


def day_of_moment(moment: int) -> int:
    """The day (UTC) of a moment."""
    return moment // 86_400_000_000


@dataclass(slots=True)
class Change:
    """A change under way. Set ``matters`` where decisions may come out otherwise.

    **Shape**: ``noted`` counts the entries for the log that were written with it.
    """

    connection: Connection
    at: int
    by: str
    matters: bool = False
    noted: int = 0


@contextmanager
def changing(database: Database, by: str, clock: Clock = now) -> Iterator[Change]:
    """Make a change, whole or not at all.

    Args:
        by: who makes it: the id of a key, or a name that the operator gives.

    Raises:
        StorageError: the database cannot be written.
    """
    with database.writing() as connection:
        # the one row is locked before anything is read: on PostgreSQL, too, writers queue here
        last, generation = connection.execute(
            select(state.c.moment, state.c.generation).with_for_update()
        ).one()
        change = Change(connection, max(clock(), last + 1), by)
        yield change
        later = {"moment": change.at, "generation": generation + change.matters}
        connection.execute(update(state).values(later))
