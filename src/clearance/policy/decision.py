"""What was decided, and all that was weighed.

1. The outcome is the strictest of the reasons', after wind-downs and licences.
2. A wind-down says two days: from when nothing new may begin, and the first day without any use.
3. A reason that a licence removed is kept with the licence, not with the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from clearance.model.outcome import Outcome
from clearance.policy.clauses.ground import Basis
from clearance.policy.reasons.reason import Reason

_STRICTEST = (Basis.LAW, Basis.CONTRACT, Basis.OWN_CHOICE)


class Phase(StrEnum):
    """Where on its two clocks a wind-down stands."""

    BEFORE = "before"
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Winding:
    """A wind-down that concerns a customer on the day.

    **Shape**: ``rule`` is the rule whose outcome it replaces, empty where it stands for itself;
    ``no_new_use`` the first day on which nothing new may begin; ``exit`` the first day without any
    use; ``notices`` the days on which the customer is told, in order; ``ordered_by`` whoever
    ordered it, the customer itself perhaps.
    """

    id: str
    rule: str
    phase: Phase
    no_new_use: int
    exit: int
    notice: str
    notices: tuple[int, ...]
    ordered_by: str
    basis: str
    citation: str


@dataclass(frozen=True, slots=True)
class Licensed:
    """A licence at work, and the reason it removed. **Shape**: ``until`` excludes its end."""

    id: str
    owner: str
    until: int
    citation: str
    removed: Reason


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to a customer or a request, and all that was weighed.

    **Shape**: ``winding`` is the wind-down in force that ends first; ``licences`` those that
    removed a reason; ``review_allows`` is the policy's word on whether a request may go on while
    somebody reviews.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    winding: Winding | None = None
    licences: tuple[Licensed, ...] = ()
    review_allows: bool = False

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """The reasons that are as strict as the outcome."""
        return tuple(reason for reason in self.reasons if reason.outcome == self.outcome)

    @property
    def cleared(self) -> bool:
        """Is the customer allowed, and on what is known alone?"""
        return self.outcome is Outcome.ALLOW and all(reason.cleared for reason in self.reasons)

    @property
    def allowed(self) -> bool:
        """May it go on: allow, with notice, limited, or under review where the policy says so?"""
        return self.outcome < Outcome.REVIEW or (
            self.outcome is Outcome.REVIEW and self.review_allows
        )

    @property
    def basis(self) -> str:
        """The strictest basis among the deciding reasons, empty where none has one.

        Law is stricter than contract, contract than own choice.
        """
        found = {reason.basis for reason in self.deciding}
        return next((basis.value for basis in _STRICTEST if basis.value in found), "")

    @property
    def attestations(self) -> tuple[str, ...]:
        """What is asked for and not yet given, sorted."""
        return tuple(sorted({one.attestation for one in self.reasons if one.attestation}))
