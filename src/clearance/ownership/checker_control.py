"""Control findings, by their names, recomputed.

1. ``<interest type>``: a member holds an interest that is control by its kind.
2. ``votes``, ``board``: members' votes or board seats pass the first test's threshold of a rule
   that does not test them.
3. ``exact-half``: half of a tested measure, or more.
4. ``other-kinds-of-region``: a majority is held by those of the rule's regions whose kind the rule
   does not restrict.
5. ``presumption``: the rule's presumption passes, unless one known holder offsets it.
Members are the controlled; under rules that multiply, half is counted as ownership counts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from clearance.model.interest import GOVERNING, Measure
from clearance.model.proof import EVERYTHING, NOTHING, End, Side
from clearance.model.rule import Operator, Test
from clearance.ownership.checker_ends import passes
from clearance.ownership.checker_equations import HALF, Equations
from clearance.ownership.checker_seeds import is_unknown, of_other_kind
from clearance.ownership.checker_total import Weight

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


def controls(
    equations: Equations, party: str, member: Weight, owned: Owned, offsets: bool = True
) -> Iterator[Control]:
    """Every control finding about ``party``, in the order of the module's rules.

    Without ``offsets`` nothing lifts a presumption: the safe side where members are at ceilings and
    who else may be restricted is not known.
    """
    control = equations.run.rule.control
    for row in equations.control_rows(party):
        if member(row.interested_party) != NOTHING:
            yield Control(row.type.name)
    first = equations.run.tests[0]
    tested = equations.tested()
    for measure in GOVERNING:
        if measure not in tested:
            test = Test(measure, first.operator, first.threshold)
            if _passes(equations, party, test, member):
                yield Control(measure.value, measure)
    for measure in tested if control.exact_half else ():
        test = Test(measure, Operator.AT_LEAST, HALF)
        if _passes(equations, party, test, member if equations.cascades else owned(measure)):
            yield Control(EXACT_HALF, measure)
    for measure in tested if control.other_kinds_of_region else ():
        test = Test(measure, Operator.OVER, HALF)
        if _passes(equations, party, test, _other_kinds(equations)):
            yield Control(OTHER_KINDS, measure)
    if control.presumption and _presumed(equations, party, control.presumption, member, offsets):
        yield Control(PRESUMPTION, control.presumption.measure)


def _passes(equations: Equations, party: str, test: Test, weight: Weight) -> bool:
    return passes(equations.total(party, test.measure, weight), test, equations.side)


def _other_kinds(equations: Equations) -> Weight:
    def weight(holder: str) -> End:
        if equations.side is Side.MAY and is_unknown(equations.rows, holder):
            return EVERYTHING
        other = of_other_kind(equations.rows, equations.run, holder, equations.side)
        return EVERYTHING if other else NOTHING

    return weight


def _presumed(equations: Equations, party: str, test: Test, member: Weight, offsets: bool) -> bool:
    total = equations.total(party, test.measure, member)
    if not passes(total, test, equations.side):
        return False
    if not (equations.run.rule.control.offset and offsets):
        return True
    return _offset(equations, party, test.measure, member) < total.value


def _offset(equations: Equations, party: str, measure: Measure, member: Weight) -> Fraction:
    """The most that one known holder holds for sure who is no member."""
    held = equations.book(party, measure).held
    ends = [
        item.low.value
        for item in held
        if not item.joint
        and member(item.holder) == NOTHING
        and not is_unknown(equations.rows, item.holder)
    ]
    return max(ends, default=Fraction(-1))
