"""Who owns one target: every root alone, found backwards."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from tests.graphs import graph
from tests.ownership.asking import Asked, ask
from tests.reference.world import World
from tests.rules import rules
from tests.worlds import DAY, always, worlds

from clearance.model.interest import Interest, Measure
from clearance.model.party import Party, PartyKind
from clearance.model.rule import Aggregation, Operator, Reading, Rule, Seeds
from clearance.model.rule import Test as ShareTest
from clearance.model.share import percent
from clearance.ownership.readings.look_through import hybrid, product
from clearance.ownership.readings.majority import majority_chain
from clearance.ownership.readings.per_party import Owner, ancestors, cascade, owners

QUARTER = ShareTest(Measure.SHARES, Operator.AT_LEAST, Fraction(1, 4))
HALF = ShareTest(Measure.SHARES, Operator.OVER, Fraction(1, 2))
FAST = {
    Reading.CASCADE: cascade,
    Reading.PRODUCT: product,
    Reading.HYBRID: hybrid,
    Reading.MAJORITY_CHAIN: majority_chain,
}


def asked(
    rows: tuple[Interest, ...], people: str, test: ShareTest = QUARTER, unknown: str = ""
) -> Asked:
    kinds = dict.fromkeys(people.split(), PartyKind.PERSON)
    kinds |= dict.fromkeys(unknown.split(), PartyKind.UNKNOWN)
    parties = tuple(Party(name, kind=kind) for name, kind in kinds.items())
    rule = Rule("r", "r", always((test,)), Aggregation.PER_PARTY, (Reading.PRODUCT,), Seeds())
    return ask(World(parties, rows, rule, DAY, frozenset(people.split())))


def who(question: Asked, reading: Reading, target: str) -> list[tuple[str, float, float, bool]]:
    found = owners(question.question, reading, question.names.index(target))
    return [_told(question, owner) for owner in found]


def _told(question: Asked, owner: Owner) -> tuple[str, float, float, bool]:
    low, high = percent(owner.total.low.value), percent(owner.total.high.value)
    return question.names[owner.root], low, high, owner.certain


TREE = "p -60%-> H; q -40%-> H; H -50%-> T; q -30%-> T; r -20%-> T"


def test_shares_of_every_person_are_multiplied_and_added_over_paths() -> None:
    assert who(asked(graph(TREE), "p q r"), Reading.PRODUCT, "T") == [
        ("q", 50.0, 50.0, True),
        ("p", 30.0, 30.0, True),
        ("r", 20.0, 20.0, False),
    ]


def test_a_majority_brings_the_whole_holding() -> None:
    assert who(asked(graph(TREE), "p q r"), Reading.MAJORITY_CHAIN, "T") == [
        ("p", 50.0, 50.0, True),
        ("q", 30.0, 30.0, True),
        ("r", 20.0, 20.0, False),
    ]


def test_two_holdings_of_different_people_are_never_added() -> None:
    found = asked(graph("p -50%-> T; q -50%-> T"), "p q", HALF)
    assert not cascade(found.question).possible[found.names.index("T")]


def test_a_member_of_a_joint_arrangement_holds_the_total_of_its_group() -> None:
    rows = tuple(replace(row, joint="j") for row in graph("p -30%-> T; q -30%-> T"))
    found = asked(rows, "p q", HALF)
    assert who(found, Reading.CASCADE, "T") == [("p", 60.0, 60.0, True), ("q", 60.0, 60.0, True)]


def test_an_unnamed_holder_may_be_anybody() -> None:
    found = asked(graph("p -20%-> T; u -?-> T; F -45%-> T"), "p", unknown="u")
    assert who(found, Reading.PRODUCT, "T") == [("p", 20.0, 55.0, False)]


def test_nobody_named_is_no_owner() -> None:
    found = asked(graph("u -80%-> T"), "p", unknown="u")
    assert who(found, Reading.PRODUCT, "T") == []
    read = product(found.question)
    target = found.names.index("T")
    assert read.possible[target]
    assert read.root is not None
    assert read.root[target] == -1


def test_the_deciding_root_is_named() -> None:
    found = asked(graph(TREE), "p q r")
    read = product(found.question)
    assert read.root is not None
    assert found.names[read.root[found.names.index("T")]] == "q"


def test_only_ancestors_are_looked_at() -> None:
    found = asked(graph(TREE + "; T -90%-> U; p -50%-> V"), "p q r")
    above = ancestors(found.question, found.names.index("H"))
    assert {name for name, yes in zip(found.names, above, strict=True) if yes} == {"H", "p", "q"}


@pytest.mark.parametrize("reading", Reading)
def test_a_target_without_holders_has_no_owners(reading: Reading) -> None:
    assert who(asked(graph(TREE), "p q r"), reading, "p") == []


@given(worlds(rules(aggregations=(Aggregation.PER_PARTY,))))
def test_the_owners_of_a_target_are_those_that_reach_it_in_the_whole_world(world: World) -> None:
    question = ask(world)
    for reading in world.rule.readings:
        read = FAST[reading](question.question)
        for target in range(len(question.names)):
            if question.question.possible[target]:
                continue
            found = owners(question.question, reading, target)
            assert any(owner.certain for owner in found) == read.certain[target]
            assert not any(owner.possible for owner in found) or read.possible[target]
