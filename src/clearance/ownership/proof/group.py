"""One party worked out from its owners, or one loop: gone round until nothing changes, or solved.

1. Where a party counts whole or not at all, going round a loop ends.
2. Elsewhere values would only creep up, so the loop is solved; if its steps would vouch for
   themselves, or if it cannot be solved, values creep up by what a proof can show: from its
   solution without open ends, where it is these that make a member count whole.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from clearance.model.proof import EVERYTHING, End, Scope, Side, Step
from clearance.model.rule import Reading
from clearance.ownership.checker.control import controls
from clearance.ownership.checker.ends import rank
from clearance.ownership.checker.equations import Equations
from clearance.ownership.checker.loops import drains
from clearance.ownership.proof.cite import control_step, holdings_step, link_step
from clearance.ownership.proof.family import groups_of
from clearance.ownership.proof.loop import solve_loop
from clearance.ownership.proof.solved import Solved

ROUNDS = 80
GRID = 10**12


def work_out_groups(solved: Solved, family: dict[str, tuple[str, ...]]) -> None:
    """Work out everybody, owners first; who counts whole already rests on nobody."""
    whole = {name for name in family if solved.weight(name) == EVERYTHING}
    for group in groups_of({name: () if name in whole else family[name] for name in family}):
        _group(solved, group)


def _group(solved: Solved, group: tuple[str, ...]) -> None:
    """Work out a party, or a loop: round it, or solved where values would only creep up."""
    equations = solved.equations
    if len(group) == 1:
        _single(solved, group[0])
        return
    whole = equations.cascades or equations.scope is Scope.CONTROLLED
    if whole or equations.reading is Reading.MAJORITY_CHAIN:
        while sum(_single(solved, name) for name in group):
            pass
        return
    steps = solve_loop(equations, solved.weights, group, solved.loops + 1)
    if steps is not None and (solved.ceilings or _shows(equations, steps, group)):
        _enter(solved, steps)
        return
    solved.exact = False
    if equations.side is Side.MUST:
        steps = solve_loop(equations, solved.weights, group, solved.loops + 1, closed=True)
        if steps is not None and _shows(equations, steps, group):
            _enter(solved, steps)
    _round(solved, group)


def _shows(equations: Equations, steps: list[Step], group: tuple[str, ...]) -> bool:
    """Do the steps of a loop stand on each other without vouching for themselves?"""
    linked = equations.linked and any(equations.control_rows(name) for name in group)
    return not linked and all(step.together for step in steps) and drains(equations, steps)


def _enter(solved: Solved, steps: list[Step]) -> None:
    """Take a loop's steps."""
    solved.loops += 1
    for step in steps:
        solved.enter(step, step.total if step.together else EVERYTHING)


def _single(solved: Solved, name: str) -> bool:
    """Work out one party from those before it; was anything new?"""
    equations, side = solved.equations, solved.equations.side
    best, found = solved.weight(name), None
    if best == EVERYTHING:
        return False
    for measure in equations.measures():
        onward = equations.onward(measure, equations.total(name, measure, solved.weight))
        if rank(onward, side) > rank(best, side):
            best, found = onward, holdings_step(equations, name, measure, solved.weight)
    if best != EVERYTHING and equations.scope is Scope.CONTROLLED:
        control = next(controls(equations, name, solved.ground()), None)
        if control is not None:
            best, found = EVERYTHING, control_step(equations, name, control)
    linked = equations.controller(name, solved.weight)
    if rank(linked, side) > rank(best, side):
        best, found = linked, link_step(equations, name)
    if found is not None:
        solved.enter(found, best)
    return found is not None


def _round(solved: Solved, group: tuple[str, ...]) -> None:
    """Go round a loop while values grow by what a proof can show, rounded down."""
    for _ in range(ROUNDS):
        before = len(solved.steps)
        for name in group:
            _creep(solved, name)
        if len(solved.steps) == before:
            break


def _creep(solved: Solved, name: str) -> None:
    """Raise one party of a loop by what its holders make by now."""
    equations, side = solved.equations, solved.equations.side
    if solved.weight(name) == EVERYTHING:
        return
    linked = equations.controller(name, solved.weight)
    if rank(linked, side) > rank(solved.weight(name), side):
        solved.enter(link_step(equations, name), linked)
    for measure in equations.measures():
        total = equations.total(name, measure, solved.weight)
        least = Fraction(total.value.numerator * GRID // total.value.denominator, GRID)
        rounded = End(least, total.open and least == total.value)
        onward = equations.onward(measure, rounded)
        if rank(onward, side) > rank(solved.weight(name), side):
            step = holdings_step(equations, name, measure, solved.weight)
            solved.enter(replace(step, total=rounded), onward)
