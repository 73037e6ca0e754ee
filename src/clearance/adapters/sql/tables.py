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
        Index(f"ix_{name}_believed", "superseded_at", *of, "valid_from"),
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


def _recorded(name: str, *columns: Column[Any] | Index) -> Table:
    """A table whose rows say when and by whom they were made."""
    return Table(
        name, metadata, *columns, _number("recorded_at"), _text("recorded_by"), sqlite_strict=True
    )


def _int(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _entry() -> Column[int]:
    return Column("entry", Number, primary_key=True)


api_key = _recorded(
    "api_key",
    _text("id", key=True),
    _text("hash"),
    _text("name"),
    _text("scopes"),
    _text("successor"),
    _number("expires_at"),
    _number("revoked_at"),
)
"""Keys of the management API; the secret itself is nowhere."""

answered = _recorded(
    "answered",
    _text("key", key=True),
    _text("request", key=True),
    _text("digest"),
    _int("status"),
    Column("body", LargeBinary, nullable=False),
)
"""Answers to requests that named an idempotency key, kept with the change that they tell of."""

bundle = _recorded(
    "bundle",
    _text("digest", key=True),
    _text("policy"),
    Column("body", LargeBinary, nullable=False),
)
"""Policies with all they refer to, by digest."""

release = _recorded(
    "release",
    _text("series", key=True),
    Column("number", Number, primary_key=True, autoincrement=False),
    _text("policy"),
    _text("digest"),
    _int("valid_from"),
    _int("valid_to"),
)
"""Versions of a policy; where one stands follows from its steps."""

release_step = _recorded(
    "release_step",
    _entry(),
    _text("series"),
    _number("number"),
    _text("act"),
    _text("by"),
    _text("evidence"),
    _text("note"),
    _int("day"),
    Index(None, "series", "number"),
)

snapshot = _recorded("snapshot", _text("digest", key=True), _text("built"), _text("sources"))
"""Reference data that was loaded; ``sources`` is a document."""

webhook = _recorded(
    "webhook",
    _text("id", key=True),
    _text("url"),
    _text("events"),
    _text("secret"),
    _text("secret_before"),
    _text("disabled"),
    _number("secret_until"),
)
"""Who is told of events. Secrets sign what is sent, so they are kept; guard the database."""

event = _recorded("event", _text("id", key=True), _text("type"), _text("subject"), _text("body"))

delivery = _recorded(
    "delivery",
    _entry(),
    _text("webhook"),
    _text("event"),
    _text("state"),
    _text("answer"),
    _int("attempts"),
    _number("due_at"),
    Index(None, "state", "due_at"),
    Index(None, "webhook", "entry"),
)
"""Events on their way, written with the change that they tell of."""

outbox = _recorded(
    "outbox",
    _entry(),
    _text("id"),
    _text("kind"),
    _text("sealed"),
    _text("state"),
    Column("body", LargeBinary, nullable=False),
    Index(None, "state", "entry"),
)
"""Entries for the log, written with the change that they tell of, until the log has them."""

outcome = _recorded(
    "outcome",
    _text("series", key=True),
    _text("account", key=True),
    _text("outcome"),
    _text("why"),
    _text("policy"),
    _text("digest"),
    _int("day"),
)
"""How each account stood by itself when it was last looked at, and what was told of that; ``why``
are codes, parted by spaces."""

sweep = _recorded(
    "sweep",
    _text("series", key=True),
    _number("generation"),
    _number("moment"),
    _int("day"),
    _text("policies"),
)
"""Up to what every account was looked at: the state's generation and moment, the day, the digest
of the policies."""
