"""Posted facts: what somebody states of a customer or account, over which days, and who differs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Response, get, post
from litestar.params import FromQuery, JSONBody, QueryParameter

from clearance.adapters.sql import browse
from clearance.adapters.sql.changing import Change
from clearance.adapters.sql.events import emit
from clearance.adapters.sql.lines import FACTS
from clearance.adapters.sql.portfolio import put_facts, withdraw_facts
from clearance.model.dates import ALWAYS, NEVER
from clearance.policy.facts import Manner, Posted
from clearance.service.management.asking import Asked, asks, office_of
from clearance.service.management.looking import stored
from clearance.service.management.words import (
    Changed,
    Kept,
    KnownAt,
    Name,
    On,
    Text,
    as_of,
    date_of,
    day,
    kept,
)
from clearance.service.management.writing import write
from clearance.usecases.posting import About, Fact, conflicts, telling
from clearance.usecases.scopes import Scope

Subject = Annotated[str, QueryParameter(min_length=1, max_length=200, description="Its id.")]


class FactRecord(msgspec.Struct, forbid_unknown_fields=True):
    """One statement; days are half-open, and an end that is left out is open."""

    about: Literal["customer", "account"]
    subject: Name
    kind: Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]{1,60}$")]
    value: Text
    source: Name
    confidence: Annotated[int, msgspec.Meta(ge=0, le=100)] = 100
    since: date | None = None
    until: date | None = None
    manner: Literal["declared", "observed", "cleared"] = "observed"
    reviewer: Text = ""


class Facts(msgspec.Struct, forbid_unknown_fields=True):
    """Facts to post, or to say no more."""

    facts: Annotated[list[FactRecord], msgspec.Meta(min_length=1, max_length=10_000)]


class KeptFact(Kept, kw_only=True):
    """A fact, and since when it stands."""

    fact: FactRecord


class Conflict(msgspec.Struct):
    """Two sources say different things of the same, for days that they share."""

    one: FactRecord
    other: FactRecord


class FactsOf(msgspec.Struct):
    """What is posted of one customer or account, with what does not agree."""

    facts: list[KeptFact]
    conflicts: list[Conflict]


class FactController(Controller):
    """``/v1/facts``."""

    path = "/v1/facts"
    tags = ("facts",)

    @post("/", sync_to_thread=True, status_code=200, **asks(Scope.FACTS_WRITE, 409, 422))
    def post_many(self, request: Asked, data: JSONBody[Facts]) -> Response[Changed]:
        """Post facts; the same source's later word replaces its earlier one."""
        facts = [_fact(one) for one in data.facts]
        return write(request, lambda change: _told(change, put_facts(change, facts), facts))

    @post("/withdraw", sync_to_thread=True, status_code=200, **asks(Scope.FACTS_WRITE, 409, 422))
    def withdraw(self, request: Asked, data: JSONBody[Facts]) -> Response[Changed]:
        """Say facts no more over their days; values of kinds that have one do not matter."""
        facts = [_fact(one) for one in data.facts]
        return write(request, lambda change: _told(change, withdraw_facts(change, facts), facts))

    @get("/", sync_to_thread=True, **asks(Scope.FACTS_READ, 404))
    def of(
        self,
        request: Asked,
        about: FromQuery[Literal["customer", "account"]],
        subject: Subject,
        on: On = None,
        known_at: KnownAt = None,
    ) -> FactsOf:
        """What is posted of one customer or account on a day, and where sources differ."""
        look = as_of(request, on, known_at)
        of = {"about": about, "subject": stored(subject)}
        with office_of(request).database.reading() as connection:
            rows = browse.rows_of(connection, FACTS, look, of)
        facts = [KeptFact(fact=_record(row), **kept(row)) for row in rows]
        pairs = conflicts(_fact(one.fact) for one in facts)
        return FactsOf(facts, [Conflict(_back(one), _back(other)) for one, other in pairs])


def _told(change: Change, changed: int, facts: list[Fact]) -> Changed:
    if changed:
        kinds = sorted({one.posted.kind for one in facts})
        emit(change, "facts.changed", " ".join(kinds), {"changed": changed, "kinds": kinds})
    return Changed(changed)


def _fact(record: FactRecord) -> Fact:
    posted = Posted(
        record.kind,
        record.value,
        record.source,
        record.confidence,
        day(record.since, ALWAYS),
        day(record.until, NEVER),
        Manner(record.manner),
        record.reviewer,
    )
    return telling(About(record.about), record.subject, posted)


def _record(row: Mapping[Any, Any]) -> FactRecord:
    return FactRecord(
        row["about"],
        row["subject"],
        row["kind"],
        row["value"],
        row["source"],
        row["confidence"],
        date_of(row["valid_from"]),
        date_of(row["valid_to"]),
        row["manner"],
        row["reviewer"],
    )


def _back(fact: Fact) -> FactRecord:
    posted = fact.posted
    return FactRecord(
        fact.about.value,
        fact.subject,
        posted.kind,
        posted.value,
        posted.source,
        posted.confidence,
        date_of(posted.since),
        date_of(posted.until),
        posted.manner.value,
        posted.reviewer,
    )
