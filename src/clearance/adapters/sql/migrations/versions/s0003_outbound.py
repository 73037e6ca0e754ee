"""Webhooks, events and their deliveries; entries that the log has yet to take."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import sqlite

revision = "s0003"
down_revision = "s0002"

NUMBER = sa.BigInteger().with_variant(sqlite.INTEGER(), "sqlite")


def upgrade() -> None:
    """Make them."""
    _table(
        "webhook",
        *_keys("id"),
        *_texts("url", "events", "secret", "secret_before", "disabled"),
        _number("secret_until"),
    )
    _table("event", *_keys("id"), *_texts("type", "subject", "body"))
    _table(
        "delivery",
        _entry(),
        *_texts("webhook", "event", "state", "answer"),
        sa.Column("attempts", sa.Integer, nullable=False),
        _number("due_at"),
    )
    op.create_index("ix_delivery_state_due_at", "delivery", ["state", "due_at"])
    op.create_index("ix_delivery_webhook_entry", "delivery", ["webhook", "entry"])
    _table(
        "outbox",
        _entry(),
        *_texts("id", "kind", "sealed", "state"),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_outbox_state_entry", "outbox", ["state", "entry"])


def _table(name: str, *columns: sa.Column[Any]) -> None:
    recorded: list[sa.Column[Any]] = [_number("recorded_at"), *_texts("recorded_by")]
    op.create_table(name, *columns, *recorded, sqlite_strict=True)


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, NUMBER, nullable=False)


def _entry() -> sa.Column[int]:
    return sa.Column("entry", NUMBER, primary_key=True)
