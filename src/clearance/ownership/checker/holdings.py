"""Steps that rest on holdings: one party's, or those of a loop solved together.

1. A step's holdings, weighted by what earlier steps showed, make at least the total it claims.
2. With the snapshot its whole book makes as much, and every cited row stands in it.
3. Steps solved together drain: each member is held from inside by less than 100 %, or by members
   that are. Such a loop has one solution, so what satisfies its equations lies below it.
"""

from __future__ import annotations

from collections.abc import Sequence

from clearance.model.proof import EVERYTHING, NOTHING, Because, End, Scope, Side, Step
from clearance.ownership.checker.cited import CitedRows
from clearance.ownership.checker.ends import at_most
from clearance.ownership.checker.equations import Equations
from clearance.ownership.checker.loops import drains
from clearance.ownership.checker.standing import Shown, Standing, measure_of
from clearance.ownership.checker.words import Flaw, amount, names, tests_text

_SUMMED = (Because.HOLDINGS, Because.OWNED)


def sum_holdings(
    known: Standing, shown: Shown, group: Sequence[Step], step: Step, place: int
) -> None:
    """The step's total is at least what it claims: by what it cites, and by all there is."""
    known.stand_in_snapshot(step, place)
    side, measure, scope = known.argument.side, measure_of(step, place), known.scope(step)
    if measure not in known.equations(CitedRows(group, None), scope).measures():
        raise Flaw(f"step {place}: {measure.value} is not what the rule measures here")
    for rows in known.sources(group):
        found = known.equations(rows, scope).total(step.party, measure, shown.weight)
        if not at_most(step.total, found, side):
            _too_little(known, shown, step, found, place)


def _too_little(known: Standing, shown: Shown, step: Step, found: End, place: int) -> None:
    side = known.argument.side
    holders = sorted({row.interested_party for row in step.interests})
    unshown = [name for name in holders if shown.weight(name) == NOTHING]
    why = f" ({names(unshown)} not shown restricted before)" if unshown else ""
    text = f"step {place}: {amount(found, side)} of {step.party} held by {names(holders)}"
    if not known.equations(CitedRows((), None)).passes(measure_of(step, place), found):
        raise Flaw(f"{text} is not {tests_text(known.run.tests)}{why}")
    raise Flaw(f"{text} is not the {amount(step.total, side)} claimed{why}")


def count(known: Standing, step: Step) -> None:
    """Take over what a checked step shows."""
    scope, shown, side = known.scope(step), known.shown(step), known.argument.side
    equations = known.equations(CitedRows((), None), scope)
    measure = measure_of(step, 0)
    onward = equations.onward(measure, step.total)
    shown.raise_to(step.party, onward, side)
    reached = equations.passes(measure, step.total)
    if scope is Scope.CONTROLLED:
        reached = onward == EVERYTHING
    if reached:
        shown.reached[step.party] = step.total
        if step.because is Because.OWNED:
            known.members.raise_to(step.party, EVERYTHING, side)
            known.members.reached[step.party] = step.total


def solve_together(known: Standing, members: Sequence[Step], place: int) -> None:
    """A loop: every member's claim holds given all, and the loop drains."""
    scope = known.scope(members[0])
    equations = known.equations(CitedRows(members, known.rows), scope)
    for step in members:
        linear = step.because is members[0].because and step.because in _SUMMED
        if not linear or equations.onward(measure_of(step, place), step.total) != step.total:
            raise Flaw(f"step {place}: {step.party} cannot be solved in a loop")
    solved = _solved(known, equations, members)
    if not drains(equations, members):
        group = names(step.party for step in members)
        raise Flaw(f"step {place}: the loop {group} holds all of itself")
    for offset, step in enumerate(members):
        sum_holdings(known, solved, members, step, place + offset)
    for step in members:
        count(known, step)


def _solved(known: Standing, equations: Equations, members: Sequence[Step]) -> Shown:
    """Everybody at what is claimed; that a least end is open needs a ground outside itself."""
    solved = Shown(dict(known.shown(members[0]).weights))
    side = known.argument.side
    for step in members:
        end = End(step.total.value) if side is Side.MUST else step.total
        solved.raise_to(step.party, end, side)
    for _ in members if side is Side.MUST else ():
        for step in members:
            found = equations.total(step.party, measure_of(step, 0), solved.weight)
            if at_most(step.total, found, side):
                solved.raise_to(step.party, step.total, side)
    return solved
