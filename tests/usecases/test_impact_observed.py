"""A forecast held against decisions: what counts as said, within bounds, outside, not seen."""

from __future__ import annotations

import pytest

from clearance.model.outcome import Outcome
from clearance.usecases.impact_observed import Differing, Expected, Seen, Watch
from clearance.usecases.impacted import Move

ALLOW, NOTICE, REVIEW, DENY = (
    Outcome.ALLOW,
    Outcome.ALLOW_WITH_NOTICE,
    Outcome.REVIEW,
    Outcome.DENY,
)
OPEN = Expected(Move.REVIEW, REVIEW, ALLOW, DENY)
BARRED = Expected(Move.DENIED, DENY, DENY, DENY)


def watched(*decisions: tuple[str, str, Outcome]) -> Watch:
    watch = Watch("before", "after")
    for customer, policy, outcome in decisions:
        watch.add(customer, policy, outcome)
    return watch


@pytest.mark.parametrize(
    ("expected", "outcomes", "counted"),
    [
        (BARRED, [DENY], "as_said"),
        (BARRED, [REVIEW], "outside"),
        (BARRED, [DENY, ALLOW], "outside"),
        (BARRED, [], "not_seen"),
        (OPEN, [REVIEW], "as_said"),
        (OPEN, [DENY, REVIEW], "as_said"),
        (OPEN, [NOTICE], "within"),
        (OPEN, [DENY], "within"),
        (Expected(Move.STRICTER, NOTICE, NOTICE, REVIEW), [ALLOW], "outside"),
    ],
)
def test_the_mildest_answer_is_held_against_the_forecast(
    expected: Expected, outcomes: list[Outcome], counted: str
) -> None:
    found = watched(*(("c", "after", outcome) for outcome in outcomes)).observed({"c": expected})
    (row,) = found.rows
    counts = {"as_said": 0, "within": 0, "outside": 0, "not_seen": 0} | {counted: 1}
    assert row == Seen(expected.move, 1, **counts)
    assert len(found.differing) == (counted == "outside")


def test_decisions_under_other_policies_say_nothing() -> None:
    found = watched(("c", "another", DENY), ("c", "before", ALLOW)).observed({"c": BARRED})
    assert (found.decisions, found.customers, found.rows[0].not_seen) == (0, 0, 1)


@pytest.mark.parametrize(
    ("earlier", "surprising"), [([], True), ([ALLOW], True), ([DENY], False), ([DENY, ALLOW], True)]
)
def test_whoever_is_denied_unforecast_is_told_unless_denied_before(
    earlier: list[Outcome], surprising: bool
) -> None:
    decisions = [("c", "before", outcome) for outcome in earlier]
    found = watched(*decisions, ("c", "after", DENY), ("d", "after", REVIEW)).observed({})
    assert found.differing == ((Differing("c", None, DENY),) if surprising else ())
