"""Which reference data was loaded, from which sources, and when that was told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import orjson
from sqlalchemy import Connection, insert, select

from clearance.adapters.sql.changing import Change
from clearance.adapters.sql.events import emit
from clearance.adapters.sql.outbox import note
from clearance.adapters.sql.tables import snapshot
from clearance.model.errors import InputError
from clearance.model.plain import Json, canonical


class SourceNote(NamedTuple):
    """A source of a snapshot. **Shape**: ``as_of`` is an exact date as text."""

    id: str
    as_of: str
    licence: str = ""
    digest: str = ""


class Loaded(NamedTuple):
    """A snapshot that somebody told of."""

    digest: str
    built: str
    sources: tuple[SourceNote, ...]
    recorded_at: int
    recorded_by: str


def add_snapshot(change: Change, digest: str, built: str, sources: Sequence[SourceNote]) -> None:
    """Keep that a snapshot was loaded, with an entry for the log.

    Raises:
        InputError: it was told before.
    """
    c = snapshot.c
    if change.connection.execute(select(c.digest).where(c.digest == digest)).first():
        raise InputError("is known already", field="digest", remedy="load another snapshot")
    told: Json = [one._asdict() for one in sources]
    change.connection.execute(
        insert(snapshot).values(
            digest=digest,
            built=built,
            sources=canonical(told),
            recorded_at=change.at,
            recorded_by=change.by,
        )
    )
    body: Json = {"digest": digest, "built": built, "sources": told}
    note(change, "source_load", body, {"by": change.by})
    emit(change, "snapshot.loaded", digest, body)


def snapshots(connection: Connection) -> list[Loaded]:
    """Every snapshot, the latest first."""
    c = snapshot.c
    rows = connection.execute(select(snapshot).order_by(c.recorded_at.desc())).mappings()
    return [
        Loaded(
            row["digest"],
            row["built"],
            tuple(SourceNote(**one) for one in orjson.loads(row["sources"])),
            row["recorded_at"],
            row["recorded_by"],
        )
        for row in rows
    ]
