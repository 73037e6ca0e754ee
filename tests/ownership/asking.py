"""Puts a world of the reference to a reading of the engine, and keeps the reference's day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from tests.compiled import compiled
from tests.reference.day import Day, day_of_world
from tests.reference.seeds import seeds_of
from tests.reference.world import World

from clearance.model.interest import Measure
from clearance.ownership.arrays.graph import Bool
from clearance.ownership.day.day import slice_day
from clearance.ownership.readings.reading import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the engine, and the same day as the reference sees it."""

    question: Question
    names: tuple[str, ...]
    day: Day


def ask(world: World) -> Asked:
    """The question of a world; ownerless groups are the reference's."""
    made, day, seeds = compiled(world), day_of_world(world), seeds_of(world)
    live = slice_day(made.graph, world.rule, world.day, tuple(Measure))
    possible = seeds.possible | seeds.certain | day.unknown | day.unowned()
    certain, perhaps = _mask(made.ids, seeds.certain), _mask(made.ids, possible)
    unowned = tuple(np.flatnonzero(_mask(made.ids, day.unowned())).tolist())
    question = Question(live, world.rule, world.tests, certain, perhaps, unowned=unowned)
    return Asked(question, made.ids, day)


def _mask(names: tuple[str, ...], chosen: frozenset[str]) -> Bool:
    return np.array([name in chosen for name in names], dtype=np.bool_)
