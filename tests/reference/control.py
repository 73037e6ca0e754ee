"""Control findings, and who is controlled: the owned, and whoever control adds.

1. A finding needs a member of the controlled: its control interest, its votes or board seats over
   the threshold of a rule that does not test them, its exact half, or its presumption. A majority
   of people, states or arrangements of the rule's regions needs none.
2. In a cascade at 50 % or above, members' holdings count onward under the rule's own tests;
   elsewhere only through a majority or a further finding.
3. An offset lifts a presumption where one known holder who may not be restricted holds as much.
   Surely so unless the least set that vouches for itself contains it; perhaps only if its own
   standing outside rests on no circle of liftings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from tests.reference.cascade import Members, cascade, totals_of
from tests.reference.day import Day, Totals
from tests.reference.result import Result, reached_by
from tests.reference.seeds import of_other_kinds
from tests.reference.total import at_least, indicator
from tests.reference.world import Found

from clearance.model.interest import Measure
from clearance.model.rule import Operator, Reading, Test

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Case:
    """One set of roots under one reading, its ownership already found."""

    day: Day
    reading: Reading
    roots: Found
    alone: bool
    owned: Result

    @property
    def own_test_passes_on(self) -> bool:
        """Do controlled parties' holdings count under the rule's own tests?"""
        halves = all(test.threshold >= _HALF for test in self.day.tests)
        return self.reading is Reading.CASCADE and halves


def controlled(case: Case) -> Result:
    """The owned and the controlled; totals are the cascade's own, else those of the owned."""
    if case.day.world.rule.control.level is None:
        return case.owned
    least = _once(case, case.owned.possible, frozenset())
    while (more := _once(case, least.possible, frozenset())).possible > least.possible:
        least = more
    suspects = frozenset(case.day.names)
    while True:
        result = _once(case, least.possible, suspects)
        if result.possible == suspects:
            return result
        suspects = result.possible


def _once(case: Case, sure: Members, perhaps: Members) -> Result:
    def joins(name: str, certain: Members, possible: Members | None) -> bool:
        suspects = sure if possible is None else perhaps | possible
        return finding(case, name, certain, possible, suspects)

    if case.own_test_passes_on:
        return cascade(case.day, case.roots, case.alone, joins)
    certain = _grown(case, case.owned.certain, lambda more: (more, None), joins)
    possible = _grown(case, case.owned.possible | certain, lambda more: (certain, more), joins)
    return Result(certain, possible, case.owned.totals)


def _grown(
    case: Case,
    members: Members,
    sets: Callable[[Members], tuple[Members, Members | None]],
    joins: Callable[[str, Members, Members | None], bool],
) -> Members:
    """Add whoever members have a majority in, or control, until nobody is left."""
    majorities = tuple(Test(measure, Operator.OVER, _HALF) for measure in case.day.tested)
    while True:
        certain, possible = sets(members)
        totals = totals_of(case.day, certain, possible or certain, case.alone)
        end = 0 if possible is None else 1
        more = {
            name
            for name in case.day.names
            if reached_by(majorities, totals, name)[end] or joins(name, certain, possible)
        }
        if more <= members:
            return members
        members |= more


def finding(
    case: Case, name: str, certain: Members, possible: Members | None, suspects: Members
) -> bool:
    """Is there one about this party: surely (no ``possible``), or possibly?"""
    day, control = case.day, case.day.world.rule.control
    members = certain if possible is None else possible
    end = 0 if possible is None else 1
    for holder, subject, surely in day.control:
        if subject == name and holder in members and (surely or end == 1):
            return True
    totals = totals_of(day, certain, members, case.alone)
    if reached_by(_of_untested_measures(day), totals, name)[end]:
        return True
    halves = tuple(Test(measure, Operator.AT_LEAST, _HALF) for measure in day.tested)
    half_totals = totals if case.reading is Reading.CASCADE else case.owned.totals
    if control.exact_half and reached_by(halves, half_totals, name)[end]:
        return True
    if control.other_kinds_of_region and _held_by_other_kinds(day, name, end):
        return True
    return _presumed(case, name, totals, end, suspects)


def _of_untested_measures(day: Day) -> tuple[Test, ...]:
    first = day.tests[0]
    return tuple(
        Test(measure, first.operator, first.threshold)
        for measure in (Measure.VOTES, Measure.BOARD)
        if measure not in day.tested
    )


def _held_by_other_kinds(day: Day, name: str, end: int) -> bool:
    others = of_other_kinds(day.world)
    if not others.possible:
        return False
    majorities = tuple(Test(measure, Operator.OVER, _HALF) for measure in day.tested)
    totals = totals_of(day, others.certain, others.possible | day.unknown, False)
    return reached_by(majorities, totals, name)[end]


def _presumed(case: Case, name: str, totals: Totals, end: int, suspects: Members) -> bool:
    control = case.day.world.rule.control
    test = control.presumption
    if test is None or not reached_by((test,), totals, name)[end]:
        return False
    restricted = totals[test.measure][name][end].value
    held = case.day.held[test.measure][name]
    known = {block.holders[0] for block in held.blocks if len(block.holders) == 1}
    offset = any(
        at_least(held, indicator({holder}), False).value >= restricted
        for holder in known - suspects - case.day.unknown
    )
    return not (control.offset and offset)
