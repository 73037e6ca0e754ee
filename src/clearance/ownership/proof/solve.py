"""Working out one party's ancestors again, slowly and exactly, so that it can be written down.

1. Owners come before what they own; a loop is gone round until nothing changes, or solved.
2. What is worked out is the least fixpoint of the checker's own equations: its steps are a
   derivation, its values are ceilings.
3. A loop that cannot be solved exactly leaves ``exact`` false: its steps hold, its values are no
   ceilings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from clearance.model.interest import Measure
from clearance.model.proof import EVERYTHING, NOTHING, Because, End, Scope, Side, Step
from clearance.model.rule import Reading
from clearance.ownership.checker.ceilings import ancestors
from clearance.ownership.checker.cited import BRANCH
from clearance.ownership.checker.control import Ground, controls
from clearance.ownership.checker.ends import plus, rank
from clearance.ownership.checker.equations import Equations
from clearance.ownership.checker.loops import drains, ownerless_groups
from clearance.ownership.checker.seeds import is_unknown, seed_facts
from clearance.ownership.checker.total import Weight
from clearance.ownership.proof.cite import (
    control_step,
    head_of,
    holdings_step,
    is_special,
    link_step,
    live_rows,
)
from clearance.ownership.proof.family import family_of, groups_of
from clearance.ownership.proof.loop import solve_loop

ROUNDS = 80
GRID = 10**12


@dataclass(slots=True)
class Solved:
    """Everything worked out on the way to one party.

    ``owned`` is ownership alone, by measure where measures multiply, in work about the controlled.
    ``besides`` is the other side, worked out first. ``suspects`` lift no presumption, nor does
    anybody where it is ``None``.
    """

    equations: Equations
    root: str = ""
    ceilings: bool = False
    owned: dict[Measure | None, Solved] = field(default_factory=dict)
    weights: dict[str, End] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    exact: bool = True
    loops: int = 0
    besides: Solved | None = None
    suspects: frozenset[str] | None = frozenset()

    def domestic(self, party: str) -> bool:
        """May a holder lift a presumption?"""
        known = self.suspects is not None and party not in self.suspects
        return known and self.weight(party) == NOTHING

    def members(self) -> frozenset[str]:
        """Everybody who may count."""
        return frozenset(name for name, end in self.weights.items() if end != NOTHING)

    def weight(self, party: str) -> End:
        """How restricted a holder was found to be."""
        return self.weights.get(party, NOTHING)

    def owned_weight(self, measure: Measure) -> Weight:
        """How much of a holder is owned, in a measure."""
        return (self.owned.get(measure) or self.owned.get(None) or self).weight

    def ground(self) -> Ground:
        """What control is found by."""
        sure = self.besides if self.equations.side is Side.MAY else None
        if sure is None:
            return Ground(self.weight, self.owned_weight, domestic=self.domestic)
        return Ground(self.weight, self.owned_weight, sure.weight, sure.owned_weight, self.domestic)

    def enter(self, step: Step, weight: End) -> None:
        """Take a step."""
        self.steps.append(step)
        self.weights[step.party] = weight


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
    _fixed(solved, tuple(family))
    equations = solved.equations
    if equations.side is Side.MAY and solved.besides is not None:
        _start(solved, solved.besides)
    if equations.scope is Scope.CONTROLLED and not equations.cascades:
        _ownership(solved, tuple(family))
    _groups(solved, family)
    return solved


def _groups(solved: Solved, family: dict[str, tuple[str, ...]]) -> None:
    """Work out everybody, owners first; who counts whole already rests on nobody."""
    whole = {name for name in family if solved.weight(name) == EVERYTHING}
    for group in groups_of({name: () if name in whole else family[name] for name in family}):
        _group(solved, group)


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
        _groups(part, {name: equations.holders(name) for name in family})
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


def _fixed(solved: Solved, family: tuple[str, ...]) -> None:
    """Whoever is restricted by itself."""
    equations = solved.equations
    rows, side = equations.rows, equations.side
    for name in family:
        facts = seed_facts(rows, equations.run, name, side)
        if facts and solved.root in ("", name):
            solved.enter(Step(name, Because.SEED, EVERYTHING, fact=facts[0]), EVERYTHING)
        elif side is Side.MAY and is_unknown(rows, name):
            solved.enter(Step(name, Because.UNKNOWN, EVERYTHING), EVERYTHING)
    if side is Side.MAY:
        _unowned(solved, family)


def _unowned(solved: Solved, family: tuple[str, ...]) -> None:
    """Groups without an owner, in whatever measure."""
    equations, whole = solved.equations, frozenset[str]()
    every = replace(equations, measure=None)
    wide = ancestors(every, *family)
    for measure in every.tested():
        for group in ownerless_groups(every, wide, measure):
            for step in _ownerless(solved, group):
                solved.enter(step, EVERYTHING)
            solved.weights.update(dict.fromkeys(group, EVERYTHING))
            whole |= group
    solved.equations = replace(equations, whole=whole)


def _ownerless(solved: Solved, group: set[str]) -> list[Step]:
    """The step of an ownerless group; where it holds itself by branches, one for each of these."""
    equations, members = replace(solved.equations, measure=None), tuple(sorted(group))
    special = {
        member
        for member in members
        if any(is_special(equations, member, measure) for measure in equations.measures())
    }
    heads = {name: head for name in members if (head := head_of(equations, name))}
    rows = tuple(
        row
        for member in members
        if member not in heads
        for row in live_rows(equations, member)
        if row.interested_party in group or member in special
    )
    step = Step(members[0], Because.OWNERLESS, EVERYTHING, interests=rows, members=members)
    if not heads:
        return [step]
    solved.loops += 1
    return [
        replace(step, party=name, fact=BRANCH + head, together=solved.loops)
        for name, head in heads.items()
    ]


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
    linked = equations.linked and any(equations.control_rows(name) for name in group)
    shown = steps is not None and not linked and _shows(equations, steps)
    if steps is None or not (shown or solved.ceilings):
        solved.exact = False
        _round(solved, group)
        return
    solved.loops += 1
    for step in steps:
        solved.enter(step, step.total if step.together else EVERYTHING)


def _shows(equations: Equations, steps: list[Step]) -> bool:
    """Do the steps of a loop stand on each other without vouching for themselves?"""
    return all(step.together for step in steps) and drains(equations, steps)


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
    equations = solved.equations
    if solved.weight(name) == EVERYTHING:
        return
    linked = equations.controller(name, solved.weight)
    if linked.value > solved.weight(name).value:
        solved.enter(link_step(equations, name), linked)
    for measure in equations.measures():
        total = equations.total(name, measure, solved.weight)
        least = Fraction(total.value.numerator * GRID // total.value.denominator, GRID)
        rounded = End(least, total.open and least == total.value)
        onward = equations.onward(measure, rounded)
        if onward.value > solved.weight(name).value:
            step = holdings_step(equations, name, measure, solved.weight)
            solved.enter(replace(step, total=rounded), onward)
