"""What would settle what the later policy leaves to people: the facts that settle most, and those
of the largest customers.

1. The same facts as in a screening, made by the same code, counted by the same tally.
2. A party is explained once for each rule that leaves it open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from clearance.model.outcome import Outcome
from clearance.model.verdict import Finding, Missing
from clearance.policy.decision import Decision
from clearance.usecases.impact_answers import Answers, Side
from clearance.usecases.impact_portfolio import Portfolio
from clearance.usecases.impacted import Open
from clearance.usecases.screened import Fact
from clearance.usecases.settle import OF_PARTY, missing_for
from clearance.usecases.standings import standing_of
from clearance.usecases.waiting import Waiting

LARGEST = 50
"""Customers left to people that are named with what would settle them."""

ASKED = 10_000
"""Customers left to people, the largest by revenue, whose missing facts are counted."""


@dataclass(frozen=True, slots=True)
class Names:
    """How parties are called: the id of an index, and the name of an id, empty where none is."""

    id: Callable[[int], str]
    name: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Settled:
    """What would settle most: kinds of fact, single facts, and the largest customers' facts.

    **Shape**: counted over the ``asked`` largest of those left to people.
    """

    kinds: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    open: tuple[Open, ...]
    asked: int


def settled(
    portfolio: Portfolio, side: Side, later: Answers, earlier: Answers, names: Names
) -> Settled:
    """What would settle the customers that the later policy leaves to people.

    **Cost**: some 100 µs for each of the ``ASKED`` largest.
    """
    settling, waiting, open = _Settling(portfolio, side, names.id), Waiting(), list[Open]()
    some = _left_to_people(portfolio, later)
    for at in some:
        decision = later.told[later.of[at]].decision
        missing = settling.missing(at, decision)
        waiting.add(missing, portfolio.customers[at].revenue)
        if len(open) < LARGEST:
            was = earlier.told[earlier.of[at]].decision.outcome
            called = tuple(names.name(one.subject) for one in missing)
            open.append(Open(portfolio.customers[at], was, decision.deciding, missing, called))
    return Settled(waiting.kinds(), waiting.facts(names.name), tuple(open), len(some))


def _left_to_people(portfolio: Portfolio, later: Answers) -> list[int]:
    """The largest of them, by revenue, then in the portfolio's order."""
    review = [one.decision.outcome is Outcome.REVIEW for one in later.told]
    some = np.flatnonzero(np.array(review, np.bool_)[later.of])
    revenue = [-float(portfolio.customers[at].revenue) for at in some.tolist()]
    largest: list[int] = some[np.argsort(revenue, kind="stable")[:ASKED]].tolist()
    return largest


class _Settling:
    """Says what would settle customers, one by one."""

    def __init__(self, portfolio: Portfolio, side: Side, id: Callable[[int], str]) -> None:
        self._portfolio, self._id = portfolio, id
        self._rulings = {one.rule.id: one for one in side.rulings}
        self._found: dict[tuple[str, int], Finding | None] = {}

    def missing(self, at: int, decision: Decision) -> tuple[Missing, ...]:
        """The facts that would settle one customer."""
        customer, party = self._portfolio.customers[at], int(self._portfolio.party[at])
        doubt = self._portfolio.doubts.get(at)
        if party < 0:
            told = doubt.settle if doubt else ()
            return missing_for(decision, customer.id, customer.id, {}, told)
        asked = {one.rule for one in decision.deciding if one.code in OF_PARTY}
        findings = {rule: found for rule in sorted(asked) if (found := self._finding(rule, party))}
        return missing_for(decision, customer.id, self._id(party), findings)

    def _finding(self, rule: str, party: int) -> Finding | None:
        key = (rule, party)
        if key not in self._found:
            self._found[key] = standing_of(self._rulings[rule], party, self._id).finding
        return self._found[key]
