"""What one policy says of every customer of a portfolio, asked once for customers that are alike.

1. Alike are customers of one group whose parties stand in the same places, and in the same way
   under every rule of the policy. One of them is judged; the answer is that of all.
2. A judge that looked at more than that (the revenue, the customer's id) can tell them apart, and
   is asked for each by what it looked at: what was not looked at cannot have mattered.
3. A customer who may be one of several parties is judged as the policy judges the doubt; what that
   could come to are the answers about its candidates.

Not here: which rules reach whom. That is the engine's, in rulings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from clearance.model.outcome import Outcome
from clearance.model.party import Party
from clearance.model.verdict import Reached
from clearance.ownership.arrays.graph import Int64, PartyColumns
from clearance.policy.decision import Decision
from clearance.policy.document import Policy
from clearance.policy.facts import Facts, facts_of
from clearance.policy.judging.decide import Judge
from clearance.policy.reasons.owners import Standing
from clearance.usecases.impact_alike import Column, alike, members_of
from clearance.usecases.impact_bounds import Extremes
from clearance.usecases.impact_portfolio import Portfolio
from clearance.usecases.impact_watch import values, watched
from clearance.usecases.standings import LEVELS, Ruling

_REACHED = tuple(Reached)
_WAYS = len(_REACHED) * len(LEVELS) * 2
"""Ways to stand under a rule: reached, level, and whether the undeclared rest could pass."""


@dataclass(frozen=True, slots=True)
class Side:
    """A policy with its rules answered on a day: one side of a comparison."""

    policy: Policy
    judge: Judge
    rulings: tuple[Ruling, ...]
    extremes: Extremes
    day: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a policy says of customers it cannot tell apart, and what that could come to."""

    decision: Decision
    least: Outcome
    most: Outcome


@dataclass(frozen=True, slots=True)
class Answers:
    """A policy's answers. **Shape**: ``of`` holds each customer's place in ``told``."""

    told: Sequence[Answer]
    of: Int64


@dataclass(frozen=True, slots=True)
class Rows:
    """What is judged: every customer, then every candidate of those who are not identified.

    **Shape**: ``at`` are positions of customers; ``party`` is -1 for a doubt, and ``doubt`` then a
    place in ``codes`` from 1; ``place`` numbers rows by group, doubt, and where the register has
    the party.
    """

    portfolio: Portfolio
    parties: PartyColumns
    at: Int64
    party: Int64
    doubt: Int64
    codes: Sequence[str]
    place: Column


def rows_of(portfolio: Portfolio, parties: PartyColumns) -> Rows:
    """The rows of a portfolio, to be judged under any number of policies."""
    maybe = [(at, one) for at, doubt in portfolio.doubts.items() for one in doubt.candidates]
    more = np.array(maybe, np.int64).reshape(-1, 2)
    at = np.concatenate([np.arange(len(portfolio.customers)), more[:, 0]])
    party = np.concatenate([portfolio.party, more[:, 1]])
    codes = sorted({doubt.code for doubt in portfolio.doubts.values()})
    doubt = np.zeros(len(at), np.int64)
    for position, one in portfolio.doubts.items():
        doubt[position] = codes.index(one.code) + 1
    columns = [Column(portfolio.group[at], len(portfolio.first)), Column(doubt, len(codes) + 1)]
    for places in (parties.jurisdiction, parties.headquarters):
        columns.append(Column(np.where(party >= 0, places[party], 0), len(parties.codes)))
    place, first = alike(columns)
    return Rows(portfolio, parties, at, party, doubt, codes, Column(place, len(first)))


def answers(rows: Rows, side: Side) -> Answers:
    """The answer about every customer.

    **Cost**: some 0.1 µs a customer, and 10 to 40 µs for each that is judged.
    """
    asking = _Asking(rows, side)
    of, first = alike(asking.columns())
    told: list[Answer] = []
    apart: list[int] = []
    for kind, row in enumerate(first.tolist()):
        looked: set[str] = set()
        told.append(asking.answer(row, looked))
        if looked:
            apart.append(kind)
    for members in members_of(of, apart):
        asking.apart(members, frozenset(), told, of)
    return Answers(told, _with_candidates(rows.portfolio, of, told))


class _Asking:
    """A policy's judge, asked row by row."""

    def __init__(self, rows: Rows, side: Side) -> None:
        self._rows, self._side = rows, side
        self._values = values(side.policy)

    def columns(self) -> Iterator[Column]:
        """All that makes rows alike."""
        yield self._rows.place
        party, known = self._rows.party, self._rows.party >= 0
        for one in self._side.rulings:
            way = one.reached[party].astype(np.int64)
            way = (way * len(LEVELS) + one.level[party]) * 2 + one.could[party]
            yield Column(np.where(known, way, 0), _WAYS)

    def answer(self, row: int, looked: set[str]) -> Answer:
        """The answer about one row; ``looked`` gains what more the judge looked at."""
        side, facts = self._side, self._facts(row)
        standings = {one.rule.id: self._standing(one, row) for one in side.rulings}
        decision = side.judge.decide(watched(facts, looked), standings, side.day)
        if all(reason.cleared for reason in decision.reasons):
            return Answer(decision, decision.outcome, decision.outcome)
        return Answer(decision, *side.extremes.of(facts, standings, looked))

    def apart(self, rows: Int64, names: frozenset[str], told: list[Answer], of: Int64) -> None:
        """Answer rows that are equal in ``names``, telling apart those that the judge does."""
        looked: set[str] = set()
        answer = self.answer(int(rows[0]), looked)
        if looked <= names:
            of[rows] = len(told)
            told.append(answer)
            return
        customers, more = self._rows.portfolio.customers, sorted(names | looked)
        parts: dict[tuple[str | int | Decimal, ...], list[int]] = {}
        for row, at in zip(rows.tolist(), self._rows.at[rows].tolist(), strict=True):
            value = tuple(self._values[name](customers[at]) for name in more)
            parts.setdefault(value, []).append(row)
        for part in parts.values():
            self.apart(np.array(part, np.int64), names | looked, told, of)

    def _facts(self, row: int) -> Facts:
        rows, facts = self._rows, self._rows.parties
        customer, party = rows.portfolio.customers[rows.at[row]], int(rows.party[row])
        if party < 0:
            code = rows.codes[rows.doubt[row] - 1]
            found = facts_of(customer, None, code, code)
        else:
            places = facts.codes[facts.jurisdiction[party]], facts.codes[facts.headquarters[party]]
            place = Party("", jurisdiction=places[0], headquarters=places[1])
            found = facts_of(customer, place)
        posted = rows.portfolio.posted.get(customer.id)
        return replace(found, posted=posted) if posted else found

    def _standing(self, ruling: Ruling, row: int) -> Standing:
        party = int(self._rows.party[row])
        if party < 0:
            return Standing(ruling.rule, in_force=ruling.in_force, failed=ruling.failed)
        return Standing(
            ruling.rule,
            _REACHED[ruling.reached[party]],
            LEVELS[ruling.level[party]],
            bool(ruling.could[party]),
            ruling.in_force,
            failed=ruling.failed,
        )


def _with_candidates(portfolio: Portfolio, of: Int64, told: list[Answer]) -> Int64:
    """Each customer's answer; those with candidates get the bounds of the answers about them."""
    size = len(portfolio.customers)
    found, row = of[:size], size
    known: dict[tuple[int, Outcome, Outcome], int] = {}
    for at, doubt in portfolio.doubts.items():
        if not doubt.candidates:
            continue
        some = [told[place] for place in of[row : row + len(doubt.candidates)].tolist()]
        row += len(doubt.candidates)
        least, most = min(one.least for one in some), max(one.most for one in some)
        key = (int(found[at]), least, most)
        if key not in known:
            known[key] = len(told)
            told.append(Answer(told[key[0]].decision, least, most))
        found[at] = known[key]
    return found
