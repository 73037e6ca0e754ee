"""Customers, accounts, facts and screenings written into the state, many at a time."""

from __future__ import annotations

from collections.abc import Iterable

import orjson
from sqlalchemy import select

from clearance.adapters.screening.found_rows import FoundRow
from clearance.adapters.sql import customer_rows, tables
from clearance.adapters.sql.changing import Change
from clearance.adapters.sql.lines import (
    ACCOUNTS,
    CUSTOMERS,
    FACTS,
    SCREENED,
    Saying,
    Values,
    record,
)
from clearance.model.account import Account
from clearance.model.customer import Customer
from clearance.model.dates import ALWAYS, NEVER
from clearance.model.errors import InputError
from clearance.policy.facts import Posted
from clearance.usecases.found import Run
from clearance.usecases.posting import Fact


def put_customers(
    change: Change, customers: Iterable[Customer], source: str, since: int = ALWAYS
) -> int:
    """Keep customers' records from a day on; a later record replaces an earlier one.

    Returns:
        How many rows changed; 0 where everything stood so already.
    """
    sayings = (
        Saying((one.id,), customer_rows.row_of(one), source, since, NEVER) for one in customers
    )
    return record(change, CUSTOMERS, sayings)


def put_accounts(
    change: Change, accounts: Iterable[Account], source: str, since: int = ALWAYS
) -> int:
    """Keep accounts and whom they belong to, from a day on."""
    sayings = (
        Saying(
            (one.id,), (one.customer, one.segment, one.channel, one.opened), source, since, NEVER
        )
        for one in accounts
    )
    return record(change, ACCOUNTS, sayings)


def put_facts(change: Change, facts: Iterable[Fact]) -> int:
    """Keep posted facts over their days."""
    return record(change, FACTS, (_saying(one, _says(one.posted)) for one in facts))


def withdraw_facts(change: Change, facts: Iterable[Fact]) -> int:
    """Say no more what these facts say over their days; their values do not matter."""
    return record(change, FACTS, (_saying(one, None) for one in facts))


def put_screening(change: Change, run: Run, rows: Iterable[FoundRow]) -> int:
    """Keep what a screening found, from its day on; customers it does not name keep theirs.

    What an earlier screening found alike stands as it stood, unless that one asked otherwise.

    Raises:
        InputError: another screening of that id is kept.
    """
    _keep(change, run)
    sayings = (Saying((one.customer,), tuple(one[1:]), run.id, run.as_of, NEVER) for one in rows)
    c = tables.screening.c
    asked = {row.id: row.rules for row in change.connection.execute(select(c.id, c.rules))}
    return record(change, SCREENED, sayings, asked.__getitem__)


def _says(posted: Posted) -> Values:
    return (posted.value, posted.confidence, posted.manner.value, posted.reviewer)


def _saying(fact: Fact, says: Values | None) -> Saying:
    posted = fact.posted
    return Saying((*fact.of, posted.source), says, posted.source, posted.since, posted.until)


def _keep(change: Change, run: Run) -> None:
    c = tables.screening.c
    if change.connection.execute(select(c.id).where(c.id == run.id)).first():
        raise InputError("is imported already", field=f"screening {run.id[:12]}")
    asked = orjson.dumps(dict(run.asked), option=orjson.OPT_SORT_KEYS).decode()
    change.connection.execute(
        tables.screening.insert().values(
            id=run.id,
            policy=run.policy,
            as_of=run.as_of,
            snapshot=run.snapshot,
            rules=asked,
            recorded_at=change.at,
            recorded_by=change.by,
        )
    )
