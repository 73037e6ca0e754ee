"""A repeated request is answered once: the answer is kept with the change that it tells of."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from clearance.adapters.sql.changing import Change
from clearance.adapters.sql.tables import answered

KEPT = 86_400_000_000
"""Microseconds for which an answer is kept."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request that its sender may repeat.

    **Shape**: ``key`` is the sender's, ``name`` what the sender calls the request, ``digest`` that
    of all that was asked.
    """

    key: str
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, and the digest of what was asked."""

    digest: str
    status: int
    body: bytes


def earlier(change: Change, request: Request) -> Answer | None:
    """The answer that this request had, ``None`` for a new one."""
    c = answered.c
    change.connection.execute(delete(answered).where(c.recorded_at < change.at - KEPT))
    row = change.connection.execute(
        select(c.digest, c.status, c.body).where(
            (c.key == request.key) & (c.request == request.name)
        )
    ).first()
    return None if row is None else Answer(row.digest, row.status, bytes(row.body))


def keep(change: Change, request: Request, status: int, body: bytes) -> None:
    """Answer the same if it comes again."""
    change.connection.execute(
        insert(answered).values(
            key=request.key,
            request=request.name,
            digest=request.digest,
            status=status,
            body=body,
            recorded_at=change.at,
            recorded_by=change.by,
        )
    )
