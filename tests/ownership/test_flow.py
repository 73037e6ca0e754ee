"""What descends from the starts, in an order in which it can be solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.graphs import graph
from tests.ownership.asking import Asked, ask
from tests.reference.world import World
from tests.worlds import DAY, always

from clearance.model.interest import Measure
from clearance.model.rule import Aggregation, Operator, Reading, Rule, Seeds
from clearance.model.rule import Test as ShareTest
from clearance.ownership.readings.descend import ANYBODY, BOTH, Starts
from clearance.ownership.readings.flow import Flow, flow_of
from clearance.ownership.readings.look_through import product

TEST = ShareTest(Measure.SHARES, Operator.OVER, Fraction(1, 2))
RULE = Rule("r", "r", always((TEST,)), Aggregation.POOLED, (Reading.PRODUCT,), Seeds())
TEXT = "P -60%-> A; A -50%-> B; Q -70%-> B; Q -100%-> C; B -10%-> D; D -10%-> B; X -0%-> A"


def asked(seeds: str = "P") -> Asked:
    return ask(World((), graph(TEXT), RULE, DAY, frozenset(seeds.split())))


def flow(found: Asked, roots: Sequence[str] | None = None) -> Flow:
    live = found.question.live
    party = np.array([found.names.index(name) for name in roots or ["P"]], dtype=np.int64)
    root = party if roots else np.zeros(1, dtype=np.int64)
    starts = Starts(party, root, np.full(len(party), BOTH, dtype=np.uint8), roots is None)
    return flow_of((live.measures[Measure.SHARES],), starts, live.graph)


def test_only_descendants_are_laid_out() -> None:
    found = asked()
    laid = flow(found)
    assert {found.names[one] for one in laid.party} == {"P", "A", "B", "D"}


def test_a_holding_of_nothing_reaches_nobody() -> None:
    found = asked("X")
    assert {found.names[one] for one in flow(found, ["X"]).party} == {"X"}


def test_holders_come_first_and_loops_together() -> None:
    found = asked()
    laid = flow(found)
    order = [found.names[one] for one in laid.party]
    assert order.index("P") < order.index("A") < min(order.index("B"), order.index("D"))
    assert {found.names[one] for one in laid.party[laid.group >= 0]} == {"B", "D"}


def test_each_root_has_nodes_of_its_own() -> None:
    found = asked()
    laid = flow(found, ["P", "Q"])
    nodes = {
        (found.names[root], found.names[one])
        for root, one in zip(laid.root, laid.party, strict=True)
    }
    assert nodes == {(root, one) for root, held in (("P", "PABD"), ("Q", "QBCD")) for one in held}
    free = laid.nodes.find_one(found.names.index("P"), found.names.index("C"))
    assert free == laid.size


def test_a_party_is_for_a_root_what_it_is_for_anybody() -> None:
    found = asked()
    live = found.question.live
    index = {name: at for at, name in enumerate(found.names)}
    party = np.array([index["P"], index["Q"]], dtype=np.int64)
    root = np.array([index["P"], ANYBODY], dtype=np.int64)
    starts = Starts(party, root, np.full(2, BOTH, dtype=np.uint8), False)
    laid = flow_of((live.measures[Measure.SHARES],), starts, live.graph)
    node = laid.nodes.find_one(index["P"], index["C"])
    assert (laid.root[node], laid.party[node]) == (ANYBODY, index["C"])


@pytest.mark.parametrize("seeds", ["P", "P Q", "Q"])
def test_levels_that_no_longer_order_the_day_are_found_anew(seeds: str) -> None:
    question = asked(seeds).question
    held = question.live.measures[Measure.SHARES]
    bent = replace(held, subject_start=held.subject_start.copy())
    graph_ = replace(
        question.live.graph,
        level=question.live.graph.level[::-1].copy(),
        cycle=np.full_like(question.live.graph.cycle, -1),
    )
    live = replace(question.live, graph=graph_, measures={Measure.SHARES: bent})
    straight, turned = product(question), product(replace(question, live=live))
    assert straight.low.tolist() == turned.low.tolist()
    assert straight.high.tolist() == turned.high.tolist()
