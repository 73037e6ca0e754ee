"""What several hold together: the sum of disjoint rows, the intersection of attributed ones."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.graphs import graph
from tests.ownership.proof_world import checked, prover_of
from tests.ownership.test_against_reference import by_engine, by_reference
from tests.reference.world import World
from tests.worlds import DAY, always

from clearance.model.interest import Measure
from clearance.model.rule import Aggregation, Operator, Reading, Rule, Seeds
from clearance.model.rule import Test as ShareTest

HALF = ShareTest(Measure.SHARES, Operator.OVER, Fraction(1, 2))


@pytest.mark.parametrize(
    ("disjoint", "attributed", "ends"),
    [
        ("A -20%-> T; B -30%-> T", "", (50.0, 50.0)),
        ("A -70%-> T; B -60%-> T", "", (100.0, 100.0)),
        ("", "A -[30,40]%-> T; B -[35,60]%-> T", (35.0, 40.0)),
        ("", "A -[30,40]%-> T; B -[50,60]%-> T", (30.0, 60.0)),
        ("C -20%-> T", "A -[30,40]%-> T; B -[35,60]%-> T", (35.0, 60.0)),
        ("C -20%-> T; D -25%-> T", "A -[30,40]%-> T; B -[35,60]%-> T", (45.0, 85.0)),
        ("C -80%-> T", "A -[30,40]%-> T", (80.0, 100.0)),
        ("C -20%-> T", "A -[30,40]%-> T; B -[50,60]%-> T", (30.0, 80.0)),
        ("C -?-> T", "A -40%-> T", (40.0, 100.0)),
    ],
)
@pytest.mark.parametrize("aggregation", list(Aggregation), ids=lambda each: each.value)
@pytest.mark.parametrize("reading", [Reading.CASCADE, Reading.PRODUCT], ids=str)
def test_a_joint_block_is_as_large_as_its_rows_say(
    reading: Reading,
    aggregation: Aggregation,
    disjoint: str,
    attributed: str,
    ends: tuple[float, float],
) -> None:
    rows = [replace(row, attributed=True) for row in graph(attributed)]
    rows = [replace(row, joint="j") for row in (*graph(disjoint), *rows)]
    rows = [replace(row, statement=f"s{number}") for number, row in enumerate(rows)]
    rule = Rule("drawn", "drawn", always((HALF,)), aggregation, (reading,), Seeds())
    holders = frozenset(row.interested_party for row in rows)
    world = World((), tuple(rows), rule, DAY, holders)
    found = by_engine(world)
    assert found["T"][2:4] == ends
    assert found == by_reference(world)
    prover = prover_of(world)
    for index, party in enumerate(world.everybody()):
        assert checked(world, prover, prover.prove(index)).flaw == "", party


@pytest.mark.parametrize(
    ("beside", "ownerless"), [("B -?-> A", True), ("X -?-> A", False), ("X -0%-> A", False)]
)
def test_a_loop_holds_a_joint_block_only_if_all_of_it_is_its_own(
    beside: str, ownerless: bool
) -> None:
    rows = (*graph(f"C -100%-> A; {beside}"), *graph("A -100%-> B; B -100%-> C; C -60%-> T"))
    rows = tuple(
        replace(row, joint="j" if row.subject == "A" else "", statement=f"s{number}")
        for number, row in enumerate(rows)
    )
    rule = Rule("drawn", "drawn", always((HALF,)), Aggregation.POOLED, (Reading.CASCADE,), Seeds())
    world = World((), rows, rule, DAY, frozenset())
    found = by_engine(world)
    assert found["T"][0] == ("possible" if ownerless else "no")
    assert found == by_reference(world)
    prover = prover_of(world)
    for index, party in enumerate(world.everybody()):
        assert checked(world, prover, prover.prove(index)).flaw == "", party
