"""Does the claim follow from what the arguments show?

1. ``certain``: reached in *must* under every reading. ``no``: clear in *may* under every reading.
   ``possible``: reached in *may* under one, clear in *must* under one.
2. Where control bars or presumes, reached is reached among the controlled; else among the owned.
   Who is owned is controlled too, and who is clear among the controlled is clear among the owned.
3. The level is that of the strongest finding of the same certainty, and no weaker one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clearance.model.proof import Argument, End, Proof, Scope, Shows, Side
from clearance.model.rule import Level, Reading
from clearance.model.verdict import Reached
from clearance.ownership.checker.ends import at_most
from clearance.ownership.checker.words import Flaw, amount


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a checked argument shows; ``end`` is the total it came to, if it could be computed."""

    argument: Argument
    end: End | None


def follows(proof: Proof, evidence: Sequence[Evidence]) -> None:
    """Raise if the claim is not what the evidence shows.

    Raises:
        Flaw: naming what is not shown.
    """
    case = _Case(proof, tuple(evidence))
    claim = proof.claim
    scope = case.deciding()
    match claim.reached:
        case Reached.CERTAIN:
            case.need_all(Side.MUST, scope, Shows.REACHED)
        case Reached.NO:
            case.need_all(Side.MAY, scope, Shows.CLEAR)
        case Reached.POSSIBLE:
            case.need_one(Side.MAY, scope, Shows.REACHED)
            case.need_one(Side.MUST, scope, Shows.CLEAR)
    case.level()
    case.ends()


@dataclass(frozen=True, slots=True)
class _Case:
    proof: Proof
    evidence: tuple[Evidence, ...]

    def deciding(self) -> Scope:
        """Whose fixpoint decides about ``reached``."""
        strong = self.proof.run.rule.control.level in (Level.BARS, Level.PRESUMED)
        return Scope.CONTROLLED if strong else Scope.OWNED

    def shows(self, reading: Reading, side: Side, scope: Scope, what: Shows) -> list[Evidence]:
        """Evidence that settles ``reading`` so, in ``scope`` or in one that implies it."""
        stronger = Scope.OWNED if what is Shows.REACHED else Scope.CONTROLLED
        found = [
            item
            for item in self.evidence
            if item.argument.reading is reading
            and item.argument.side is side
            and item.argument.shows is what
            and item.argument.scope in (scope, stronger)
        ]
        if what is Shows.REACHED:
            return found
        wanted = {test.measure for test in self.proof.run.tests}
        covered = {item.argument.measure for item in found}
        return found if None in covered or wanted <= covered else []

    def need_all(self, side: Side, scope: Scope, what: Shows) -> None:
        """Every reading of the rule must be settled so."""
        for reading in self.proof.run.rule.readings:
            if not self.shows(reading, side, scope, what):
                raise Flaw(f"nothing shows {self._words(side, what)} under {reading.value}")

    def need_one(self, side: Side, scope: Scope, what: Shows) -> None:
        """Some reading of the rule must be settled so."""
        readings = self.proof.run.rule.readings
        if not any(self.shows(reading, side, scope, what) for reading in readings):
            raise Flaw(f"nothing shows {self._words(side, what)} under any reading")

    def level(self) -> None:
        """The level claimed is the one the findings give."""
        reached, level = self.proof.claim.reached, self.proof.claim.level
        control = self.proof.run.rule.control.level
        if reached is Reached.NO:
            self._level_of_clear(level, control)
            return
        certain = reached is Reached.CERTAIN
        side = Side.MUST if certain else Side.MAY
        try:
            if certain:
                self.need_all(side, Scope.OWNED, Shows.REACHED)
            else:
                self.need_one(side, Scope.OWNED, Shows.REACHED)
            owned = True
        except Flaw:
            owned = False
        expected = Level.BARS if owned else control
        if level is not expected:
            raise Flaw(f"the level shown is {expected}, not {level}")
        if not owned and certain and control is not Level.BARS:
            self.need_one(side, Scope.OWNED, Shows.CLEAR)
        elif not owned and control is not Level.BARS:
            self.need_all(side, Scope.OWNED, Shows.CLEAR)

    def _level_of_clear(self, level: Level | None, control: Level | None) -> None:
        if control is None and level is not None:
            raise Flaw(f"the rule gives control no level, so not {level}")
        if level is not None and level is not control:
            raise Flaw(f"a control finding has the level {control}, not {level}")
        if level is not None:
            self.need_one(Side.MAY, Scope.CONTROLLED, Shows.REACHED)
        elif control is not None:
            self.need_all(Side.MAY, Scope.CONTROLLED, Shows.CLEAR)

    def ends(self) -> None:
        """The ends claimed are no tighter than those shown under every reading."""
        claim = self.proof.claim
        if claim.at_least is not None:
            for found in self._ends(Side.MUST, Shows.REACHED):
                if found is None or not at_most(claim.at_least, found, Side.MUST):
                    raise Flaw(f"at least {amount(claim.at_least, Side.MUST)} is not shown")
        if claim.at_most is not None and claim.at_most.value < 1:
            for found in self._ends(Side.MAY, Shows.CLEAR):
                if found is not None and not at_most(found, claim.at_most, Side.MAY):
                    raise Flaw(f"at most {amount(claim.at_most, Side.MAY)} is not shown")

    def _ends(self, side: Side, what: Shows) -> list[End | None]:
        found: list[End | None] = []
        for reading in self.proof.run.rule.readings:
            items = self.shows(reading, side, Scope.OWNED, what)
            if not items:
                raise Flaw(f"no share is shown under {reading.value}")
            found += [item.end for item in items]
        return found

    def _words(self, side: Side, what: Shows) -> str:
        return f"{self.proof.party} {what.value} in {side.value}"
