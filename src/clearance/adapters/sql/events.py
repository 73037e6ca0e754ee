"""Events and their deliveries, written with the change that they tell of.

1. A delivery waits, is delivered, or is given up. Between attempts it waits as ``DELAYS`` say.
2. Whoever delivers claims some for a while; one that was claimed and not settled comes again, so
   receivers may see an event twice, under the same id.
3. A receiver that answers 410 wants no more: the webhook is disabled with all that waits for it.
4. Of a receiver that does not answer one delivery is tried at a time: the others wait with it.
5. What was delivered or given up is forgotten after ``KEPT``, and so are events of which no
   delivery is left.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import RowMapping, delete, insert, select, update

from clearance.adapters.sql.changing import Change
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.tables import delivery, event, webhook
from clearance.model.plain import Json, canonical

SECOND = 1_000_000
DELAYS = (5, 300, 1800, 7200, 18_000, 36_000, 36_000)
"""Seconds after each failed attempt; after the last of them the delivery is given up."""

LEASE = 60
"""Seconds for which a delivery is claimed."""

KEPT = 30 * 86_400 * SECOND
"""How long it is remembered how a delivery went."""

EVERYTHING = "*"


class State(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that somebody has claimed.

    **Shape**: ``secrets`` are all that sign it, the newest first; ``at`` in microseconds.
    """

    entry: int
    webhook: str
    url: str
    secrets: tuple[str, ...]
    event: str
    type: str
    subject: str
    at: int
    body: bytes
    attempts: int


def emit(change: Change, type: str, subject: str, body: Json) -> None:
    """Have everybody who wants such events told of this change."""
    emit_all(change, type, [(subject, body)])


def emit_all(change: Change, type: str, said: Sequence[tuple[str, Json]]) -> None:
    """Have everybody who wants such events told of each subject.

    **Cost**: 10 µs an event and receiver; nothing where nobody wants them.
    """
    hooks = change.connection.execute(
        select(webhook.c.id, webhook.c.events).where(webhook.c.disabled == "")
    )
    wanted = [row.id for row in hooks if wants(row.events.split(" "), type)]
    if not wanted or not said:
        return
    stamp = {"recorded_at": change.at, "recorded_by": change.by}
    events = [
        {"id": _id(change), "type": type, "subject": subject, "body": canonical(body), **stamp}
        for subject, body in said
    ]
    change.connection.execute(insert(event), events)
    new = {"state": State.WAITING.value, "answer": "", "attempts": 0, "due_at": change.at, **stamp}
    rows = [{"event": one["id"], "webhook": hook, **new} for one in events for hook in wanted]
    change.connection.execute(insert(delivery), rows)


def _id(change: Change) -> str:
    """An event's id: in the order of changes."""
    count = change.noted
    change.noted += 1
    return f"{_moment(change.at)}-{count:04d}"


def _moment(at: int) -> str:
    """What the ids of a moment's events begin with; earlier ones sort before it."""
    return f"evt-{at:016d}"


def wants(events: Sequence[str], type: str) -> bool:
    """Is a type among those asked for? ``release.*`` asks for all that begin so.

    >>> wants(["release.*"], "release.approve"), wants(["facts.changed"], "release.approve")
    (True, False)
    """
    return any(
        one in (type, EVERYTHING) or (one.endswith(".*") and type.startswith(one[:-1]))
        for one in events
    )


def next_due(database: Database, now: int, besides: Collection[str] = ()) -> str | None:
    """The webhook that waits longest for a delivery that is due; ``None`` where none does."""
    c = delivery.c
    due = (c.state == State.WAITING.value) & (c.due_at <= now) & c.webhook.not_in(besides)
    first = select(c.webhook).where(due).order_by(c.due_at, c.entry).limit(1)
    with database.reading() as connection:
        return connection.execute(first).scalar()


def claim(database: Database, hook: str, now: int, limit: int = 32) -> list[Due]:
    """Deliveries to a webhook that are due, held back from others for ``LEASE`` seconds."""
    c = delivery.c
    due = (
        select(c.entry)
        .where((c.state == State.WAITING.value) & (c.due_at <= now) & (c.webhook == hook))
        .order_by(c.due_at, c.entry)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    with database.writing() as connection:
        entries = list(connection.execute(due).scalars())
        held = update(delivery).where(c.entry.in_(entries)).values(due_at=now + LEASE * SECOND)
        connection.execute(held)
        rows = connection.execute(
            select(
                c.entry,
                c.attempts,
                c.webhook,
                webhook.c.url,
                webhook.c.secret,
                webhook.c.secret_before,
                webhook.c.secret_until,
                event.c.id.label("event"),
                event.c.type,
                event.c.subject,
                event.c.body,
                event.c.recorded_at,
            )
            .join(webhook, webhook.c.id == c.webhook)
            .join(event, event.c.id == c.event)
            .where(c.entry.in_(entries))
            .order_by(c.entry)
        ).mappings()
        return [_due(row, now) for row in rows]


@dataclass(frozen=True, slots=True)
class Attempt:
    """How an attempt ended.

    **Shape**: ``done`` where it was taken, ``gone`` where the receiver wants no more of anything,
    ``silent`` where it did not answer; ``answer`` is a status or what went wrong, for people.
    """

    answer: str
    done: bool = False
    gone: bool = False
    silent: bool = False


def settle(database: Database, due: Due, now: int, attempt: Attempt) -> State:
    """Say how an attempt ended; where the delivery stands now."""
    attempts = due.attempts + 1
    state, due_at = State.WAITING, now
    if attempt.done:
        state = State.DELIVERED
    elif attempt.gone or attempts > len(DELAYS):
        state = State.GIVEN_UP
    else:
        due_at = now + DELAYS[attempts - 1] * SECOND
    c, answer = delivery.c, attempt.answer[:200]
    told = {"state": state.value, "answer": answer, "attempts": attempts, "due_at": due_at}
    with database.writing() as connection:
        connection.execute(update(delivery).where(c.entry == due.entry).values(told))
        others = (c.webhook == due.webhook) & (c.state == State.WAITING.value)
        if attempt.gone:
            ours = webhook.c.id == due.webhook
            connection.execute(update(webhook).where(ours).values(disabled=answer))
            connection.execute(update(delivery).where(others).values(state=State.GIVEN_UP.value))
        elif attempt.silent:
            sooner = others & (c.due_at < due_at)
            connection.execute(update(delivery).where(sooner).values(due_at=due_at))
    return state


def forget(database: Database, now: int, limit: int = 1000) -> int:
    """Forget deliveries that ended ``KEPT`` ago, and events of which none is left.

    Returns:
        How many deliveries, ``limit`` at most.
    """
    c = delivery.c
    over = c.state.in_((State.DELIVERED.value, State.GIVEN_UP.value)) & (c.due_at < now - KEPT)
    with database.writing() as connection:
        gone = list(connection.execute(select(c.entry).where(over).limit(limit)).scalars())
        connection.execute(delete(delivery).where(c.entry.in_(gone)))
        oldest = connection.execute(select(c.recorded_at).order_by(c.entry).limit(1)).scalar()
        before = min(now - KEPT, oldest if oldest is not None else now)
        connection.execute(delete(event).where(event.c.id < _moment(before)))
    return len(gone)


def _due(row: RowMapping, now: int) -> Due:
    before = row["secret_before"] if now < row["secret_until"] else ""
    return Due(
        row["entry"],
        row["webhook"],
        row["url"],
        tuple(secret for secret in (row["secret"], before) if secret),
        row["event"],
        row["type"],
        row["subject"],
        row["recorded_at"],
        row["body"].encode(),
        row["attempts"],
    )
