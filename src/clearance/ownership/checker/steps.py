"""Following a derivation: each step from those before it, so the least fixpoint contains all.

1. A seed has a fact; an unknown holder and an ownerless group count in *may* only.
2. A step's holdings, weighted by what earlier steps showed, make at least the total it claims.
3. With the snapshot its whole book makes as much, and every cited row stands in it.
4. What is sure is possible: in *may* steps on the other side count as they are.
5. A presumption is lifted by nobody who may be restricted: in *must* by nobody whom steps on the
   other side show to be possibly so, in *may* by nobody whom any step of the argument does.
6. Steps solved together drain: each member is held from inside by less than 100 %, or by members
   that are. Such a loop has one solution, so what satisfies its equations lies below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from clearance.model.interest import InterestType, Measure
from clearance.model.proof import (
    EVERYTHING,
    NOTHING,
    Argument,
    Because,
    End,
    Run,
    Scope,
    Side,
    Step,
)
from clearance.model.rows import Rows
from clearance.model.rule import Reading
from clearance.ownership.checker.cited import CitedRows
from clearance.ownership.checker.control import Control, Ground, controls
from clearance.ownership.checker.ends import at_most, rank
from clearance.ownership.checker.equations import Equations
from clearance.ownership.checker.loops import drains, is_ownerless
from clearance.ownership.checker.seeds import is_unknown, plausible, seed_facts
from clearance.ownership.checker.total import Weight
from clearance.ownership.checker.words import Flaw, amount, names, rows_text, tests_text


@dataclass(slots=True)
class Shown:
    """What the steps so far have shown: each party's weight as a holder, and who is reached."""

    weights: dict[str, End] = field(default_factory=dict)
    reached: dict[str, End] = field(default_factory=dict)

    def weight(self, party: str) -> End:
        """How restricted a holder is shown to be."""
        return self.weights.get(party, NOTHING)

    def raise_to(self, party: str, weight: End, side: Side) -> None:
        """Keep the larger of what was and what is now shown."""
        if rank(weight, side) > rank(self.weight(party), side):
            self.weights[party] = weight


@dataclass(frozen=True, slots=True)
class Derivation:
    """An argument that shows ``reached``, what it is checked against, and what it has shown.

    ``members`` are what the argument is about; ``owned`` is ownership alone, by measure, which
    differs only in arguments about the controlled; ``fixed`` are those restricted by themselves;
    ``suspects`` lift no presumption, ``sure`` is what the other side has shown. In *may*,
    ``together`` lets members of the whole argument be suspects of each other.
    """

    run: Run
    argument: Argument
    rows: Rows | None
    members: Shown = field(default_factory=Shown)
    owned: dict[Measure | None, Shown] = field(default_factory=dict)
    fixed: Shown = field(default_factory=Shown)
    ownerless: set[str] = field(default_factory=set)
    suspects: set[str] = field(default_factory=set)
    sure: list[Derivation] = field(default_factory=list)
    together: bool = True

    def equations(self, rows: Rows, scope: Scope | None = None) -> Equations:
        """The argument's equations on these rows."""
        argument = self.argument
        return Equations(
            self.run,
            rows,
            argument.reading,
            argument.side,
            scope or argument.scope,
            argument.measure if (scope or argument.scope) is argument.scope else None,
            frozenset(self.ownerless),
        )

    def follow(self, party: str) -> End:
        """What the last step shows of ``party``.

        Raises:
            Flaw: a step does not follow, or the last one is about somebody else.
        """
        self._other_side()
        place = self.take()
        steps, side = self.argument.steps, self.argument.side
        unshown = self.suspects - self.members.reached.keys() if side is Side.MAY else set[str]()
        if unshown:
            raise Flaw(f"{names(sorted(unshown))} not shown restricted, so a presumption is lifted")
        if party in self.members.reached and not steps:
            return self.members.reached[party]
        if not steps or party not in (steps[-1].party, *steps[-1].members):
            raise Flaw(f"the last step is not about {party}")
        if party not in self.members.reached:
            end = amount(steps[-1].total, self.argument.side)
            raise Flaw(f"step {place}: {end} of {party} is not {tests_text(self.run.tests)}")
        return self.members.reached[party]

    def take(self) -> int:
        """Take every step; how many there were.

        Raises:
            Flaw: a step does not follow.
        """
        steps, reading, place = self.argument.steps, self.argument.reading, 0
        multiplied = reading in (Reading.PRODUCT, Reading.HYBRID)
        if multiplied and self.argument.scope is Scope.OWNED and not self.argument.measure:
            raise Flaw(f"{reading.value} follows one measure, and none is named")
        for number, group in groupby(enumerate(steps), lambda item: item[1].together or -item[0]):
            members = [step for _, step in group]
            if members[0].because is Because.OWNERLESS:
                self._ownerless(members, place + 1)
            elif number > 0:
                self._together(members, place + 1)
            else:
                self._alone(members[0], place + 1)
            place += len(members)
        return place

    def _other_side(self) -> None:
        """Take over what steps on the other side show."""
        argument = self.argument
        if not argument.besides:
            return
        turned = replace(argument, side=argument.side.other, steps=argument.besides, besides=())
        other = Derivation(self.run, turned, self.rows, together=False)
        other.take()
        if argument.side is Side.MUST:
            self.suspects.update(other.members.reached)
            return
        self.sure.append(other)
        self._take_over(self.members, other.members)
        self._take_over(self.fixed, other.fixed)
        for measure, shown in other.owned.items():
            mine = self.owned.setdefault(measure, Shown(dict(self.fixed.weights)))
            self._take_over(mine, shown)

    def _take_over(self, mine: Shown, sure: Shown) -> None:
        for party, end in sure.weights.items():
            mine.raise_to(party, End(end.value), Side.MAY)
        for party, end in sure.reached.items():
            mine.reached[party] = End(end.value)

    def _domestic(self, holder: str) -> bool:
        """May a holder lift a presumption, for all that is shown?

        In *may* whoever is shown anywhere in the argument may not; so even those who would have to
        vouch for each other do not. ``follow`` sees to it that all of them are shown at last.
        """
        if self.members.weight(holder) != NOTHING:
            return False
        if self.argument.side is Side.MUST:
            return holder not in self.suspects
        later = any(holder in (step.party, *step.members) for step in self.argument.steps)
        if later and self.together:
            self.suspects.add(holder)
            return False
        return True

    def _alone(self, step: Step, place: int) -> None:
        match step.because:
            case Because.SEED:
                self._seed(step, place)
            case Because.UNKNOWN:
                self._unknown(step, place)
            case Because.CONTROL:
                self._control(step, place)
            case Because.OWNED if step.fact in InterestType.__members__:
                self._stand_in_snapshot(step, place)
                self._linked(step, place)
            case Because.HOLDINGS | Because.OWNED:
                self._holdings(self._shown(step), (step,), step, place)
                self._count(step)

    def _shown(self, step: Step) -> Shown:
        if step.because is not Because.OWNED:
            return self.members
        multiplied = self.argument.reading in (Reading.PRODUCT, Reading.HYBRID)
        key = step.measure if multiplied else None
        return self.owned.setdefault(key, Shown(dict(self.fixed.weights)))

    def _owned(self, measure: Measure) -> Weight:
        found = self.owned.get(measure) or self.owned.get(None) or self.fixed
        return found.weight

    @property
    def _ground(self) -> Ground:
        """What control follows from, what is sure included."""
        if not self.sure:
            return Ground(self.members.weight, self._owned, domestic=self._domestic)
        (sure,) = self.sure
        weight, owned = sure.members.weight, sure._owned
        return Ground(self.members.weight, self._owned, weight, owned, self._domestic)

    def _scope(self, step: Step) -> Scope:
        return Scope.OWNED if step.because is Because.OWNED else self.argument.scope

    def _whole(self, party: str) -> None:
        """The party is restricted by itself."""
        for shown in (self.members, self.fixed, *self.owned.values()):
            shown.raise_to(party, EVERYTHING, self.argument.side)
            shown.reached[party] = EVERYTHING

    def _seed(self, step: Step, place: int) -> None:
        root = self.argument.root
        if root and step.party != root:
            raise Flaw(f"step {place}: only {root} counts here, not the seed {step.party}")
        if not plausible(step.fact, self.run, step.party):
            raise Flaw(f"step {place}: {step.fact!r} makes nobody a seed under {self.run.rule.id}")
        if self.rows is not None:
            facts = seed_facts(self.rows, self.run, step.party, self.argument.side)
            if step.fact not in facts:
                raise Flaw(f"step {place}: the snapshot does not say {step.fact!r} of {step.party}")
        self._whole(step.party)

    def _unknown(self, step: Step, place: int) -> None:
        if self.argument.side is Side.MUST:
            raise Flaw(f"step {place}: the unknown holder {step.party} counts only in may")
        if self.rows and not is_unknown(self.rows, step.party):
            raise Flaw(f"step {place}: {step.party} is not an unknown holder")
        self._whole(step.party)

    def _ownerless(self, steps: Sequence[Step], place: int) -> None:
        """A group that holds all of itself; of its branches each has a step that names its head."""
        members = steps[0].members
        if self.argument.side is Side.MUST:
            raise Flaw(f"step {place}: an ownerless group counts only in may")
        for step in steps:
            if step.because is not Because.OWNERLESS or step.members != members:
                raise Flaw(f"step {place}: {step.party} is not of the group {names(members)}")
            self._stand_in_snapshot(step, place)
        for rows in self._sources(steps):
            if not is_ownerless(self.equations(rows), members):
                raise Flaw(f"step {place}: {names(members)} do not hold all of each other")
        self.ownerless.update(members)
        for member in members:
            self._whole(member)

    def _control(self, step: Step, place: int) -> None:
        self._stand_in_snapshot(step, place)
        if self.argument.scope is Scope.OWNED:
            self._linked(step, place)
            return
        wanted = Control(step.fact, step.measure)
        for rows in self._sources((step,)):
            equations = self.equations(rows)
            if wanted not in controls(equations, step.party, self._ground):
                text = f"step {place}: {step.fact or 'control'} of {step.party}"
                raise Flaw(f"{text} does not follow from {rows_text(step)}")
        self.members.raise_to(step.party, EVERYTHING, self.argument.side)
        self.members.reached[step.party] = EVERYTHING

    def _linked(self, step: Step, place: int) -> None:
        """Control passes on as much as the controller is restricted by; it reaches nobody."""
        equations = self.equations(CitedRows((step,), self.rows), Scope.OWNED)
        if not equations.linked:
            raise Flaw(f"step {place}: control of {step.party} does not count in {self._where()}")
        shown = self._shown(step)
        found = equations.controller(step.party, shown.weight)
        shown.raise_to(step.party, found, self.argument.side)

    def _holdings(self, shown: Shown, group: Sequence[Step], step: Step, place: int) -> None:
        """The step's total is at least what it claims: by what it cites, and by all there is."""
        self._stand_in_snapshot(step, place)
        side, measure, scope = self.argument.side, _measure(step, place), self._scope(step)
        if measure not in self.equations(CitedRows(group, None), scope).measures():
            raise Flaw(f"step {place}: {measure.value} is not what the rule measures here")
        for rows in self._sources(group):
            found = self.equations(rows, scope).total(step.party, measure, shown.weight)
            if not at_most(step.total, found, side):
                self._too_little(shown, step, found, place)

    def _too_little(self, shown: Shown, step: Step, found: End, place: int) -> None:
        side = self.argument.side
        holders = sorted({row.interested_party for row in step.interests})
        unshown = [name for name in holders if shown.weight(name) == NOTHING]
        why = f" ({names(unshown)} not shown restricted before)" if unshown else ""
        text = f"step {place}: {amount(found, side)} of {step.party} held by {names(holders)}"
        if not self.equations(CitedRows((), None)).passes(_measure(step, place), found):
            raise Flaw(f"{text} is not {tests_text(self.run.tests)}{why}")
        raise Flaw(f"{text} is not the {amount(step.total, side)} claimed{why}")

    def _count(self, step: Step) -> None:
        """Take over what a checked step shows."""
        scope, shown, side = self._scope(step), self._shown(step), self.argument.side
        equations = self.equations(CitedRows((), None), scope)
        measure = _measure(step, 0)
        onward = equations.onward(measure, step.total)
        shown.raise_to(step.party, onward, side)
        reached = equations.passes(measure, step.total)
        if scope is Scope.CONTROLLED:
            reached = onward == EVERYTHING
        if reached:
            shown.reached[step.party] = step.total
            if step.because is Because.OWNED:
                self.members.raise_to(step.party, EVERYTHING, side)
                self.members.reached[step.party] = step.total

    def _together(self, members: Sequence[Step], place: int) -> None:
        """A loop: every member's claim holds given all, and the loop drains."""
        scope = self._scope(members[0])
        equations = self.equations(CitedRows(members, self.rows), scope)
        for step in members:
            linear = step.because is members[0].because and step.because in _SUMMED
            if not linear or equations.onward(_measure(step, place), step.total) != step.total:
                raise Flaw(f"step {place}: {step.party} cannot be solved in a loop")
        solved = self._solved(equations, members)
        if not drains(equations, members):
            group = names(step.party for step in members)
            raise Flaw(f"step {place}: the loop {group} holds all of itself")
        for offset, step in enumerate(members):
            self._holdings(solved, members, step, place + offset)
        for step in members:
            self._count(step)

    def _solved(self, equations: Equations, members: Sequence[Step]) -> Shown:
        """Everybody at what is claimed; that a least end is open needs a ground outside itself."""
        solved = Shown(dict(self._shown(members[0]).weights))
        side = self.argument.side
        for step in members:
            end = End(step.total.value) if side is Side.MUST else step.total
            solved.raise_to(step.party, end, side)
        for _ in members if side is Side.MUST else ():
            for step in members:
                found = equations.total(step.party, _measure(step, 0), solved.weight)
                if at_most(step.total, found, side):
                    solved.raise_to(step.party, step.total, side)
        return solved

    def _sources(self, steps: Sequence[Step]) -> tuple[Rows, ...]:
        """What is cited, and with a snapshot also all there is."""
        cited = CitedRows(steps, self.rows)
        return (cited,) if self.rows is None else (cited, self.rows)

    def _stand_in_snapshot(self, step: Step, place: int) -> None:
        if self.rows is None:
            return
        for row in step.interests:
            if row not in self.rows.interests_in(row.subject):
                text = rows_text(replace(step, interests=(row,)))
                raise Flaw(f"step {place}: {text} ({row.statement}) is not in the snapshot")

    def _where(self) -> str:
        return f"{self.argument.reading.value}, {self.argument.scope.value}"


_SUMMED = (Because.HOLDINGS, Because.OWNED)


def _measure(step: Step, place: int) -> Measure:
    if step.measure is None:
        raise Flaw(f"step {place}: no measure is named")
    return step.measure
