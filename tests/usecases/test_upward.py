"""What stands above a party is all that an answer about it can depend on."""

from __future__ import annotations

from hypothesis import given
from tests.compiled import compiled
from tests.graphs import graph
from tests.reference.world import World
from tests.rules import rules
from tests.worlds import always, worlds

from clearance.model.rule import Aggregation, Reading, Rule, Seeds
from clearance.ownership.attribute import attribute
from clearance.usecases.upward import upward


@given(worlds(rules()))
def test_the_part_above_a_party_answers_as_the_whole_does(world: World) -> None:
    made = compiled(world)
    seeds = tuple(made.index(name) for name in world.seeds or ())
    whole = attribute(made.graph, world.rule, world.day, seeds=seeds)
    for index in range(made.graph.size):
        part = upward(made.graph, index)
        inside = [part.local(seed) for seed in seeds]
        given = tuple(at for at in inside if at >= 0)
        answer = attribute(part.graph, world.rule, world.day, seeds=given)
        at = part.local(index)
        names = [made.ids[party] for party in part.party]
        statements = [str(row) for row in part.row]
        found = answer.finding(at, names.__getitem__, statements.__getitem__)
        assert found == whole.finding(index, made.ids.__getitem__, str)
        assert answer.could[at] == whole.could[index]


def test_nothing_below_or_beside_is_in_the_part() -> None:
    rule = Rule("r", "r", always(()), Aggregation.POOLED, (Reading.CASCADE,), Seeds())
    rows = graph("P -60%-> A; A -60%-> T; T -60%-> below; A -10%-> beside; X -5%-> other")
    made = compiled(World((), rows, rule, 0))
    part = upward(made.graph, made.index("T"))
    assert [made.ids[at] for at in part.party] == ["A", "P", "T"]
    assert (part.local(made.index("beside")), part.local(made.index("T"))) == (-1, 2)
