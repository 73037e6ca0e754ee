"""What something unknown yields: for some customers one thing, for others another.

1. The first case that covers a customer's class and revenue decides; none is review.
2. A case may ask for an attestation; once it is given, ``attested`` is the outcome.
3. Whatever the outcome, the reason says that the customer is not cleared.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from clearance.model.outcome import Outcome
from clearance.policy.facts import ATTESTATION, Facts


@dataclass(frozen=True, slots=True)
class Case:
    """The outcome for some customers.

    **Shape**: an empty ``segment`` is any; ``revenue_below`` excludes its end and is in the
    portfolio's own currency; ``None`` is any. ``attestation`` names what is asked for, empty where
    nothing is.
    """

    outcome: Outcome
    segment: str = ""
    revenue_below: Decimal | None = None
    attestation: str = ""
    attested: Outcome = Outcome.ALLOW_WITH_NOTICE

    def covers(self, facts: Facts) -> bool:
        """Is such a customer meant?"""
        if self.segment and self.segment != facts.segment:
            return False
        return self.revenue_below is None or facts.revenue < self.revenue_below

    def yields(self, facts: Facts, day: int) -> Yield:
        """The outcome, and the attestation that is still asked for."""
        if not self.attestation:
            return Yield(self.outcome)
        given = facts.claimed(ATTESTATION, self.attestation, day)
        return Yield(self.attested) if given else Yield(self.outcome, self.attestation)


@dataclass(frozen=True, slots=True)
class Yield:
    """An outcome, and the attestation that it asks for, if any."""

    outcome: Outcome
    attestation: str = ""


Cases: TypeAlias = tuple[Case, ...]
"""Cases in order."""

REVIEW: Cases = (Case(Outcome.REVIEW),)
"""Review for everybody."""


def yielded(cases: Cases, facts: Facts, day: int) -> Yield:
    """What the first case that covers the customer yields; review where none does.

    >>> small = Case(Outcome.ALLOW_WITH_NOTICE, "small", attestation="owners")
    >>> yielded((small,), Facts({}, segment="small"), 0)
    Yield(outcome=<Outcome.ALLOW_WITH_NOTICE: 1>, attestation='owners')
    >>> yielded((small,), Facts({}, segment="large"), 0).outcome.word
    'review'
    """
    for case in cases:
        if case.covers(facts):
            return case.yields(facts, day)
    return Yield(Outcome.REVIEW)
