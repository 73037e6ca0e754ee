"""Customers, accounts, facts and screenings."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import sqlite

revision = "s0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")


def upgrade() -> None:
    """Make them, with the one row of ``state``."""
    state = op.create_table(
        "state",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("generation", NUMBER, nullable=False),
        sa.Column("moment", NUMBER, nullable=False),
        sqlite_strict=True,
    )
    op.bulk_insert(state, [{"id": 1, "generation": 0, "moment": 0}])
    _bitemporal(
        "customer",
        *_texts("id", "name", "country", "headquarters", "segment", "revenue", "declared"),
        *_texts("kind", "particulars"),
        of=("id",),
    )
    _bitemporal(
        "account",
        *_texts("id", "customer", "segment", "channel"),
        sa.Column("opened", sa.Integer, nullable=False),
        of=("id",),
    )
    _bitemporal(
        "fact",
        *_texts("about", "subject", "kind", "key", "value"),
        sa.Column("confidence", sa.Integer, nullable=False),
        *_texts("manner", "reviewer"),
        of=("about", "subject", "kind", "key", "source"),
    )
    _bitemporal(
        "screened",
        *_texts("customer", "party", "doubt", "unidentified", "register", "standings", "proof"),
        of=("customer",),
    )
    op.create_table(
        "screening",
        sa.Column("id", sa.Text, primary_key=True),
        *_texts("policy"),
        sa.Column("as_of", sa.Integer, nullable=False),
        *_texts("snapshot", "rules"),
        sa.Column("recorded_at", NUMBER, nullable=False),
        *_texts("recorded_by"),
        sqlite_strict=True,
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _bitemporal(name: str, *columns: sa.Column[Any], of: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("entry", NUMBER, primary_key=True),
        *columns,
        sa.Column("valid_from", sa.Integer, nullable=False),
        sa.Column("valid_to", sa.Integer, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("superseded_at", NUMBER, nullable=False),
        *_texts("source", "recorded_by"),
        sqlite_strict=True,
    )
    op.create_index(f"ix_{name}_believed", name, ["superseded_at", *of, "valid_from"])
