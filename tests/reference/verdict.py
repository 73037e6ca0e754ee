"""The verdict about everyone: readings and roots together, level, share, undeclared rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from tests.reference.cascade import cascade
from tests.reference.control import Case, controlled
from tests.reference.day import Day, day_of_world
from tests.reference.ends import (
    ALL,
    NONE,
    End,
    add,
    larger_upper,
    may_pass,
    smaller_lower,
    surely_passes,
)
from tests.reference.hybrid import hybrid
from tests.reference.majority import majority_chain
from tests.reference.nominees import NOBODY_KNOWS
from tests.reference.product import product
from tests.reference.result import Result, largest
from tests.reference.seeds import seeds_of
from tests.reference.total import declared
from tests.reference.world import Found, World

from clearance.model.interest import Measure
from clearance.model.party import PartyKind
from clearance.model.rule import Aggregation, Level, Reading
from clearance.model.verdict import Reached

READ: dict[Reading, Callable[[Day, Found, bool], Result]] = {
    Reading.CASCADE: cascade,
    Reading.PRODUCT: product,
    Reading.HYBRID: hybrid,
    Reading.MAJORITY_CHAIN: majority_chain,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the reference says about one party."""

    reached: Reached
    level: Level | None = None
    low: End = NONE
    high: End = NONE
    measure: Measure = Measure.SHARES
    undeclared: Fraction = Fraction(0)
    ownerless: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """One reading, all roots together."""

    owned: Result
    controlled: Result


def verdicts(world: World) -> dict[str, Verdict]:
    """A verdict for every party, by id."""
    if not world.tests:
        return {name: Verdict(Reached.NO) for name in world.everybody()}
    day, seeds = day_of_world(world), seeds_of(world)
    read = [_read(day, reading, seeds) for reading in world.rule.readings]
    return {name: _verdict(day, seeds, read, name) for name in day.names}


def _read(day: Day, reading: Reading, seeds: Found) -> _Read:
    alone = day.world.rule.aggregation is Aggregation.PER_PARTY
    roots = roots_of(seeds) if alone else [seeds]
    owned = [READ[reading](day, root, alone) for root in roots]
    cases = [
        Case(day, reading, root, alone, result) for root, result in zip(roots, owned, strict=True)
    ]
    return _Read(largest(owned), largest([controlled(case) for case in cases]))


def roots_of(seeds: Found) -> list[Found]:
    """Each restricted party alone, and nobody but the unknown."""
    alone = [
        Found(frozenset({name}) & seeds.certain, frozenset({name}))
        for name in sorted(seeds.possible)
    ]
    return [*alone, Found()]


def _verdict(day: Day, seeds: Found, read: list[_Read], name: str) -> Verdict:
    control = day.world.rule.control.level
    bars = control in (Level.BARS, Level.PRESUMED)
    owned = _all(name, [one.owned for one in read])
    wide = _all(name, [one.controlled for one in read])
    reached = wide if bars else owned
    used = [one.controlled if bars else one.owned for one in read]
    shares = [_closed(deciding(day, seeds, result, name)) for result in used]
    low = smaller_lower(low for _, low, _ in shares)
    high = larger_upper(high for _, _, high in shares)
    if low.value >= high.value:
        low = high = End(low.value)
    return Verdict(
        reached,
        _level(reached, owned, wide, control),
        low,
        high,
        shares[0][0],
        undeclared(day, name, shares[0][0]),
        name in day.unowned(),
    )


def _closed(share: tuple[Measure, End, End]) -> tuple[Measure, End, End]:
    """Ends that meet, or whose data contradict each other, are one closed number."""
    measure, low, high = share
    return share if low.value < high.value else (measure, End(low.value), End(low.value))


def _all(name: str, results: list[Result]) -> Reached:
    if all(name in result.certain for result in results):
        return Reached.CERTAIN
    if any(name in result.possible for result in results):
        return Reached.POSSIBLE
    return Reached.NO


def _level(reached: Reached, owned: Reached, wide: Reached, control: Level | None) -> Level | None:
    if reached is not Reached.NO and owned >= reached:
        return Level.BARS
    return control if wide is not Reached.NO else None


def deciding(day: Day, seeds: Found, result: Result, name: str) -> tuple[Measure, End, End]:
    """The measure of the test that decides, and the share in it."""
    fixed = seeds.possible | day.unknown | day.unowned()
    ends = {measure: of[name] for measure, of in result.totals.items()}
    if name in fixed:
        ends = {measure: (low, ALL) for measure, (low, _) in ends.items()}
    if name in seeds.certain:
        ends = dict.fromkeys(ends, (ALL, ALL))
    sure = [test.measure for test in day.tests if surely_passes(ends[test.measure][0], test)]
    may = [test.measure for test in day.tests if may_pass(ends[test.measure][1], test)]
    widest = sorted(day.tested, key=lambda measure: -ends[measure][1].value)
    measure = [*sure, *may, *widest][0]
    return measure, ends[measure][0].bare, ends[measure][1].bare


def undeclared(day: Day, name: str, measure: Measure) -> Fraction:
    """What the holdings of a party do not add up to."""
    party = day.world.everybody()[name]
    if party.kind in (PartyKind.PERSON, PartyKind.STATE) or not party.capital:
        return Fraction(0)
    if measure is Measure.BOARD:
        return Fraction(0)
    held = day.held[measure][name]
    left = max(Fraction(0), 1 - declared(held))
    nobody = [block.high for block in held.blocks if NOBODY_KNOWS in block.holders]
    if add(nobody).value >= left:
        return Fraction(0)
    for block in held.blocks:
        unknown = not block.stated or set(block.holders) & day.unknown
        if unknown and block.high.value >= left:
            return Fraction(0)
    return left
