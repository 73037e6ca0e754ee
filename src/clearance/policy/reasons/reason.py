"""Why an outcome was given: the code, the rule, what it rests on, and the facts in words."""

from __future__ import annotations

from dataclasses import dataclass

from clearance.model.outcome import Outcome
from clearance.policy.clauses.ground import Ground
from clearance.policy.reasons.kinds import BY_CODE


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact that a reason rests on.

    **Shape**: ``fact`` names it, ``value`` is what was said, ``source`` who said so; ``as_of`` is
    the day of the source's data, ``None`` where it has none.
    """

    fact: str
    value: str
    source: str
    as_of: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an outcome was given.

    **Shape**: ``code`` as in the table of reasons; ``rule`` the regime record's id, the fact a
    region rule judged or the rule's own id; ``basis`` and ``citation`` empty where the reason is
    the policy's own machinery; ``text`` one sentence with the facts; ``applies_to`` sorted;
    ``attestation`` is asked for and not yet given, empty where none is.
    """

    code: str
    rule: str
    outcome: Outcome
    basis: str
    citation: str
    text: str
    ordered_by: str = ""
    applies_to: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    attestation: str = ""

    @property
    def cleared(self) -> bool:
        """Does it rest on what is known?"""
        return BY_CODE[self.code].cleared


def grounded(
    code: str,
    rule: str,
    outcome: Outcome,
    ground: Ground,
    text: str,
    *,
    evidence: tuple[Evidence, ...] = (),
    attestation: str = "",
) -> Reason:
    """A reason that stands on a rule's ground."""
    return Reason(
        code,
        rule,
        outcome,
        ground.basis.value,
        ground.citation,
        text,
        ground.ordered_by,
        ground.applies_to,
        evidence,
        attestation,
    )
