"""Webhooks: who is told of which events, and the secret that signs what is sent.

1. The secret signs every message, so it is kept as it is and shown once; guard the database.
2. A rotated secret signs beside its successor for an overlap.
3. A webhook that is removed is told nothing more; what it was told stays on record.
"""

from __future__ import annotations

import re
import secrets
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import Connection, RowMapping, insert, select, update

from clearance.adapters.sql.changing import Change
from clearance.adapters.sql.events import SECOND, State
from clearance.adapters.sql.tables import delivery, webhook
from clearance.model.errors import InputError

_EVENT = re.compile(r"\*|[a-z_]+(\.[a-z_]+)*(\.\*)?", re.ASCII)
_REMOVED = "removed"
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook without its secret. **Shape**: ``disabled`` says why, empty where it is not."""

    id: str
    url: str
    events: tuple[str, ...]
    disabled: str
    recorded_at: int
    recorded_by: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """How one delivery stands; ``due_at`` is when it was or will be tried."""

    event: str
    state: State
    attempts: int
    answer: str
    due_at: int


def add_hook(change: Change, url: str, events: Sequence[str]) -> Hook:
    """Tell a receiver of events from now on; the only answer with its secret.

    Raises:
        InputError: the address or an event cannot be used.
    """
    _check(url, events)
    id, secret = f"hook-{secrets.token_hex(8)}", _secret()
    change.connection.execute(
        insert(webhook).values(
            id=id,
            url=url,
            events=" ".join(events),
            secret=secret,
            secret_before="",
            secret_until=0,
            disabled="",
            recorded_at=change.at,
            recorded_by=change.by,
        )
    )
    return Hook(id, url, tuple(events), "", change.at, change.by, secret)


def rotate_secret(change: Change, id: str, overlap: int) -> Hook:
    """A new secret; the old one signs beside it for ``overlap`` seconds.

    Raises:
        InputError: there is no such webhook.
    """
    found, secret = _one(change, id), _secret()
    values = {
        "secret": secret,
        "secret_before": found["secret"],
        "secret_until": change.at + overlap * SECOND,
    }
    change.connection.execute(update(webhook).where(webhook.c.id == id).values(values))
    return _hook(found, secret)


def remove_hook(change: Change, id: str) -> None:
    """Tell it nothing more, and forget its secret.

    Raises:
        InputError: there is no such webhook.
    """
    _one(change, id)
    gone = {"disabled": _REMOVED, "secret": "", "secret_before": ""}
    change.connection.execute(update(webhook).where(webhook.c.id == id).values(gone))
    c = delivery.c
    waiting = (c.webhook == id) & (c.state == State.WAITING.value)
    change.connection.execute(update(delivery).where(waiting).values(state=State.GIVEN_UP.value))


def hooks(connection: Connection) -> list[Hook]:
    """Every webhook that was not removed, by id."""
    c = webhook.c
    rows = connection.execute(select(webhook).where(c.disabled != _REMOVED).order_by(c.id))
    return [_hook(row) for row in rows.mappings()]


def deliveries(connection: Connection, id: str, limit: int) -> list[Told]:
    """The latest deliveries to a webhook, newest first."""
    c = delivery.c
    wanted = select(delivery).where(c.webhook == id).order_by(c.entry.desc()).limit(limit)
    return [
        Told(row["event"], State(row["state"]), row["attempts"], row["answer"], row["due_at"])
        for row in connection.execute(wanted).mappings()
    ]


def _check(url: str, events: Sequence[str]) -> None:
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("https", "http") and parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    if not sound or len(url) > _LONGEST or parts.username or parts.fragment or not url.isascii():
        raise InputError(
            "is no address for a webhook", field="url", remedy="give https://host/path"
        )
    if not events or len(events) > 50:
        raise InputError("no events", field="events", remedy="name some, or '*' for all")
    for one in events:
        if not _EVENT.fullmatch(one):
            what = f"{one[:40]!r} is no type of event"
            raise InputError(what, field="events", remedy="write facts.changed, release.* or *")


def _one(change: Change, id: str) -> RowMapping:
    c = webhook.c
    wanted = select(webhook).where((c.id == id) & (c.disabled != _REMOVED))
    found = change.connection.execute(wanted).mappings().first()
    if found is None:
        raise InputError(f"no webhook {id[:40]!r}", field="id", remedy="list the webhooks")
    return found


def _hook(row: RowMapping, secret: str = "") -> Hook:
    events = tuple(row["events"].split(" "))
    about = (row["disabled"], row["recorded_at"], row["recorded_by"])
    return Hook(row["id"], row["url"], events, *about, secret)


def _secret() -> str:
    return "whsec_" + b64encode(secrets.token_bytes(32)).decode()
