"""The state as people look at it: a page at a time, of a day, as it was known at a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from clearance.adapters.sql.lines import Line
from clearance.adapters.sql.store import believed


@dataclass(frozen=True, slots=True)
class AsOf:
    """How the state is looked at.

    **Shape**: ``on`` is a day, ``None`` for all of them; ``known_at`` a moment in microseconds,
    ``None`` for what is believed now.
    """

    on: int | None = None
    known_at: int | None = None


def page(
    connection: Connection, line: Line, as_of: AsOf, after: str, limit: int
) -> Sequence[RowMapping]:
    """Rows of things whose id comes after one, in the order of their ids."""
    c = line.table.c
    id = c[line.of[0]]
    wanted = select(line.table).where(_standing(line, as_of) & (id > after))
    return connection.execute(wanted.order_by(id, c.valid_from).limit(limit)).mappings().all()


def rows_of(
    connection: Connection, line: Line, as_of: AsOf, of: Mapping[str, str]
) -> Sequence[RowMapping]:
    """Every row that says something of what the given columns name."""
    c = line.table.c
    wanted = select(line.table).where(_standing(line, as_of))
    for name, value in of.items():
        wanted = wanted.where(c[name] == value)
    order = (*(c[name] for name in line.of), c.valid_from)
    return connection.execute(wanted.order_by(*order)).mappings().all()


def history(connection: Connection, line: Line, of: Mapping[str, str]) -> Sequence[RowMapping]:
    """Every row there ever was of something, in the order in which they were written."""
    c = line.table.c
    wanted = select(line.table)
    for name, value in of.items():
        wanted = wanted.where(c[name] == value)
    return connection.execute(wanted.order_by(c.recorded_at, c.entry)).mappings().all()


def _standing(line: Line, as_of: AsOf) -> ColumnElement[bool]:
    found = believed(line.table, as_of.known_at)
    if as_of.on is None:
        return found
    c = line.table.c
    return found & (c.valid_from <= as_of.on) & (c.valid_to > as_of.on)
