"""Working out one party's ancestors again, slowly and exactly, so that it can be written down.

1. Whoever is restricted by itself comes first, then ownership alone where measures multiply, then
   everybody, owners before what they own.
2. The two sides are worked out until they agree, where one hangs on the other: what is sure is
   possible, and whoever may be restricted lifts no presumption.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from clearance.model.proof import EVERYTHING, NOTHING, Because, End, Scope, Side
from clearance.model.rule import Reading
from clearance.ownership.checker.ends import plus
from clearance.ownership.checker.equations import Equations
from clearance.ownership.proof.cite import holdings_step
from clearance.ownership.proof.family import family_of
from clearance.ownership.proof.group import work_out_groups
from clearance.ownership.proof.solved import Solved
from clearance.ownership.proof.whole import count_whole


def solve(equations: Equations, party: str, root: str = "", *, ceilings: bool = False) -> Solved:
    """Work out the party and its ancestors; with ``root`` only that seed counts.

    ``ceilings`` wants values, which a loop has also where no derivation can show them.

    **Cost**: a pass over the ancestors' rows; loops more often.
    """
    ask = _Ask(equations, party, root, ceilings)
    return _sure(ask) if equations.side is Side.MUST else _perhaps(ask)


def _sure(ask: _Ask) -> Solved:
    """The lower ends; presumptions are lifted by whoever is not even perhaps restricted.

    Where that hangs on what is sure, too, both are worked out until they agree.
    """
    if not is_offset(ask.equations):
        return ask.solved(frozenset())
    sure = None
    while True:
        perhaps = ask.turned().solved(frozenset(), sure)
        found = ask.solved(perhaps.members(), perhaps)
        if not (ask.ceilings and ask.is_crowded()) or (sure and sure.weights == found.weights):
            return found
        sure = found


def _perhaps(ask: _Ask) -> Solved:
    """The upper ends, not below the lower ones; presumptions are lifted by whoever is outside.

    Ceilings of the lower ends lie above all that the smallest set vouching for itself leaves.
    """
    sure = None
    if ask.is_crowded():
        turned = ask.turned()
        sure = _sure(turned) if ask.ceilings else turned.solved(frozenset())
    return _shrunk(ask, sure) if is_offset(ask.equations) else ask.solved(frozenset(), sure)


def _shrunk(ask: _Ask, sure: Solved | None) -> Solved:
    """From nobody who lifts, until those outside are those who lift."""
    suspects: frozenset[str] | None = None
    while True:
        solved = ask.solved(suspects, sure)
        if solved.members() == suspects:
            return solved
        suspects = solved.members()


def is_offset(equations: Equations) -> bool:
    """Is there a presumption that somebody may lift?"""
    control = equations.run.rule.control
    counts = equations.scope is Scope.CONTROLLED and control.presumption is not None
    return counts and control.offset


@dataclass(frozen=True, slots=True)
class _Ask:
    """What is to be worked out."""

    equations: Equations
    party: str
    root: str
    ceilings: bool

    def turned(self) -> _Ask:
        """The other side."""
        return replace(self, equations=replace(self.equations, side=self.equations.side.other))

    def is_crowded(self) -> bool:
        """May anybody's upper end lie below the lower one, as minima above the whole make it?"""
        equations = self.equations
        wide = equations.scope is Scope.CONTROLLED
        measures = equations.control_measures() if wide else equations.measures()
        for name in family_of(equations, self.party):
            for measure in measures:
                book = equations.book(name, measure)
                least = plus(held.low for held in (*book.held, *((book.own,) if book.own else ())))
                declared = any(held.components for held in book.held)
                if declared or least.value > 1 or (least.open and least.value == 1):
                    return True
        return False

    def solved(self, suspects: frozenset[str] | None, besides: Solved | None = None) -> Solved:
        """Work it out, given who lifts no presumption."""
        family = family_of(self.equations, self.party)
        solved = Solved(
            self.equations, self.root, self.ceilings, besides=besides, suspects=suspects
        )
        return _work_out(solved, family)


def _work_out(solved: Solved, family: dict[str, tuple[str, ...]]) -> Solved:
    count_whole(solved, tuple(family))
    equations = solved.equations
    if equations.side is Side.MAY and solved.besides is not None:
        _start(solved, solved.besides)
    if equations.scope is Scope.CONTROLLED and not equations.cascades:
        _ownership(solved, tuple(family))
    work_out_groups(solved, family)
    return solved


def _start(solved: Solved, sure: Solved) -> None:
    """What is sure is possible."""
    for name, end in sure.weights.items():
        if end.value > solved.weight(name).value:
            solved.weights[name] = End(end.value)


def _ownership(solved: Solved, family: tuple[str, ...]) -> None:
    """Ownership alone, measure by measure; whoever it reaches is a member."""
    ownership = replace(solved.equations, scope=Scope.OWNED, measure=None)
    start = dict(solved.weights)
    if ownership.side is Side.MAY and solved.besides is not None:
        start = {step.party: EVERYTHING for step in solved.steps}
        start |= dict.fromkeys(solved.equations.whole, EVERYTHING)
    multiplied = ownership.reading in (Reading.PRODUCT, Reading.HYBRID)
    for measure in ownership.measures() if multiplied else (None,):
        equations = replace(ownership, measure=measure)
        part = Solved(
            equations, solved.root, solved.ceilings, weights=dict(start), loops=solved.loops
        )
        if ownership.side is Side.MAY and solved.besides is not None:
            _start(part, solved.besides.owned.get(measure, part))
        solved.owned[measure] = part
        work_out_groups(part, {name: equations.holders(name) for name in family})
        solved.loops = part.loops
        if ownership.reading in (Reading.HYBRID, Reading.MAJORITY_CHAIN):
            _reached_only(part, [name for name in family if name not in start])
        for step in part.steps:
            total = NOTHING if step.because is Because.CONTROL else step.total
            solved.steps.append(replace(step, because=Because.OWNED, total=total))
            if step.measure and equations.passes(step.measure, total):
                solved.weights[step.party] = EVERYTHING


def _reached_only(part: Solved, names: Iterable[str]) -> None:
    """Steps of those whose total reaches though it adds nothing to what they pass on."""
    equations = part.equations
    shown = {
        (step.party, step.measure)
        for step in part.steps
        if step.measure and equations.passes(step.measure, step.total)
    }
    for name in names:
        for measure in equations.tested():
            step = holdings_step(equations, name, measure, part.weight)
            if equations.passes(measure, step.total) and (name, measure) not in shown:
                part.steps.append(step)
