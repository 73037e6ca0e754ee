"""What changed since an earlier screening."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clearance.model.customer import Customer
from clearance.model.outcome import Outcome
from clearance.usecases.compare import Comparison, Earlier, Kind, counts
from clearance.usecases.screened import Count, Screened

ALLOW, NOTICE, REVIEW, DENY = (
    Outcome.ALLOW,
    Outcome.ALLOW_WITH_NOTICE,
    Outcome.REVIEW,
    Outcome.DENY,
)


def earlier(id: str, outcome: Outcome) -> Earlier:
    return Earlier(id, id, outcome, ("before",), Decimal(1))


def now(id: str, outcome: Outcome) -> Screened:
    return Screened(Customer(id, revenue=Decimal(2)), outcome)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (ALLOW, DENY, Kind.DENIED),
        (REVIEW, DENY, Kind.DENIED),
        (DENY, ALLOW, Kind.FREED),
        (DENY, REVIEW, Kind.FREED),
        (ALLOW, REVIEW, Kind.CHANGED),
        (REVIEW, NOTICE, Kind.CHANGED),
        (None, DENY, Kind.ADDED),
        (DENY, None, Kind.REMOVED),
        (DENY, DENY, None),
        (ALLOW, ALLOW, None),
    ],
)
def test_a_change_has_one_kind(
    before: Outcome | None, after: Outcome | None, kind: Kind | None
) -> None:
    comparison = Comparison({"c": earlier("c", before)} if before is not None else {})
    found = [comparison.of(now("c", after))] if after is not None else []
    changes = comparison.changes(filter(None, found), ["c"] if found else [])
    assert [change.kind for change in changes] == ([kind] if kind else [])


def test_changes_are_counted_with_their_revenue_and_every_kind_is_named() -> None:
    comparison = Comparison({id: earlier(id, DENY) for id in "abc"})
    found = map(comparison.of, [now("a", ALLOW), now("b", DENY), now("d", ALLOW)])
    assert dict(counts(comparison.changes(filter(None, found), "abd"))) == {
        Kind.DENIED: Count(),
        Kind.FREED: Count(1, Decimal(2)),
        Kind.CHANGED: Count(),
        Kind.ADDED: Count(1, Decimal(2)),
        Kind.REMOVED: Count(1, Decimal(1)),
    }
