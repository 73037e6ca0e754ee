"""The tables, in words that SQLite and PostgreSQL understand alike.

1. Days are days since 1970-01-01, moments microseconds since then (UTC); both are integers.
2. What has an effect is *bitemporal*: a row stands over days (``valid_from``, ``valid_to``) and was
   believed from ``recorded_at`` until ``superseded_at``. Rows are closed, never changed or removed.
3. Every SQLite table is STRICT. Documents are text: JSON with sorted keys.

The migrations make these tables; a test holds the two together.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects import sqlite

FOREVER = 2**63 - 1
"""``superseded_at`` of what is believed still."""

Number = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, primary_key=key)


def _number(name: str) -> Column[int]:
    return Column(name, Number, nullable=False)


def _bitemporal(name: str, *columns: Column[Any], of: tuple[str, ...]) -> Table:
    """A table of rows that stand over days and were believed over a time; ``of`` says of what."""
    return Table(
        name,
        metadata,
        Column("entry", Number, primary_key=True),
        *columns,
        Column("valid_from", Integer, nullable=False),
        Column("valid_to", Integer, nullable=False),
        _number("recorded_at"),
        _number("superseded_at"),
        _text("source"),
        _text("recorded_by"),
        Index(None, "superseded_at", *of),
        sqlite_strict=True,
    )


state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True),
    _number("generation"),
    _number("moment"),
    sqlite_strict=True,
)
"""One row: how often something that matters changed, and the moment of the last change."""

customer = _bitemporal(
    "customer",
    _text("id"),
    _text("name"),
    _text("country"),
    _text("headquarters"),
    _text("segment"),
    _text("revenue"),
    _text("declared"),
    _text("kind"),
    _text("particulars"),
    of=("id",),
)
"""Customers' records. ``declared`` and ``particulars`` are documents, empty where nothing is."""

account = _bitemporal(
    "account",
    _text("id"),
    _text("customer"),
    _text("segment"),
    _text("channel"),
    Column("opened", Integer, nullable=False),
    of=("id",),
)

fact = _bitemporal(
    "fact",
    _text("about"),
    _text("subject"),
    _text("kind"),
    _text("key"),
    _text("value"),
    Column("confidence", Integer, nullable=False),
    _text("manner"),
    _text("reviewer"),
    of=("about", "subject", "kind", "key", "source"),
)

screened = _bitemporal(
    "screened",
    _text("customer"),
    _text("party"),
    _text("doubt"),
    _text("unidentified"),
    _text("register"),
    _text("standings"),
    _text("proof"),
    of=("customer",),
)
"""What a screening found of a customer; ``source`` is the screening. ``standings`` is a document of
the rules that say something of it, empty where none does."""

screening = Table(
    "screening",
    metadata,
    _text("id", key=True),
    _text("policy"),
    Column("as_of", Integer, nullable=False),
    _text("snapshot"),
    _text("rules"),
    _number("recorded_at"),
    _text("recorded_by"),
    sqlite_strict=True,
)
"""Screening runs that were imported; ``rules`` is a document: the rules that were asked."""

fact_set = Table(
    "fact_set",
    metadata,
    _text("digest", key=True),
    Column("body", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""What decisions rested on, once each, by the SHA-256 of its bytes."""
