"""Which customers are drawn."""

from __future__ import annotations

from decimal import Decimal

from clearance.adapters.report.entries import DENIED, LONGEST, OTHERS, Sieve
from clearance.adapters.screening.gallery import Gallery
from clearance.model.customer import Customer
from clearance.model.dates import UNDATED
from clearance.model.interest import Measure
from clearance.model.outcome import Outcome
from clearance.model.share import Share
from clearance.model.verdict import Holding
from clearance.usecases.screened import Screened

STEP = Holding("p", "q", Measure.SHARES, Share.of_percent("51"), UNDATED, "")


def screened(id: str, outcome: Outcome, revenue: int, steps: int = 1) -> Screened:
    customer = Customer(id, revenue=Decimal(revenue))
    return Screened(customer, outcome, path=(STEP,) * steps)


def drawn(*results: Screened) -> list[str]:
    gallery, sieve = Gallery(), Sieve()
    for at, one in enumerate(results):
        if entry := sieve.entry(at, one):
            gallery.add(entry)
    return [one.customer.id for one in gallery.chosen()]


def test_only_what_ownership_leads_to_is_drawn() -> None:
    assert drawn(
        screened("a", Outcome.ALLOW, 9),
        screened("b", Outcome.DENY, 8, steps=0),
        screened("c", Outcome.REVIEW, 7),
        screened("d", Outcome.DENY, 1),
        screened("e", Outcome.DENY, 6),
    ) == ["e", "d", "c"]


def test_the_weightiest_of_each_outcome_and_the_longest_paths_are_drawn() -> None:
    denied = [screened(f"d{at:03}", Outcome.DENY, at) for at in range(100)]
    review = [screened(f"r{at:03}", Outcome.REVIEW, at) for at in range(100)]
    long = screened("long", Outcome.DENY, 0, steps=9)
    found = drawn(*denied, long, *review)
    assert len(found) <= DENIED + OTHERS + LONGEST
    assert found[:2] == ["d099", "d098"]
    assert "long" in found
    assert "r099" in found
