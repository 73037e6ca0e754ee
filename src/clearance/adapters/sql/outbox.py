"""Entries for the log, written with the change that they tell of, until the log has them.

A change and its entry are committed together; whoever runs the log takes entries in their order
and says which it has. An entry keeps its id, so one that was taken twice can be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import orjson
from sqlalchemy import insert, select, update

from clearance.adapters.sql.changing import Change
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.tables import outbox
from clearance.model.plain import Json, canonical

WAITING, TAKEN = "waiting", "taken"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that the log does not have yet.

    **Shape**: ``body`` is canonical JSON; ``sealed`` are the values to be kept aside, by field;
    ``at`` in microseconds.
    """

    entry: int
    id: str
    kind: str
    at: int
    body: bytes
    sealed: Mapping[str, str]


def note(change: Change, kind: str, body: Json, sealed: Mapping[str, str]) -> str:
    """Have an entry logged with this change; its id."""
    count = change.noted
    change.noted += 1
    id = f"{kind}-{change.at:016d}-{count:04d}"
    change.connection.execute(
        insert(outbox).values(
            id=id,
            kind=kind,
            body=canonical(body).encode(),
            sealed=canonical(dict(sealed)),
            state=WAITING,
            recorded_at=change.at,
            recorded_by=change.by,
        )
    )
    return id


def waiting(database: Database, limit: int = 256) -> Iterator[Waiting]:
    """Entries that the log does not have, oldest first."""
    c = outbox.c
    wanted = select(outbox).where(c.state == WAITING).order_by(c.entry).limit(limit)
    with database.reading() as connection:
        rows = connection.execute(wanted).mappings().all()
    for row in rows:
        yield Waiting(
            row["entry"],
            row["id"],
            row["kind"],
            row["recorded_at"],
            bytes(row["body"]),
            orjson.loads(row["sealed"]),
        )


def taken(database: Database, entries: list[int]) -> None:
    """The log has these; what was to be sealed is its own now and no longer here."""
    c = outbox.c
    with database.writing() as connection:
        connection.execute(
            update(outbox).where(c.entry.in_(entries)).values(state=TAKEN, sealed="{}")
        )
