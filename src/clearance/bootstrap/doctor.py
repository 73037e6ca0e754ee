"""Is everything that a decision point needs there, sound, and fresh?

A finding is good, worth knowing, or bad; nothing is repaired here and nothing is written.
"""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from clearance.model.dates import text_of_day
from clearance.model.errors import ClearanceError

_DAY = 86_400
STALE = 30
"""Days after which a source is worth a warning."""


class Grade(StrEnum):
    """How a finding is to be taken."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and what was found."""

    grade: Grade
    subject: str
    said: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What to look at; what is empty is not looked at."""

    state: str = ""
    log: str = ""
    networks: Path | None = None
    policies: Sequence[str] = ()


def examine(parts: Parts) -> Iterator[Finding]:
    """Every finding, part by part; a part that cannot be looked at is a bad finding."""
    if parts.state:
        yield from _told("state", partial(_state, parts.state))
    if parts.log:
        yield from _told("log", partial(_log, parts.log))
    if parts.networks is not None:
        yield from _told("networks", partial(_networks, parts.networks))
    for name in parts.policies:
        yield from _told(f"policy {name}", partial(_policy, name))


def _told(subject: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except ClearanceError as error:
        yield Finding(Grade.BAD, subject, error.message())


def _state(place: str) -> Iterator[Finding]:
    from clearance.adapters.sql.examine import counts, damage
    from clearance.adapters.sql.steps import step_of
    from clearance.bootstrap.state import opened

    with opened(place) as database:
        yield Finding(Grade.GOOD, "state", f"at step {step_of(database)}")
        if database.file is not None and stat.S_IMODE(database.file.stat().st_mode) & 0o077:
            yield Finding(Grade.BAD, "state", "others may read the file; chmod 600 it")
        if found := damage(database):
            yield Finding(Grade.BAD, "state", f"damaged: {found}; restore a copy")
        held = counts(database, time.time_ns() // 1000)
    yield Finding(
        Grade.GOOD if held.accounts else Grade.NOTE,
        "state",
        f"{held.customers} customers, {held.accounts} accounts, {held.facts} facts",
    )
    yield _aged("screening", held.screened)
    if held.unlogged:
        yield Finding(Grade.NOTE, "log", f"{held.unlogged} entries wait; 'serve' hands them over")
    if held.given_up:
        yield Finding(Grade.NOTE, "webhooks", f"{held.given_up} deliveries were given up")
    if held.ending:
        said = f"{held.ending} keys end within two weeks; rotate them"
        yield Finding(Grade.NOTE, "keys", said)


def _log(place: str) -> Iterator[Finding]:
    from clearance.adapters.ledger.reader import LogReader

    with LogReader.open(place) as reader:
        head = reader.head()
        yield Finding(Grade.GOOD, "log", f"{head.size} entries; 'log verify' checks each of them")


def _networks(path: Path) -> Iterator[Finding]:
    from clearance.adapters.network.reader import Networks

    networks = Networks.open(path)
    if not networks.compiled:
        yield Finding(Grade.NOTE, "networks", "read without its C extension: tenfold slower")
    for source in networks.sources:
        yield _aged(f"networks: {source.id}", source.as_of)


def _policy(name: str) -> Iterator[Finding]:
    from clearance.adapters.policies.loaded import load_policy

    policy = load_policy(name).policy
    today = int(time.time()) // _DAY
    covers = policy.force.covers(today)
    said = "in effect today" if covers else "not in effect today: everybody is review under it"
    yield Finding(Grade.GOOD if covers else Grade.NOTE, f"policy {policy.id}", said)


def _aged(subject: str, day: int | None) -> Finding:
    if day is None:
        return Finding(Grade.NOTE, subject, "none yet")
    age = int(time.time()) // _DAY - day
    grade = Grade.NOTE if age > STALE else Grade.GOOD
    return Finding(grade, subject, f"of {text_of_day(day)}, {age} days old")
