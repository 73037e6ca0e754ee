"""Held by a region's other kinds: a majority of people, states or arrangements of a region whose
parties of other kinds the rule restricts. One step, not followed onward by ownership alone.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from clearance.model.party import PartyKind
from clearance.model.rule import Operator, SeedFact, Test
from clearance.ownership.arrays.graph import Bool, among
from clearance.ownership.day.live import Live
from clearance.ownership.day.total import ALL, NOTHING, Restriction, certain, possible, total
from clearance.ownership.readings.reading import Question
from clearance.ownership.readings.sums import Sums
from clearance.ownership.seeds import SeedSets, in_region

Pair = tuple[Bool, Bool]


def regional(question: Question, seeds: SeedSets) -> Pair:
    """Who is held by such a majority: surely, perhaps.

    **Cost**: a pass over the parties, and what those of the region hold.
    """
    size = len(question.certain)
    out = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    others = other_kinds(question.live, seeds)
    if not others[1].any():
        return out
    for test in dict.fromkeys(test.measure for test in question.tests):
        majority = Test(test, Operator.OVER, Fraction(1, 2))
        _mark(question, majority, others, out)
    return out


def other_kinds(live: Live, seeds: SeedSets) -> Pair:
    """Parties of the rule's regions whose kinds it does not restrict, where it looks at them."""
    graph, rule = live.graph, live.rule
    sure = np.zeros(graph.size, dtype=np.bool_)
    perhaps = sure.copy()
    if seeds.given or not rule.control.other_kinds_of_region or not rule.seeds.regions:
        return sure, perhaps
    for fact in (SeedFact.RESIDENT, SeedFact.GOVERNMENT, SeedFact.HEADQUARTERED):
        found = in_region(graph, rule, fact, live.day)
        sure |= found[0]
        perhaps |= found[1]
    counted = among(graph.parties.kind, (*rule.seeds.kinds, PartyKind.UNKNOWN))
    return sure & ~counted, perhaps & ~counted


def _mark(question: Question, test: Test, others: Pair, out: Pair) -> None:
    sure, perhaps = others[0], others[1] | question.live.unknown
    asked = Question(question.live, question.rule, (test,), sure, perhaps)
    sums = Sums(asked, 0)
    low = np.unique(sums.add_low(np.flatnonzero(sure)))
    high = np.unique(sums.add_high(np.flatnonzero(perhaps)))
    plain = low[~sums.held.special[low]]
    out[0][plain[sums.low(plain) >= sums.need_low]] = True
    plain = high[~sums.held.special[high]]
    plain = plain[sums.high_by_sum(plain) >= sums.need_high]
    out[1][plain[sums.high_by_rest(plain, perhaps) >= sums.need_high]] = True
    restriction = Restriction(
        low=lambda party: ALL if sure[party] else NOTHING,
        high=lambda party: ALL if perhaps[party] else NOTHING,
    )
    for party in high[sums.held.special[high]].tolist():
        ends = total(sums.held, party, restriction)
        out[0][party] |= certain(ends.low, test)
        out[1][party] |= possible(ends.high, test)
    np.logical_or(out[1], out[0], out[1])
