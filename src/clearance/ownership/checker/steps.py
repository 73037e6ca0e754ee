"""Following a derivation: each step from those before it, so the least fixpoint contains all.

1. A seed has a fact; an unknown holder and an ownerless group count in *may* only.
2. Holdings make the total that a step claims (``holdings``); control follows from what is shown.
3. The last step is about the party, and everybody who was to lift no presumption is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from clearance.model.interest import InterestType
from clearance.model.proof import EVERYTHING, Because, End, Scope, Side, Step
from clearance.model.rule import Reading
from clearance.ownership.checker.cited import CitedRows
from clearance.ownership.checker.control import Control, controls
from clearance.ownership.checker.holdings import count, solve_together, sum_holdings
from clearance.ownership.checker.loops import is_ownerless
from clearance.ownership.checker.seeds import is_unknown, plausible, seed_facts
from clearance.ownership.checker.standing import Shown, Standing
from clearance.ownership.checker.words import Flaw, amount, names, rows_text, tests_text


def follow(known: Standing, party: str) -> End:
    """What the last step shows of ``party``.

    Raises:
        Flaw: a step does not follow, or the last one is about somebody else.
    """
    _other_side(known)
    place = _take(known)
    steps, side = known.argument.steps, known.argument.side
    unshown = known.suspects - known.members.reached.keys() if side is Side.MAY else set[str]()
    if unshown:
        raise Flaw(f"{names(sorted(unshown))} not shown restricted, so a presumption is lifted")
    if party in known.members.reached and not steps:
        return known.members.reached[party]
    if not steps or party not in (steps[-1].party, *steps[-1].members):
        raise Flaw(f"the last step is not about {party}")
    if party not in known.members.reached:
        end = amount(steps[-1].total, known.argument.side)
        raise Flaw(f"step {place}: {end} of {party} is not {tests_text(known.run.tests)}")
    return known.members.reached[party]


def _take(known: Standing) -> int:
    """Take every step; how many there were.

    Raises:
        Flaw: a step does not follow.
    """
    steps, reading, place = known.argument.steps, known.argument.reading, 0
    multiplied = reading in (Reading.PRODUCT, Reading.HYBRID)
    if multiplied and known.argument.scope is Scope.OWNED and not known.argument.measure:
        raise Flaw(f"{reading.value} follows one measure, and none is named")
    for number, group in groupby(enumerate(steps), lambda item: item[1].together or -item[0]):
        members = [step for _, step in group]
        if members[0].because is Because.OWNERLESS:
            _ownerless(known, members, place + 1)
        elif number > 0:
            solve_together(known, members, place + 1)
        else:
            _alone(known, members[0], place + 1)
        place += len(members)
    return place


def _other_side(known: Standing) -> None:
    """Take over what steps on the other side show."""
    argument = known.argument
    if not argument.besides:
        return
    turned = replace(argument, side=argument.side.other, steps=argument.besides, besides=())
    other = Standing(known.run, turned, known.rows, together=False)
    _take(other)
    if argument.side is Side.MUST:
        known.suspects.update(other.members.reached)
        return
    known.sure.append(other)
    known.members.take_over(other.members)
    known.fixed.take_over(other.fixed)
    for measure, shown in other.owned.items():
        mine = known.owned.setdefault(measure, Shown(dict(known.fixed.weights)))
        mine.take_over(shown)


def _alone(known: Standing, step: Step, place: int) -> None:
    """A step that rests on no other of its own loop."""
    match step.because:
        case Because.SEED:
            _seed(known, step, place)
        case Because.UNKNOWN:
            _unknown(known, step, place)
        case Because.CONTROL:
            _control(known, step, place)
        case Because.OWNED if step.fact in InterestType.__members__:
            known.stand_in_snapshot(step, place)
            _linked(known, step, place)
        case Because.HOLDINGS | Because.OWNED:
            sum_holdings(known, known.shown(step), (step,), step, place)
            count(known, step)


def _seed(known: Standing, step: Step, place: int) -> None:
    root = known.argument.root
    if root and step.party != root:
        raise Flaw(f"step {place}: only {root} counts here, not the seed {step.party}")
    if not plausible(step.fact, known.run, step.party):
        raise Flaw(f"step {place}: {step.fact!r} makes nobody a seed under {known.run.rule.id}")
    if known.rows is not None:
        facts = seed_facts(known.rows, known.run, step.party, known.argument.side)
        if step.fact not in facts:
            raise Flaw(f"step {place}: the snapshot does not say {step.fact!r} of {step.party}")
    known.count_whole(step.party)


def _unknown(known: Standing, step: Step, place: int) -> None:
    if known.argument.side is Side.MUST:
        raise Flaw(f"step {place}: the unknown holder {step.party} counts only in may")
    if known.rows and not is_unknown(known.rows, step.party):
        raise Flaw(f"step {place}: {step.party} is not an unknown holder")
    known.count_whole(step.party)


def _ownerless(known: Standing, steps: Sequence[Step], place: int) -> None:
    """A group that holds all of itself; of its branches each has a step that names its head."""
    members = steps[0].members
    if known.argument.side is Side.MUST:
        raise Flaw(f"step {place}: an ownerless group counts only in may")
    for step in steps:
        if step.because is not Because.OWNERLESS or step.members != members:
            raise Flaw(f"step {place}: {step.party} is not of the group {names(members)}")
        known.stand_in_snapshot(step, place)
    for rows in known.sources(steps):
        if not is_ownerless(known.equations(rows), members):
            raise Flaw(f"step {place}: {names(members)} do not hold all of each other")
    known.ownerless.update(members)
    for member in members:
        known.count_whole(member)


def _control(known: Standing, step: Step, place: int) -> None:
    known.stand_in_snapshot(step, place)
    if known.argument.scope is Scope.OWNED:
        _linked(known, step, place)
        return
    wanted = Control(step.fact, step.measure)
    for rows in known.sources((step,)):
        equations = known.equations(rows)
        if wanted not in controls(equations, step.party, known.ground):
            text = f"step {place}: {step.fact or 'control'} of {step.party}"
            raise Flaw(f"{text} does not follow from {rows_text(step)}")
    known.members.raise_to(step.party, EVERYTHING, known.argument.side)
    known.members.reached[step.party] = EVERYTHING


def _linked(known: Standing, step: Step, place: int) -> None:
    """Control passes on as much as the controller is restricted by; it reaches nobody."""
    equations = known.equations(CitedRows((step,), known.rows), Scope.OWNED)
    if not equations.linked:
        raise Flaw(f"step {place}: control of {step.party} does not count in {known.where()}")
    shown = known.shown(step)
    found = equations.controller(step.party, shown.weight)
    shown.raise_to(step.party, found, known.argument.side)
