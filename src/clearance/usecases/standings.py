"""One rule's answer about every party, and how one party stands under it.

1. A party that the rule touches is explained; a finding that cannot be made is a failed rule.
2. A party that only its undeclared owners could bring under the rule is not explained: what is
   missing are the nearest undeclared rests above it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clearance.model.errors import ClearanceError
from clearance.model.rule import Level, Rule
from clearance.model.share import ANY, of_units
from clearance.model.verdict import Finding, Missing, Reached
from clearance.ownership.arrays.graph import Bool, Int8, Int64
from clearance.ownership.attribute import Attribution
from clearance.policy.reasons.owners import Standing
from clearance.usecases.settle import UNDECLARED

LEVELS = (None, *Level)
"""Levels by the code that ``Ruling.level`` holds."""

FAR = 32
"""Parties upwards among which the undeclared ones are looked for."""

_REACHED = tuple(Reached)


@dataclass(frozen=True, slots=True)
class Ruling:
    """One rule's answer about every party on the day.

    **Shape**: by party index, ``reached`` codes of ``Reached``, ``level`` positions in ``LEVELS``,
    ``could`` where the undeclared rest could pass, ``undeclared`` its units of the whole, ``seed``
    who may be restricted itself. ``explain`` makes one party's finding, ``owners`` gives the
    indexes of its holders on the day. ``failed`` says why the rule could not be evaluated; the
    arrays are then all zero. ``answer`` is the whole attribution, for those who prove it.
    ``majority`` gives the holder of certainly more than half, -1 where nobody is.
    """

    rule: Rule
    reached: Int8
    level: Int8
    could: Bool
    explain: Callable[[int], Finding]
    seed: Bool
    undeclared: Int64
    owners: Callable[[int], Sequence[int]]
    in_force: bool = True
    failed: str = ""
    answer: Attribution | None = None
    majority: Callable[[int], int] = lambda party: -1

    def touches(self, party: int) -> bool:
        """Does the rule say anything of a party?"""
        said = self.reached.item(party) or self.level.item(party) or self.could.item(party)
        return bool(said)


def standing_of(ruling: Ruling, party: int, id: Callable[[int], str]) -> Standing:
    """How a party stands under a ruling; explained only where the rule says something of it."""
    reached, level = _REACHED[ruling.reached.item(party)], LEVELS[ruling.level.item(party)]
    could: bool = ruling.could.item(party)
    finding: Finding | None = None
    failed = ruling.failed
    if reached is not Reached.NO or level is not None:
        try:
            finding = ruling.explain(party)
        except (ClearanceError, ArithmeticError) as error:
            failed = str(error) or type(error).__name__
    elif could:
        finding = _silent(ruling, party, id)
    return Standing(ruling.rule, reached, level, could, ruling.in_force, finding, failed)


def _silent(ruling: Ruling, party: int, id: Callable[[int], str]) -> Finding:
    """What is known of a party whose undeclared owners could be restricted."""
    rest = of_units(ruling.undeclared.item(party))
    measure = ruling.rule.versions[-1].tests[0].measure
    quiet = _undeclared_above(ruling, party)
    missing = tuple(Missing(id(one), *UNDECLARED) for one in quiet)
    return Finding("", Reached.NO, None, ANY, measure, {}, rest, missing=missing)


def _undeclared_above(ruling: Ruling, party: int) -> list[int]:
    """The nearest parties upwards whose undeclared rest lets this one pass."""
    seen, waiting, found, could = {party}, [party], [], ruling.could.item
    while waiting and len(seen) < FAR:
        current = waiting.pop(0)
        if ruling.undeclared.item(current):
            found.append(current)
        above = [one for one in ruling.owners(current) if could(one) and one not in seen]
        seen.update(above)
        waiting += above
    return found
