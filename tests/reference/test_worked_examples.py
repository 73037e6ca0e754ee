"""The reference answers every public worked example."""

from __future__ import annotations

import pytest
from tests.ownership.worked_examples import EXAMPLES, Example
from tests.reference.verdict import verdicts
from tests.reference.world import World

from clearance.model.share import percent


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_reference_answers_a_worked_example(example: Example) -> None:
    world = World(example.parties, example.graph, example.rule_record(), example.day, example.seeds)
    found = verdicts(world)
    assert {name: found[name].reached.word for name in example.reached} == example.reached
    for name, share in example.share.items():
        assert (percent(found[name].low.value), percent(found[name].high.value)) == (share, share)
    for name, share in example.most.items():
        assert percent(found[name].high.value) == share
    for name, level in example.level.items():
        assert found[name].level == level
