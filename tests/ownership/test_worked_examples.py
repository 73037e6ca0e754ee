"""The engine answers every public worked example."""

from __future__ import annotations

import pytest
from tests.compiled import compiled
from tests.ownership.worked_examples import EXAMPLES, Example
from tests.reference.world import World

from clearance.model.share import percent
from clearance.model.verdict import Finding
from clearance.ownership.attribute import attribute


def _findings(example: Example) -> dict[str, Finding]:
    world = World(example.parties, example.graph, example.rule_record(), example.day, example.seeds)
    made = compiled(world)
    seeds = None if example.seeds is None else tuple(made.index(name) for name in example.seeds)
    answer = attribute(made.graph, world.rule, example.day, seeds=seeds)
    return {
        name: answer.finding(index, made.ids.__getitem__, lambda row: f"s{row}")
        for index, name in enumerate(made.ids)
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_engine_answers_a_worked_example(example: Example) -> None:
    found = _findings(example)
    assert {name: found[name].reached.word for name in example.reached} == example.reached
    for name, share in example.share.items():
        ends = percent(found[name].share.minimum), percent(found[name].share.maximum)
        assert ends == (share, share)
    for name, share in example.most.items():
        assert percent(found[name].share.maximum) == share
    for name, level in example.level.items():
        assert found[name].level == level


def test_an_ownerless_loop_misses_an_owner_outside() -> None:
    example = next(each for each in EXAMPLES if each.name == "an ownerless loop")
    found = _findings(example)
    missing = [(each.subject, each.what) for each in found["B"].missing]
    assert missing == [("A", "an owner outside the loop")]


def test_outside_its_dates_a_rule_reaches_nobody_not_even_its_seeds() -> None:
    example = next(each for each in EXAMPLES if each.rule == "us-ofac-50")
    world = World((), example.graph, example.rule_record(), 0, example.seeds)
    made = compiled(world)
    answer = attribute(made.graph, world.rule, 0, seeds=(made.index("X"),))
    assert not answer.in_force
    assert not answer.reached.any()
    assumed = attribute(made.graph, world.rule, 0, seeds=(made.index("X"),), assume_in_force=True)
    assert assumed.reached.all()
