"""Where a log is: an SQLite file, or a PostgreSQL database by its URL."""

from __future__ import annotations

from pathlib import Path

from clearance.adapters.ledger.engine import Engine
from clearance.adapters.ledger.sqlite import Sqlite
from clearance.model.errors import StorageError


def engine(place: str, *, writing: bool = False, new: bool = False) -> Engine:
    """A connection to the log at a place: a file, or a PostgreSQL URL.

    Args:
        writing: it will be written.
        new: the file may be made.

    Raises:
        StorageError: it cannot be had.
    """
    if is_url(place):
        from clearance.adapters.ledger.postgres import Postgres

        return Postgres(place, writing=writing)
    file = Path(place)
    if not new and not file.is_file():
        raise StorageError("there is no log", file=place, remedy="make one with 'log init'")
    return Sqlite(file, writing=writing, new=new)


def is_url(place: str) -> bool:
    """Is it a database by URL?"""
    return place.startswith(("postgresql://", "postgres://"))


def mark_of(place: str) -> Path | None:
    """The mark beside an SQLite file; a database elsewhere has none by itself."""
    return None if is_url(place) else Path(f"{place}.mark")
