"""Control findings, by their names, recomputed.

1. ``<interest type>``: a member holds an interest that is control by its kind.
2. ``votes``, ``board``: members' votes or board seats pass the first test's threshold of a rule
   that does not test them.
3. ``exact-half``: half of a tested measure, or more.
4. ``other-kinds-of-region``: a majority is held by those of the rule's regions whose kind the rule
   does not restrict.
5. ``presumption``: the rule's presumption passes, unless one holder of whom it is known that it
   may not be restricted surely holds as much.
Members are the controlled; under rules that multiply, half is counted as ownership counts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from clearance.model.interest import GOVERNING, Measure
from clearance.model.proof import EVERYTHING, NOTHING, End, Side
from clearance.model.rule import Operator, Test
from clearance.ownership.checker.book import ANYBODY
from clearance.ownership.checker.ends import passes
from clearance.ownership.checker.equations import HALF, Equations
from clearance.ownership.checker.seeds import is_unknown, of_other_kind
from clearance.ownership.checker.total import Weight, lower

EXACT_HALF = "exact-half"
OTHER_KINDS = "other-kinds-of-region"
PRESUMPTION = "presumption"


@dataclass(frozen=True, slots=True)
class Control:
    """One finding: its name, and the measure it counts, if it counts one."""

    fact: str
    measure: Measure | None = None


Owned = Callable[[Measure], Weight]
"""How much of a holder is owned, in a measure."""

Domestic = Callable[[str], bool]
"""Is it shown of a holder that it may not be restricted?"""


def nobody(holder: str) -> bool:
    """Of no holder is that shown."""
    return False


@dataclass(frozen=True, slots=True)
class Ground:
    """What control is found by: how restricted a holder is, and how much of it is owned.

    ``floor`` and ``owned_floor`` say the same of what is sure, where that bounds an upper end from
    below. Only ``domestic`` holders lift a presumption.
    """

    member: Weight
    owned: Owned
    floor: Weight | None = None
    owned_floor: Owned | None = None
    domestic: Domestic = nobody

    def half(self, equations: Equations, measure: Measure) -> tuple[Weight, Weight | None]:
        """By what an exact half is counted, and its floor."""
        if equations.cascades:
            return self.member, self.floor
        return self.owned(measure), self.owned_floor and self.owned_floor(measure)


def controls(equations: Equations, party: str, ground: Ground) -> Iterator[Control]:
    """Every control finding about ``party``, in the order of the module's rules."""
    control = equations.run.rule.control
    for row in equations.control_rows(party):
        if ground.member(row.interested_party) != NOTHING:
            yield Control(row.type.name)
    first = equations.run.tests[0]
    tested = equations.tested()
    for measure in GOVERNING:
        if measure not in tested:
            test = Test(measure, first.operator, first.threshold)
            if _passes(equations, party, test, (ground.member, ground.floor)):
                yield Control(measure.value, measure)
    for measure in tested if control.exact_half else ():
        test = Test(measure, Operator.AT_LEAST, HALF)
        if _passes(equations, party, test, ground.half(equations, measure)):
            yield Control(EXACT_HALF, measure)
    for measure in tested if control.other_kinds_of_region else ():
        test = Test(measure, Operator.OVER, HALF)
        if _passes(equations, party, test, _other_kinds(equations)):
            yield Control(OTHER_KINDS, measure)
    if control.presumption and _presumed(equations, party, control.presumption, ground):
        yield Control(PRESUMPTION, control.presumption.measure)


def _passes(
    equations: Equations, party: str, test: Test, weights: tuple[Weight, Weight | None]
) -> bool:
    return passes(equations.total(party, test.measure, *weights), test, equations.side)


def _other_kinds(equations: Equations) -> tuple[Weight, Weight]:
    """Who is of another kind, on the equations' side and surely."""

    def weight(holder: str, side: Side) -> End:
        if side is Side.MAY and is_unknown(equations.rows, holder):
            return EVERYTHING
        other = of_other_kind(equations.rows, equations.run, holder, side)
        return EVERYTHING if other else NOTHING

    return lambda holder: weight(holder, equations.side), lambda holder: weight(holder, Side.MUST)


def _presumed(equations: Equations, party: str, test: Test, ground: Ground) -> bool:
    total = equations.total(party, test.measure, ground.member, ground.floor)
    if not passes(total, test, equations.side):
        return False
    return not any(
        ground.domestic(holder) and alone(equations, party, test.measure, holder) >= total.value
        for holder in lifters(equations, party, test.measure)
    )


def lifters(equations: Equations, party: str, measure: Measure) -> tuple[str, ...]:
    """Who could lift a presumption about ``party``: its known holders, if the rule lets them."""
    if not equations.run.rule.control.offset:
        return ()
    held = equations.book(party, measure).held
    names = sorted({item.holder for item in held} - {ANYBODY})
    return tuple(name for name in names if not is_unknown(equations.rows, name))


def alone(equations: Equations, party: str, measure: Measure, holder: str) -> Fraction:
    """What one holder surely holds of the party, with nobody else."""
    book = equations.book(party, measure)
    return lower(book, lambda name: EVERYTHING if name == holder else NOTHING, single=False).value
