"""The readings: the public worked examples, and the slow reference on random worlds."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import assume, given
from tests.ownership.asking import Asked, ask
from tests.ownership.worked_examples import EXAMPLES, Example
from tests.reference.cascade import cascade as slow_cascade
from tests.reference.hybrid import hybrid as slow_hybrid
from tests.reference.majority import majority_chain as slow_majority
from tests.reference.product import product as slow_product
from tests.reference.result import Result, largest
from tests.reference.seeds import seeds_of
from tests.reference.world import Found, World
from tests.rules import rules
from tests.worlds import worlds

from clearance.model.interest import InterestType
from clearance.model.rule import Aggregation, Reading
from clearance.model.share import percent
from clearance.ownership.day.total import Total
from clearance.ownership.readings.look_through import hybrid, product
from clearance.ownership.readings.majority import majority_chain
from clearance.ownership.readings.per_party import cascade
from clearance.ownership.readings.reading import Question, ReadingArrays

FAST: dict[Reading, Callable[[Question], ReadingArrays]] = {
    Reading.CASCADE: cascade,
    Reading.PRODUCT: product,
    Reading.HYBRID: hybrid,
    Reading.MAJORITY_CHAIN: majority_chain,
}
SLOW = {
    Reading.CASCADE: slow_cascade,
    Reading.PRODUCT: slow_product,
    Reading.HYBRID: slow_hybrid,
    Reading.MAJORITY_CHAIN: slow_majority,
}
ROLES = {
    InterestType.settlor,
    InterestType.trustee,
    InterestType.beneficiaryOfLegalArrangement,
}


def read(question: Question, reading: Reading) -> ReadingArrays:
    return FAST[reading](question)


def names_of(asked: Asked, mask: Iterable[bool]) -> frozenset[str]:
    return frozenset(name for name, yes in zip(asked.names, mask, strict=True) if yes)


def total_of(found: ReadingArrays, asked: Asked, name: str) -> Total:
    assert found.exact is not None
    return found.exact(asked.names.index(name))


def slow(world: World, asked: Asked, reading: Reading) -> Result:
    """The largest of the reference's results for each root, or its one pooled result."""
    seeds = seeds_of(world)
    roots = [seeds]
    if world.rule.aggregation is Aggregation.PER_PARTY:
        each = sorted(seeds.possible | seeds.certain)
        roots = [Found(frozenset({r}) & seeds.certain, frozenset({r})) for r in each]
        roots.append(Found())
    alone = world.rule.aggregation is Aggregation.PER_PARTY
    return largest([SLOW[reading](asked.day, root, alone) for root in roots])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_readings_answer_a_worked_example(example: Example) -> None:
    world = World(example.parties, example.graph, example.rule_record(), example.day, example.seeds)
    asked = ask(world)
    for reading in world.rule.readings:
        found = read(asked.question, reading)
        certain, possible = names_of(asked, found.certain), names_of(asked, found.possible)
        for name, word in example.reached.items():
            said = "certain" if name in certain else "possible" if name in possible else "no"
            assert (name, said) == (name, word)
        for name, share in example.share.items():
            total = total_of(found, asked, name)
            assert (percent(total.low.value), percent(total.high.value)) == (share, share)
        for name, share in example.most.items():
            assert percent(total_of(found, asked, name).high.value) == share


@given(worlds(rules()))
def test_every_reading_agrees_with_the_reference(world: World) -> None:
    assume(not any(row.components and row.type in ROLES for row in world.interests))
    asked = ask(world)
    for reading in world.rule.readings:
        found, expected = read(asked.question, reading), slow(world, asked, reading)
        assert names_of(asked, found.certain) == expected.certain & set(asked.names)
        assert names_of(asked, found.possible) == expected.possible & set(asked.names)
        if len(world.tests) == 1:
            totals = expected.totals[world.tests[0].measure]
            for name in set(asked.names) - names_of(asked, asked.question.possible):
                total = total_of(found, asked, name)
                low, high = totals[name]
                assert total.low.value == low.value, name
                assert total.high.value == high.value, name
