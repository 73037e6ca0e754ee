"""One party's arguments, written down from what was worked out.

1. What shows ``reached`` keeps only the steps that the party's own step rests on, and of each only
   the holders it needs.
2. What shows ``clear`` gives the exact values of the party's ancestors as ceilings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from clearance.model.interest import Measure
from clearance.model.proof import (
    EVERYTHING,
    NOTHING,
    Argument,
    Because,
    Certificate,
    End,
    Scope,
    Shows,
    Side,
    Step,
)
from clearance.model.rule import Aggregation, Reading
from clearance.ownership.checker.cited import BRANCH
from clearance.ownership.checker.control import PRESUMPTION
from clearance.ownership.checker.equations import Equations
from clearance.ownership.checker.seeds import seed_facts
from clearance.ownership.checker.total import Weight
from clearance.ownership.proof.cite import holdings_step, smaller_step
from clearance.ownership.proof.family import family_of
from clearance.ownership.proof.solve import solve
from clearance.ownership.proof.solved import Solved


def reached(equations: Equations, party: str) -> Argument | None:
    """An argument that the party is reached, or ``None`` if these equations do not reach it."""
    for part in _parts(equations):
        for root in _roots(part, party):
            solved = solve(part, party, root)
            steps = _last(solved, party)
            sure = solved.besides is not None and part.side is Side.MAY
            if steps is None and solved.besides and sure and _last(solved.besides, party):
                steps = []
            if steps is not None:
                return Argument(
                    part.reading,
                    part.side,
                    part.scope,
                    Shows.REACHED,
                    part.measure,
                    root,
                    _needed(solved, steps) if steps else (),
                    besides=_besides(solved, steps, party),
                )
    return None


def _besides(solved: Solved, steps: list[Step], party: str) -> tuple[Step, ...]:
    """Steps on the other side, where any of it counts."""
    other = solved.besides
    presumed = any(step.fact == PRESUMPTION for step in steps)
    if other is None or (solved.equations.side is Side.MUST and not presumed):
        return ()
    last = (_last(other, party) or [])[-1:] if solved.equations.side is Side.MAY else []
    return (*other.steps, *(replace(step, together=0) for step in last))


def clear(equations: Equations, party: str) -> Iterator[Argument]:
    """Arguments that the party is not reached, from its ancestors' exact values.

    The caller knows that it is not; the checker finds out if it is.
    """
    for part in _parts(equations):
        own: list[Certificate] = []
        for root in _roots(part, party):
            solved = solve(part, party, root, ceilings=True)
            for each in (solved, solved.besides):
                if each is not None:
                    own.append(_certificate(each, root, part.scope))
                    for measure, owned in each.owned.items():
                        own.append(replace(_certificate(owned, root, Scope.OWNED), measure=measure))
            own += _least(solved, root, part.scope)
        yield Argument(
            part.reading, part.side, part.scope, Shows.CLEAR, part.measure, own=tuple(own)
        )


def _least(solved: Solved, root: str, scope: Scope) -> Iterator[Certificate]:
    """The smallest set that vouches for itself, where the ceilings name more."""
    sure = solved.besides
    least = sure.besides if sure is not None and solved.equations.side is Side.MAY else None
    if least is not None and least.members() != solved.members():
        yield replace(_certificate(least, root, scope), least=True)


def _parts(equations: Equations) -> list[Equations]:
    multiplied = equations.reading in (Reading.PRODUCT, Reading.HYBRID)
    if not multiplied or equations.scope is Scope.CONTROLLED:
        return [equations]
    return [replace(equations, measure=measure) for measure in equations.tested()]


def _roots(equations: Equations, party: str) -> list[str]:
    """All seeds at once, or each of the party's ancestors that is one."""
    run = equations.run
    if run.rule.aggregation is Aggregation.POOLED:
        return [""]
    family = family_of(equations, party)
    roots = [name for name in family if seed_facts(equations.rows, run, name, equations.side)]
    return roots or [""]


def _certificate(solved: Solved, root: str, scope: Scope) -> Certificate:
    weights = solved.weights.items()
    ceilings = {
        name: end if solved.exact else EVERYTHING for name, end in weights if end != NOTHING
    }
    return Certificate(solved.equations.side, ceilings, root, scope)


def _last(solved: Solved, party: str) -> list[Step] | None:
    """The steps, ending with one that reaches the party; ``None`` if none does."""
    equations = solved.equations
    places = [at for at, step in enumerate(solved.steps) if _about(step, party)]
    for at in places:
        step = solved.steps[at]
        if _reaches(equations, step):
            return _moved_last(solved.steps, at)
    if equations.scope is Scope.CONTROLLED:
        return None
    return _target_step(solved, party)


def _about(step: Step, party: str) -> bool:
    return step.party == party or party in step.members


def _reaches(equations: Equations, step: Step) -> bool:
    if step.because in (Because.HOLDINGS, Because.OWNED) and step.measure is not None:
        if equations.scope is Scope.CONTROLLED and step.because is Because.HOLDINGS:
            return equations.onward(step.measure, step.total) == EVERYTHING
        ownership = replace(equations, scope=Scope.OWNED)
        return ownership.passes(step.measure, step.total)
    return step.because is not Because.CONTROL or equations.scope is Scope.CONTROLLED


def _moved_last(steps: list[Step], at: int) -> list[Step]:
    """The steps up to ``at``, its whole loop included, the step last."""
    step = steps[at]
    if not step.together:
        return steps[: at + 1]
    loop = [other for other in steps if other.together == step.together and other is not step]
    before = [other for other in steps[:at] if other.together != step.together]
    return [*before, *loop, step]


def _target_step(solved: Solved, party: str) -> list[Step] | None:
    """Where passing on and being reached differ, the party's own step is made apart."""
    equations = solved.equations
    for measure in equations.tested():
        total = equations.total(party, measure, solved.weight)
        if equations.passes(measure, total):
            step = holdings_step(equations, party, measure, solved.weight)
            return [*solved.steps, step]
    return None


def _needed(solved: Solved, steps: list[Step]) -> tuple[Step, ...]:
    """Only what the last step rests on, each step as small as its purpose allows."""
    equations = solved.equations
    if equations.side is Side.MAY and any(step.fact == PRESUMPTION for step in steps):
        return (*solved.steps, replace(steps[-1], together=0))
    kept: list[Step] = []
    wanted: set[str] = set()
    for unit in reversed(_units(steps)):
        if kept and not wanted & {name for step in unit for name in (step.party, *step.members)}:
            continue
        smallest = [_smallest(equations, solved, step) for step in unit]
        kept = [*smallest, *kept]
        wanted.update(*(_rests_on(step) for step in smallest))
    return tuple(kept)


def _units(steps: list[Step]) -> list[list[Step]]:
    """Steps one by one, a loop as one: its members stand by each other."""
    loops = groupby(enumerate(steps), lambda item: item[1].together or -item[0])
    return [[step for _, step in unit] for _, unit in loops]


def _rests_on(step: Step) -> Iterator[str]:
    """Whom a step counts."""
    yield from (row.interested_party for row in step.interests)
    yield from (name for row in step.interests for name in row.components)
    if step.because in (Because.HOLDINGS, Because.OWNED) and not step.interests:
        yield step.fact.removeprefix(BRANCH)


def _smallest(equations: Equations, solved: Solved, step: Step) -> Step:
    whole = equations.cascades or equations.reading is Reading.MAJORITY_CHAIN
    if step.because is not Because.HOLDINGS or not whole or step.measure is None:
        return step
    enough = _least_passing(equations, step.measure, step.total)
    return step if enough is None else smaller_step(equations, step, _before(solved, step), enough)


def _before(solved: Solved, step: Step) -> Weight:
    """The weights as they were when the step was made."""
    known: dict[str, End] = {}
    for other in solved.steps:
        if other is step:
            break
        for name in other.members or (other.party,):
            known[name] = EVERYTHING
    return lambda name: known.get(name, NOTHING)


def _least_passing(equations: Equations, measure: Measure, total: End) -> End | None:
    """The smallest end of the step's kind that still passes a test the total passes."""
    for test in equations.run.tests:
        if test.measure is not measure:
            continue
        for end in (End(test.threshold), End(test.threshold, open=True)):
            if equations.onward(measure, end) == EVERYTHING and equations.passes(measure, end):
                return end
    return None
