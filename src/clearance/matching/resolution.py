"""Who a record is, or why that is not known: the answer of matching.

1. ``match`` names one party; ``ambiguous`` may be one of the candidates, or none of them; ``none``
   is like nobody in the reference. Nothing is a match in silence: every answer has its reasons.
2. Candidates come from most to least probable, equals by party id; the same question has the same
   answer, byte for byte.
3. A probability is the model's, calibrated; the rules above the model never touch it. It is 1 where
   number and name say the same and no model was asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from clearance.matching.evidence import Agrees, Evidence, EvidenceKind
from clearance.model.quick import quick
from clearance.model.record import Record


class Answer(StrEnum):
    """What matching says of a record; a code as it stands in files."""

    MATCH = "match"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@quick
@dataclass(frozen=True, slots=True)
class Weighed:
    """One candidate, held against the record.

    **Shape**: ``party`` is an index of the reference and ``record`` what it holds of the party;
    ``name`` is the one of its names that fits best; ``probability`` is from 0 to 1; ``initials`` if
    the names agree but for given names that stand as initials.
    """

    party: int
    record: Record
    name: str
    probability: float
    evidence: tuple[Evidence, ...] = ()
    initials: bool = False

    def says(self, agrees: Agrees, *kinds: EvidenceKind) -> Iterator[Evidence]:
        """The evidence of these kinds (none is any) that speaks this way."""
        return (
            one
            for one in self.evidence
            if one.agrees is agrees and (not kinds or one.kind in kinds)
        )

    def settles(self) -> Iterator[Evidence]:
        """Identifiers that agree and settle who somebody is."""
        return (one for one in self.says(Agrees.FOR, EvidenceKind.IDENTIFIER) if one.strong)

    def excludes(self) -> Iterator[Evidence]:
        """Valid numbers of one register that differ."""
        return (one for one in self.says(Agrees.AGAINST, EvidenceKind.IDENTIFIER) if one.strong)

    @property
    def likeness(self) -> float | None:
        """How alike the names are, from 0 to 1; ``None`` where one side has none."""
        found = [one.weight for one in self.evidence if one.kind is EvidenceKind.NAME]
        return max(found) if found else None


@dataclass(frozen=True, slots=True)
class Because:
    """Why an answer is what it is: ``rule`` as in the table of rules, ``text`` one sentence."""

    rule: str
    text: str


@quick
@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer about one record.

    **Shape**: ``party`` is an index, -1 unless it is a match; ``probability`` is that of the best
    candidate, 0 without one; ``settle`` are facts any of which would settle it, most telling first,
    empty for a match.
    """

    answer: Answer
    party: int = -1
    probability: float = 0.0
    candidates: tuple[Weighed, ...] = ()
    reasons: tuple[Because, ...] = ()
    settle: tuple[str, ...] = ()

    @property
    def match(self) -> Weighed | None:
        """The party it is, ``None`` unless that is known."""
        return next((one for one in self.candidates if one.party == self.party), None)
