"""How accounts stood when they were last looked at, and up to what they were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import sqlite

revision = "s0004"
down_revision = "s0003"

NUMBER = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "outcome",
        *_texts("series", "account", key=True),
        *_texts("outcome", "why", "policy", "digest"),
        sa.Column("day", sa.Integer, nullable=False),
        _number("recorded_at"),
        *_texts("recorded_by"),
        sqlite_strict=True,
    )
    op.create_table(
        "sweep",
        *_texts("series", key=True),
        _number("generation"),
        _number("moment"),
        sa.Column("day", sa.Integer, nullable=False),
        *_texts("policies"),
        _number("recorded_at"),
        *_texts("recorded_by"),
        sqlite_strict=True,
    )


def _texts(*names: str, key: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False, primary_key=key) for name in names]


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, NUMBER, nullable=False)
