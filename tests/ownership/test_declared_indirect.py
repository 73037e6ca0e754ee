"""A declared indirect figure beside what flows through its components: never wrongly cleared.

One party's figure and its flow may be one block and are never added; what others have through the
components is added in *may*. Engine, reference and checker are asked alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from tests.graphs import graph
from tests.ownership.proof_world import checked, prover_of
from tests.ownership.test_against_reference import by_engine, by_reference
from tests.reference.world import World
from tests.worlds import DAY, always

from clearance.model.interest import Interest, Measure
from clearance.model.rule import Aggregation, Operator, Reading, Rule, Seeds
from clearance.model.rule import Test as ShareTest

POOLED, ALONE = Aggregation.POOLED, Aggregation.PER_PARTY


@dataclass(frozen=True, slots=True)
class Case:
    """Rows, seeds, and T's ends in percent by reading and aggregation."""

    name: str
    rows: tuple[Interest, ...]
    seeds: str
    cascade: tuple[float, float]
    product: tuple[float, float]
    cascade_alone: tuple[float, float]
    product_alone: tuple[float, float]

    def ends(self, reading: Reading, aggregation: Aggregation) -> tuple[float, float]:
        """What is expected."""
        if reading is Reading.CASCADE:
            return self.cascade if aggregation is POOLED else self.cascade_alone
        return self.product if aggregation is POOLED else self.product_alone


def declared(text: str, components: str, start: int = 50) -> Interest:
    """One row, declared over components."""
    (row,) = graph(text)
    return replace(row, components=tuple(components), statement=f"s{start}")


CASES = (
    Case(
        "the published example: the figure states what flows",
        (
            *graph("C -50%-> T; D -50%-> T; P -?-> C; P -?-> D"),
            declared("P -60%-> T", "CD"),
        ),
        "P",
        *((60.0, 60.0),) * 4,
    ),
    Case(
        "another restricted party owns a component",
        (
            *graph("C -30%-> T; D -30%-> T; P -?-> C; R -100%-> D"),
            declared("P -30%-> T", "CD"),
        ),
        "PR",
        (30.0, 60.0),
        (30.0, 60.0),
        (30.0, 30.0),
        (30.0, 30.0),
    ),
    Case(
        "another restricted party has a part of the same component",
        (
            *graph("C -60%-> T; P -40%-> C; R -40%-> C"),
            declared("P -24%-> T", "C"),
        ),
        "PR",
        (60.0, 60.0),
        (48.0, 48.0),
        (24.0, 24.0),
        (24.0, 24.0),
    ),
    Case(
        "a party's figure and its own stated flow are not added",
        (*graph("C -50%-> T; P -60%-> C"), declared("P -30%-> T", "C")),
        "P",
        (50.0, 50.0),
        (30.0, 30.0),
        (50.0, 50.0),
        (30.0, 30.0),
    ),
    Case(
        "a flow larger than the figure stands alone",
        (*graph("C -50%-> T; P -80%-> C"), declared("P -30%-> T", "C")),
        "P",
        (50.0, 50.0),
        (40.0, 40.0),
        (50.0, 50.0),
        (40.0, 40.0),
    ),
    Case(
        "a figure over one component says nothing about another's",
        (
            *graph("C -50%-> T; E -50%-> T; P -?-> C; Q -?-> E; P -60%-> E"),
            declared("P -20%-> T", "C"),
            declared("Q -10%-> T", "E", 51),
        ),
        "PQ",
        (50.0, 80.0),
        (30.0, 60.0),
        (50.0, 70.0),
        (30.0, 50.0),
    ),
    Case(
        "a component that holds together with somebody restricted",
        (
            *(replace(row, joint="j") for row in graph("D -30%-> T; R -30%-> T")),
            *graph("P -?-> D"),
            declared("P -10%-> T", "D"),
        ),
        "PR",
        (10.0, 70.0),
        (10.0, 70.0),
        (60.0, 70.0),
        (60.0, 70.0),
    ),
)


@pytest.mark.parametrize("aggregation", [POOLED, ALONE], ids=lambda each: each.value)
@pytest.mark.parametrize("reading", [Reading.CASCADE, Reading.PRODUCT], ids=str)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_figure_and_a_flow_are_added_only_where_they_are_of_different_parties(
    case: Case, reading: Reading, aggregation: Aggregation
) -> None:
    test = ShareTest(Measure.SHARES, Operator.OVER, Fraction(1, 2))
    rule = Rule("drawn", "drawn", always((test,)), aggregation, (reading,), Seeds())
    world = World((), case.rows, rule, DAY, frozenset(case.seeds))
    found = by_engine(world)
    assert found["T"][2:4] == case.ends(reading, aggregation)
    assert found == by_reference(world)
    prover = prover_of(world)
    for index, party in enumerate(world.everybody()):
        assert checked(world, prover, prover.prove(index)).flaw == "", party
