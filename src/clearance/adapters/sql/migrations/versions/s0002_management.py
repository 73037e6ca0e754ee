"""Keys, answers to repeated requests, releases of policies, snapshots."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import sqlite

revision = "s0002"
down_revision = "s0001"

NUMBER = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")


def upgrade() -> None:
    """Make them."""
    _table(
        "api_key",
        *_keys("id"),
        *_texts("hash", "name", "scopes", "successor"),
        _number("expires_at"),
        _number("revoked_at"),
    )
    _table(
        "answered",
        *_keys("key", "request"),
        *_texts("digest"),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    _table("bundle", *_keys("digest"), *_texts("policy"), _body())
    _table(
        "release",
        *_keys("series"),
        _number("number", key=True),
        *_texts("policy", "digest"),
        sa.Column("valid_from", sa.Integer, nullable=False),
        sa.Column("valid_to", sa.Integer, nullable=False),
    )
    _table(
        "release_step",
        _entry(),
        *_texts("series"),
        _number("number"),
        *_texts("act", "by", "evidence", "note"),
        sa.Column("day", sa.Integer, nullable=False),
    )
    op.create_index("ix_release_step_series_number", "release_step", ["series", "number"])
    _table("snapshot", *_keys("digest"), *_texts("built", "sources"))


def _body() -> sa.Column[bytes]:
    return sa.Column("body", sa.LargeBinary, nullable=False)


def _table(name: str, *columns: sa.Column[Any]) -> None:
    recorded: list[sa.Column[Any]] = [_number("recorded_at"), *_texts("recorded_by")]
    op.create_table(name, *columns, *recorded, sqlite_strict=True)


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _number(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, NUMBER, nullable=False, primary_key=key, autoincrement=False)


def _entry() -> sa.Column[int]:
    return sa.Column("entry", NUMBER, primary_key=True)
