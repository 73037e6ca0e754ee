"""How accounts stood when they were last looked at, and what has changed since then.

1. How an account stands and the event that tells of it are written in one change: whoever looks
   again finds it told, and tells it once.
2. What several decision points with policies of several series say is kept apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, delete, insert, select

from clearance.adapters.sql import tables
from clearance.adapters.sql.changing import Change
from clearance.adapters.sql.events import emit_all
from clearance.adapters.sql.lines import ACCOUNTS, CUSTOMERS, FACTS, SCREENED, Line, among
from clearance.adapters.sql.store import believed
from clearance.model.dates import text_of_day
from clearance.model.outcome import Outcome
from clearance.model.plain import Json
from clearance.usecases.posting import About
from clearance.usecases.sweep import Stands

CHANGED = "account.outcome.changed"
"""The type of event that tells of an account that stands otherwise."""

AT_ONCE = 2000
"""Accounts that are looked at together."""

_outcome, _sweep = tables.outcome.c, tables.sweep.c


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to what all accounts were looked at.

    **Shape**: ``generation`` and ``moment`` are the state's, ``policies`` the digest of all that
    decide.
    """

    generation: int
    moment: int
    day: int
    policies: str

    def same(self, other: Mark) -> bool:
        """Would a look at the other find what one at this has found?"""
        return self.generation == other.generation and self.alike(other)

    def alike(self, other: Mark) -> bool:
        """Do accounts of which nothing else is believed stand as they stood?"""
        return (self.day, self.policies) == (other.day, other.policies)


def mark_of(connection: Connection, series: str) -> Mark | None:
    """Up to what the accounts were looked at, ``None`` where they never were."""
    row = connection.execute(select(tables.sweep).where(_sweep.series == series)).first()
    return None if row is None else Mark(row.generation, row.moment, row.day, row.policies)


def put_mark(change: Change, series: str, mark: Mark) -> None:
    """Say up to what they were."""
    change.connection.execute(delete(tables.sweep).where(_sweep.series == series))
    change.connection.execute(
        insert(tables.sweep).values(
            series=series,
            generation=mark.generation,
            moment=mark.moment,
            day=mark.day,
            policies=mark.policies,
            recorded_at=change.at,
            recorded_by=change.by,
        )
    )


def moment_of(connection: Connection) -> int:
    """The moment of the state's last change."""
    moment: int = connection.execute(select(tables.state.c.moment)).scalar_one()
    return moment


def accounts(connection: Connection) -> Iterator[Sequence[str]]:
    """Every account's id, some at a time, in order."""
    c, last = tables.account.c, ""
    wanted = select(c.id).distinct().where(believed(tables.account, None)).order_by(c.id)
    while some := list(connection.execute(wanted.where(c.id > last).limit(AT_ONCE)).scalars()):
        yield some
        last = some[-1]


def touched(connection: Connection, since: int) -> Iterator[Sequence[str]]:
    """The accounts of which something is believed that was not at a moment, some at a time.

    **Cost**: a look at the moments of every row, 0.1 s where there are 300,000 accounts.
    """
    customers: set[str] = set(connection.execute(_news(CUSTOMERS, "id", since)).scalars())
    customers.update(connection.execute(_news(SCREENED, "customer", since)).scalars())
    found: set[str] = set(connection.execute(_news(ACCOUNTS, "id", since)).scalars())
    about = tables.fact.c.about
    for row in connection.execute(_news(FACTS, "subject", since).add_columns(about)):
        (found if row.about == About.ACCOUNT else customers).add(row.subject)
    c, believed_now = tables.account.c, believed(tables.account, None)
    theirs: set[str] = set()
    for column, ids in ((c.id, found), (c.customer, customers)):
        for some in some_of(sorted(ids)):
            wanted = select(c.id).where(believed_now & among(connection, column, some))
            theirs.update(connection.execute(wanted).scalars())
    yield from some_of(sorted(theirs))


def last(connection: Connection, series: str, ids: Collection[str]) -> Mapping[str, Stands]:
    """How accounts stood when they were last looked at; those that never were are not in it."""
    ours = (_outcome.series == series) & among(connection, _outcome.account, ids)
    rows = connection.execute(select(tables.outcome).where(ours))
    return {
        row.account: Stands(
            row.account,
            "",
            Outcome[row.outcome.upper()],
            tuple(row.why.split()),
            row.policy,
            row.digest,
            row.day,
        )
        for row in rows
    }


def put(change: Change, series: str, found: Sequence[tuple[Stands | None, Stands]]) -> None:
    """Keep how accounts stand now, with an event for each that stood otherwise."""
    if not found:
        return
    ids = [now.account for _, now in found]
    ours = (_outcome.series == series) & among(change.connection, _outcome.account, ids)
    change.connection.execute(delete(tables.outcome).where(ours))
    change.connection.execute(
        insert(tables.outcome),
        [
            {
                "series": series,
                "account": one.account,
                "outcome": one.outcome.word,
                "why": " ".join(one.why),
                "policy": one.policy,
                "digest": one.digest,
                "day": one.day,
                "recorded_at": change.at,
                "recorded_by": change.by,
            }
            for _, one in found
        ],
    )
    told = [(now.account, _told(series, before, now)) for before, now in found if before]
    emit_all(change, CHANGED, told)


def _told(series: str, before: Stands, now: Stands) -> Json:
    return {
        "account": now.account,
        "customer": now.customer,
        "series": series,
        "before": _said(before),
        "now": _said(now),
    }


def _said(one: Stands) -> Json:
    return {
        "outcome": one.outcome.word,
        "why": list(one.why),
        "day": text_of_day(one.day),
        "policy": {"id": one.policy, "digest": one.digest},
    }


def _news(line: Line, of: str, since: int) -> Select[str]:
    """What rows are about that were written or closed since a moment."""
    c = line.table.c
    closed = (c.superseded_at > since) & (c.superseded_at < tables.FOREVER)
    return select(c[of]).distinct().where((c.recorded_at > since) | closed)


def some_of(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Some at a time."""
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
