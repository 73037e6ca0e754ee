"""A world on its day: holdings by measure, control links, holders nobody knows, ownerless loops."""

from __future__ import annotations

from dataclasses import dataclass

from tests.reference.ends import End
from tests.reference.fusion import held_in
from tests.reference.held import Held
from tests.reference.live import Row, live_rows
from tests.reference.nominees import NOBODY_KNOWS
from tests.reference.ownerless import ownerless
from tests.reference.world import World

from clearance.model.interest import Measure
from clearance.model.rule import Test

Totals = dict[Measure, dict[str, tuple[End, End]]]
"""By measure and party: at least and at most how much is restricted."""


@dataclass(frozen=True, slots=True)
class Day:
    """What the readings work on. ``control`` holds (holder, subject, surely)."""

    world: World
    names: tuple[str, ...]
    held: dict[Measure, dict[str, Held]]
    control: tuple[tuple[str, str, bool], ...]
    unknown: frozenset[str]
    ownerless: dict[Measure, frozenset[str]]

    @property
    def tests(self) -> tuple[Test, ...]:
        """The tests of the day."""
        return self.world.tests

    @property
    def tested(self) -> tuple[Measure, ...]:
        """The measures that the tests count, in their order."""
        return tuple(dict.fromkeys(test.measure for test in self.tests))

    def unowned(self) -> frozenset[str]:
        """Members of an ownerless loop in any tested measure."""
        return frozenset().union(*(self.ownerless[measure] for measure in self.tested))


def day_of_world(world: World) -> Day:
    """Slice, fuse and index."""
    rows = live_rows(world)
    names = tuple(world.everybody())
    held = {measure: held_in(measure, world, rows) for measure in Measure}
    loops = {measure: ownerless(held[measure]) for measure in Measure}
    unknown = world.unknown() | {NOBODY_KNOWS}
    return Day(world, names, held, _control(world, rows), unknown, loops)


def _control(world: World, rows: list[Row]) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (row.holder, row.subject, row.surely)
        for row in rows
        if row.type in world.rule.control.types and row.holder != row.subject
    )
