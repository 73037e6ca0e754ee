"""What the steps of an argument have shown so far, and what that lets the next one rest on.

1. What is sure is possible: in *may* steps on the other side count as they are.
2. A presumption is lifted by nobody who may be restricted: in *must* by nobody whom steps on the
   other side show to be possibly so, in *may* by nobody whom any step of the argument does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from clearance.model.interest import Measure
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
from clearance.ownership.checker.book import is_arrangement
from clearance.ownership.checker.cited import CitedRows
from clearance.ownership.checker.control import Ground
from clearance.ownership.checker.ends import rank
from clearance.ownership.checker.equations import Equations
from clearance.ownership.checker.total import Weight
from clearance.ownership.checker.words import Flaw, rows_text


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

    def take_over(self, sure: Shown) -> None:
        """What is sure is possible: upper ends do not lie below it."""
        for party, end in sure.weights.items():
            self.raise_to(party, End(end.value), Side.MAY)
        for party, end in sure.reached.items():
            self.reached[party] = End(end.value)


@dataclass(frozen=True, slots=True)
class Standing:
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
    sure: list[Standing] = field(default_factory=list)
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

    def shown(self, step: Step) -> Shown:
        """What a step rests on and adds to: ownership alone, or the members."""
        if step.because is not Because.OWNED:
            return self.members
        multiplied = self.argument.reading in (Reading.PRODUCT, Reading.HYBRID)
        key = step.measure if multiplied else None
        return self.owned.setdefault(key, Shown(dict(self.fixed.weights)))

    def _owned(self, measure: Measure) -> Weight:
        found = self.owned.get(measure) or self.owned.get(None) or self.fixed
        return found.weight

    @property
    def ground(self) -> Ground:
        """What control follows from, what is sure included."""
        if not self.sure:
            return Ground(self.members.weight, self._owned, domestic=self._domestic)
        (sure,) = self.sure
        weight, owned = sure.members.weight, sure._owned
        return Ground(self.members.weight, self._owned, weight, owned, self._domestic)

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

    def scope(self, step: Step) -> Scope:
        """What a step speaks of."""
        return Scope.OWNED if step.because is Because.OWNED else self.argument.scope

    def count_whole(self, party: str) -> None:
        """The party is restricted by itself."""
        for shown in (self.members, self.fixed, *self.owned.values()):
            shown.raise_to(party, EVERYTHING, self.argument.side)
            shown.reached[party] = EVERYTHING

    def sources(self, steps: Sequence[Step]) -> tuple[Rows, ...]:
        """What is cited, and with a snapshot also all there is."""
        cited = CitedRows(steps, self.rows)
        return (cited,) if self.rows is None else (cited, self.rows)

    def stand_in_snapshot(self, step: Step, place: int) -> None:
        """Does every cited row?

        Raises:
            Flaw: naming one that does not.
        """
        if self.rows is None:
            return
        for row in step.interests:
            if row not in self.rows.interests_in(row.subject):
                text = rows_text(replace(step, interests=(row,)))
                raise Flaw(f"step {place}: {text} ({row.statement}) is not in the snapshot")
        for name in step.arrangements:
            if not is_arrangement(self.rows, name):
                raise Flaw(f"step {place}: {name} is no legal arrangement")

    def where(self) -> str:
        """The argument's reading and scope, in words."""
        return f"{self.argument.reading.value}, {self.argument.scope.value}"


def measure_of(step: Step, place: int) -> Measure:
    """What a step counts.

    Raises:
        Flaw: it does not say.
    """
    if step.measure is None:
        raise Flaw(f"step {place}: no measure is named")
    return step.measure
