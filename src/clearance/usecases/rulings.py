"""A policy's rules put to the engine: one ruling about every party for each ownership rule.

1. A rule that leaves its regions to the policy gets those of the reference's codes that the policy
   does not support; the engine compares codes one by one.
2. A rule that cannot be evaluated yields a ruling that says so, never none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np

from clearance.model.errors import ClearanceError
from clearance.model.rule import Rule
from clearance.model.share import WHOLE
from clearance.model.verdict import Finding
from clearance.ownership.arrays.graph import Graph
from clearance.ownership.attribute import Attribution, attribute
from clearance.ownership.day.live import Holdings
from clearance.policy.codes import Codes
from clearance.policy.document import Policy
from clearance.policy.reading.rules import needs_regions, with_regions
from clearance.usecases.standings import Ruling

KEPT = 1 << 14
"""Explanations kept, so that customers with the same owners share them."""


class Reference(Protocol):
    """What the engine and its words need of reference data."""

    @property
    def graph(self) -> Graph:
        """Parties and interests as arrays."""
        ...

    def id(self, index: int) -> str:
        """The id of a party."""
        ...

    def statement(self, row: int) -> str:
        """The statement behind an interest row of the graph."""
        ...


def bound_rule(policy: Policy, rule: Rule, graph: Graph, codes: Codes) -> Rule:
    """The rule with the policy's regions, where it leaves them to the policy."""
    if not needs_regions(rule) or policy.regions is None:
        return rule
    return with_regions(rule, policy.regions.restricted(graph.parties.codes, codes))


def _nothing(answer: Attribution) -> None:
    """Nothing is done with it meanwhile."""


def ask_rules(
    reference: Reference,
    policy: Policy,
    rules: Mapping[str, Rule],
    codes: Codes,
    day: int,
    *,
    attributed: Callable[[Attribution], None] = _nothing,
) -> Iterator[Ruling]:
    """Each ownership rule of the policy put to the engine, in the policy's order.

    Args:
        attributed: is told what each rule says of all parties, before it is asked what their
            undeclared rests could bring about.

    **Cost**: the engine's, once a rule; nothing is explained yet.
    """
    for owned in policy.ownership:
        rule = bound_rule(policy, rules[owned.rule], reference.graph, codes)
        yield ask_rule(reference, rule, day, attributed)


def ask_rule(
    reference: Reference,
    rule: Rule,
    day: int,
    attributed: Callable[[Attribution], None] = _nothing,
) -> Ruling:
    """One bound rule put to the engine; a ruling that says so where it cannot be evaluated."""
    try:
        answer = attribute(reference.graph, rule, day)
        attributed(answer)
        return ruling_of(reference, answer)
    except (ClearanceError, ArithmeticError) as error:
        return _failed(reference.graph, rule, str(error) or type(error).__name__)


def ruling_of(reference: Reference, answer: Attribution) -> Ruling:
    """An attribution as a ruling; explanations are made once and the latest kept."""

    @lru_cache(maxsize=KEPT)
    def explain(index: int) -> Finding:
        return answer.finding(index, reference.id, reference.statement)

    live = answer.live
    tested = tuple(live.measures[test.measure] for test in answer.tests) if live else ()

    def held(index: int) -> Holdings | None:
        return tested[answer.answered[0].used.test.item(index)] if tested else None

    def owners(index: int) -> Sequence[int]:
        holdings = held(index)
        return () if holdings is None else holdings.holder[_slots(holdings, index)].tolist()

    def majority(index: int) -> int:
        holdings = held(index)
        return -1 if holdings is None else _majority(holdings, _slots(holdings, index))

    return Ruling(
        answer.rule,
        answer.reached,
        answer.level,
        answer.could,
        explain,
        seed=answer.seeds.possible,
        undeclared=answer.undeclared,
        owners=owners,
        in_force=answer.in_force,
        answer=answer,
        majority=majority,
    )


def _slots(holdings: Holdings, party: int) -> slice:
    """Where the holdings in a party stand."""
    start = holdings.subject_start.item
    return slice(start(party), start(party + 1))


def _majority(holdings: Holdings, slots: slice) -> int:
    """Who certainly holds more than half of it alone, -1 where nobody does."""
    for slot in range(slots.start, slots.stop):
        if holdings.low.item(slot) * 2 > WHOLE and not holdings.attributed.item(slot):
            return holdings.holder.item(slot)
    return -1


def _failed(graph: Graph, rule: Rule, why: str) -> Ruling:
    nobody = np.zeros(graph.size, np.uint8)
    none = np.zeros(graph.size, np.bool_)

    def explain(index: int) -> Finding:
        raise LookupError(index)

    rest = np.zeros(graph.size, np.int64)
    return Ruling(
        rule,
        nobody,
        nobody,
        none,
        explain,
        seed=none,
        undeclared=rest,
        owners=lambda index: (),
        failed=why,
    )
