"""Holding a certificate against one party: one pass over its ancestors.

1. Everybody on whom the party's total depends, near or far, is an ancestor.
2. An ancestor's total, its holders at their ceilings, does not lift it above its own ceiling.
3. Whoever is restricted by itself has the ceiling 100 %: seeds; in *may* also unknown holders and
   members of ownerless groups. Under a per-party rule only the one root counts, and the unknown.
4. The party's own total, so computed, passes no test.
So the ceilings bound the least fixpoint (Knaster and Tarski), and the party is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from clearance.model.interest import Measure
from clearance.model.proof import EVERYTHING, NOTHING, Certificate, End, Scope, Side
from clearance.ownership.checker.control import Ground, controls
from clearance.ownership.checker.ends import at_most, larger, rank
from clearance.ownership.checker.equations import Equations
from clearance.ownership.checker.loops import ownerless_among
from clearance.ownership.checker.seeds import is_unknown, seed_facts
from clearance.ownership.checker.total import Weight
from clearance.ownership.checker.words import Flaw, amount, names, tests_text


@dataclass(frozen=True, slots=True)
class Ceilings:
    """A certificate and the equations it is to be closed under.

    ``owned`` are ceilings of ownership that members of the controlled are measured by; none given,
    members count as owned whole. ``besides`` are ceilings of the other side. ``domestic`` are those
    shown not to be restricted, who lift presumptions; where ``vouched``, all who are outside are.
    Lower ends may stand beside the smallest set that vouches for itself instead of the ceilings
    that stand beside them.
    """

    equations: Equations
    certificate: Certificate
    owned: tuple[Ceilings, ...] = ()
    besides: Ceilings | None = None
    domestic: frozenset[str] = frozenset()
    vouched: bool = False

    def weight(self, party: str) -> End:
        """The most that the party may be restricted, by the certificate."""
        return self.certificate.ceilings.get(party, NOTHING)

    def clear(self, party: str) -> End:
        """The most of ``party`` that its holders may make restricted.

        Raises:
            Flaw: the certificate is not closed on the party's ancestors, or the party passes.
        """
        family = ancestors(self.equations, party)
        known = self
        if self.besides is not None:
            known = replace(self, besides=self.besides._standing(party))
        whole = known.bound(family, self._alone(party, family))
        if party in whole.equations.whole or self._by_itself(party):
            raise Flaw(f"{party} is restricted by itself")
        return whole._not_passing(party)

    def _standing(self, party: str) -> Ceilings:
        """Ceilings of the other side, closed; so is the smallest set that they stand beside."""
        if self.besides is not None and self.besides.certificate.least:
            self.besides._standing(party)
        wider = ancestors(self.equations, party)
        return self.bound(wider, self._alone(party, wider))

    def _alone(self, party: str, family: set[str]) -> str:
        """The party if nobody of its family rests on it, else nobody."""
        return "" if any(party in self.equations.holders(name) for name in family) else party

    def bound(self, family: set[str], last: str = "") -> Ceilings:
        """Check that the ceilings bound everybody of a family that is closed upward.

        On ``last`` nobody rests, so ceilings of ownership need not bound it. The ceilings are given
        back with the family's ownerless groups and domestic holders known.

        Raises:
            Flaw: they do not.
        """
        whole = frozenset(self._ownerless(family))
        known = replace(self, equations=replace(self.equations, whole=whole))
        if self.equations.scope is Scope.CONTROLLED and not self.equations.cascades:
            above = family - {last}
            known = replace(known, owned=tuple(each.bound(above) for each in self.owned))
        known = replace(known, domestic=known._domestic(family))
        for ancestor in sorted(family):
            known._closed(ancestor)
        return known

    def _domestic(self, family: set[str]) -> frozenset[str]:
        """Who of the family lifts presumptions.

        In *must* whoever the ceilings of *may* do not name. In *may* whoever stays outside the
        ceilings although nobody lifts anything for it but those who do already: two who would have
        to vouch for each other vouch for nobody.
        """
        if not self._offset():
            return frozenset()
        if self.equations.side is Side.MUST:
            may = self.besides
            return frozenset(n for n in family if may is not None and may.weight(n) == NOTHING)
        if self.vouched:
            return frozenset(name for name in family if self.weight(name) == NOTHING)
        domestic = frozenset[str]()
        while True:
            grown = replace(self, domestic=domestic)._grown(family)
            if grown <= domestic:
                return domestic
            domestic |= grown

    def _offset(self) -> bool:
        control = self.equations.run.rule.control
        counts = self.equations.scope is Scope.CONTROLLED and control.presumption is not None
        return counts and control.offset

    def _grown(self, family: set[str]) -> frozenset[str]:
        """Who stays outside when whoever is lifted above its ceiling joins."""
        ceilings = dict(self.certificate.ceilings)
        grown = replace(self, certificate=replace(self.certificate, ceilings=ceilings))
        while True:
            joined = {name for name in family if ceilings.get(name) != EVERYTHING}
            joined = {name for name in joined if not grown._holds(name)}
            if not joined:
                return frozenset(n for n in family if grown.weight(n) == NOTHING)
            ceilings.update(dict.fromkeys(joined, EVERYTHING))

    def _holds(self, party: str) -> bool:
        try:
            self._closed(party)
        except Flaw:
            return False
        return True

    def _closed(self, party: str) -> None:
        ceiling = self.weight(party)
        if ceiling == EVERYTHING:
            return
        text = f"the certificate gives {party} at most {amount(ceiling, self.equations.side)}"
        ownerless = party in self.equations.whole
        reason = "a group without owner" if ownerless else self._by_itself(party)
        if reason:
            raise Flaw(f"{text}, but it is restricted by itself: {reason}")
        lifted = self.equations.lifted(party, self.weight, self._floor)
        if not at_most(lifted, ceiling, self.equations.side):
            raise Flaw(f"{text}, but its holders make {amount(lifted, self.equations.side)}")
        self._not_controlled(party, text)

    def _not_controlled(self, party: str, text: str) -> None:
        """Whoever is controlled, or owned under the reading, is a member."""
        if self.equations.scope is Scope.OWNED:
            return
        lifts = self.domestic.__contains__
        ground = Ground(self.weight, self._owned, self._floor, self._owned_floor, lifts)
        finding = next(controls(self.equations, party, ground), None)
        if finding is not None:
            raise Flaw(f"{text}, but {party} is controlled: {finding.fact}")
        if self.equations.cascades:
            return
        ownership = replace(self.equations, scope=Scope.OWNED)
        for measure in ownership.measures():
            total = ownership.total(
                party, measure, self._owned(measure), self._owned_floor(measure)
            )
            if ownership.passes(measure, total):
                raise Flaw(f"{text}, but {party} is owned by members")

    @property
    def _floor(self) -> Weight:
        """What is sure at the most, so that no upper end lies below it."""
        return self.weight if self.besides is None else self.besides.weight

    def _owned_floor(self, measure: Measure) -> Weight:
        return self._owned(measure) if self.besides is None else self.besides._owned(measure)

    def _owned(self, measure: Measure) -> Weight:
        """The ceilings of ownership in a measure; members count whole where there are none."""
        for ceilings in self.owned:
            if ceilings.certificate.measure in (None, measure):
                return ceilings.weight
        return self.weight

    def _reaches(self, measure: Measure, end: End) -> bool:
        """Does this total reach: by the tests, or as a majority that members hold?"""
        equations = self.equations
        if equations.scope is Scope.OWNED or equations.cascades:
            return equations.passes(measure, end)
        return equations.onward(measure, end) == EVERYTHING

    def _by_itself(self, party: str) -> str:
        equations = self.equations
        if equations.side is Side.MAY and is_unknown(equations.rows, party):
            return "an unknown holder"
        root = self.certificate.root
        if root and party != root:
            return ""
        facts = seed_facts(equations.rows, equations.run, party, equations.side)
        return names(facts) if facts else ""

    def _ownerless(self, family: set[str]) -> set[str]:
        every, found = replace(self.equations, measure=None), set[str]()
        if every.side is Side.MUST:
            return found
        wide = family if self.equations.measure is None else ancestors(every, *family)
        for measure in every.tested():
            found |= ownerless_among(every, wide, measure)
        return found

    def _not_passing(self, party: str) -> End:
        equations = self.equations
        ends = []
        for measure in equations.measures():
            end = equations.total(party, measure, self.weight, self._floor)
            if self._reaches(measure, end):
                text = f"{amount(end, equations.side)} of {party} at the ceilings"
                raise Flaw(f"{text} is {tests_text(equations.run.tests)}")
            ends.append(end)
        self._not_controlled(party, party)
        return max(ends, key=lambda end: rank(end, equations.side), default=larger(()))


def ancestors(equations: Equations, *parties: str) -> set[str]:
    """Everybody on whom the totals of parties depend, themselves included."""
    seen, waiting = set(parties), list(parties)
    while waiting:
        for holder in equations.holders(waiting.pop()):
            if holder not in seen:
                seen.add(holder)
                waiting.append(holder)
    return seen
