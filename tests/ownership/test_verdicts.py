"""The engine's verdicts are the reference's, on random small worlds and every cell of a rule."""

from __future__ import annotations

from hypothesis import given
from tests.compiled import compiled
from tests.reference.verdict import verdicts
from tests.reference.world import World
from tests.rules import rules
from tests.worlds import worlds

from clearance.model.share import percent
from clearance.ownership.attribute import attribute

Line = tuple[str, str, str, float, float, str, float]


def _engine(world: World) -> list[Line]:
    made = compiled(world)
    seeds = None if world.seeds is None else tuple(made.index(name) for name in world.seeds)
    answer = attribute(made.graph, world.rule, world.day, seeds=seeds)
    lines = []
    for index, name in enumerate(made.ids):
        found = answer.finding(index, made.ids.__getitem__, str)
        level = found.level.value if found.level else ""
        ends = percent(found.share.minimum), percent(found.share.maximum)
        rest = percent(found.undeclared)
        lines.append((name, found.reached.word, level, *ends, found.measure.value, rest))
    return lines


def _reference(world: World) -> list[Line]:
    lines = []
    for name, found in verdicts(world).items():
        level = found.level.value if found.level else ""
        ends = percent(found.low.value), percent(found.high.value)
        rest = percent(found.undeclared)
        lines.append((name, found.reached.word, level, *ends, found.measure.value, rest))
    return lines


@given(worlds(rules()))
def test_verdicts_are_those_of_the_reference(world: World) -> None:
    assert _engine(world) == _reference(world)
