"""Building the graph: orders, cycle groups, levels, and rows beside another of their pair."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.compiled import Compiled, compiled
from tests.graphs import graph
from tests.reference.world import World
from tests.rules import CONTROLS
from tests.worlds import DAY, always

from clearance.model.interest import Interest, InterestType, Measure
from clearance.model.rule import Aggregation, Reading, Rule, Seeds
from clearance.ownership.arrays.graph import BIT

RULE = Rule("r", "r", always(()), Aggregation.POOLED, (Reading.CASCADE,), Seeds(), CONTROLS["none"])
EDGES = st.lists(st.tuples(st.sampled_from("ABCDEFGH"), st.sampled_from("ABCDEFGH")), max_size=24)


def built(interests: tuple[Interest, ...]) -> Compiled:
    return compiled(World((), interests, RULE, DAY, frozenset("A")))


def _reachable(edges: list[tuple[str, str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for holder, subject in edges:
            if holder == here and subject not in found:
                found.add(subject)
                waiting.append(subject)
    return found


@given(EDGES)
def test_groups_are_those_that_reach_each_other(edges: list[tuple[str, str]]) -> None:
    made = built(tuple(Interest(*edge) for edge in edges))
    below = {name: _reachable(edges, name) for name in made.ids}
    for one, name in enumerate(made.ids):
        group = {other for other in made.ids if other in below[name] and name in below[other]}
        same = {made.ids[k] for k in np.flatnonzero(made.graph.cycle == made.graph.cycle[one])}
        assert same == group if len(group) > 1 else made.graph.cycle[one] == -1


@given(EDGES)
def test_levels_stand_above_every_owner_outside_the_group(edges: list[tuple[str, str]]) -> None:
    made = built(tuple(Interest(*edge) for edge in edges))
    level, cycle = made.graph.level, made.graph.cycle
    for holder, subject in ((made.index(a), made.index(b)) for a, b in edges if a != b):
        if cycle[holder] == cycle[subject] != -1:
            assert level[holder] == level[subject]
        else:
            assert level[holder] < level[subject]


@given(EDGES)
def test_rows_are_sorted_and_indexed_from_both_sides(edges: list[tuple[str, str]]) -> None:
    made = built(tuple(Interest(*edge) for edge in edges))
    graph = made.graph
    rows = list(zip(graph.interests.subject.tolist(), graph.interests.holder.tolist(), strict=True))
    assert rows == sorted(rows)
    assert sorted(graph.row_of.tolist()) == list(range(len(edges)))
    for party in range(graph.size):
        inside = range(int(graph.subject_start[party]), int(graph.subject_start[party + 1]))
        assert [graph.interests.subject[row] for row in inside] == [party] * len(inside)
        held = graph.by_holder[graph.holder_start[party] : graph.holder_start[party + 1]]
        assert held.tolist() == np.flatnonzero(graph.interests.holder == party).tolist()


@pytest.mark.parametrize(
    ("types", "shares", "votes"),
    [
        (("shareholding",), False, False),
        (("shareholding", "shareholding"), True, True),
        (("shareholding", "votingRights"), False, True),
        (("shareholding", "boardMember"), False, False),
        (("shareholding", "unknownInterest"), True, True),
        (("shareholding", "conditionalRightsGrantedByContract"), True, True),
    ],
)
def test_rows_beside_another_that_feeds_the_measure_are_marked(
    types: tuple[str, ...], shares: bool, votes: bool
) -> None:
    made = built(tuple(Interest("A", "B", InterestType[name]) for name in types))
    marks = made.graph.repeated[made.graph.interests.type == InterestType.shareholding]
    assert bool(marks[0] & BIT[Measure.SHARES]) is shares
    assert bool(marks[0] & BIT[Measure.VOTES]) is votes


def test_component_pairs_follow_their_rows() -> None:
    plain = graph("Z -10%-> A; B -10%-> C")
    declared = Interest("P", "C", components=("B", "Z"))
    made = built((declared, *plain))
    rows = made.graph.interests
    at = {int(made.graph.row_of[row]) for row in rows.component_row}
    assert at == {0}
    assert [made.ids[party] for party in rows.component_party] == ["B", "Z"]


def test_an_empty_graph_is_a_graph() -> None:
    made = built(())
    assert made.graph.size == 1
    assert made.graph.level.tolist() == [0]
