"""What is said to people of a decision: little to the user, all to the administrator.

The user learns whether and on what kind of ground, and how to object; which signals spoke is for
the administrator, since whoever evades a rule would read it, too.
"""

from __future__ import annotations

from collections.abc import Mapping

from clearance.model.outcome import Outcome
from clearance.policy.clauses.ground import Basis
from clearance.policy.decision import Decision

_TO_USER: Mapping[Outcome, str] = {
    Outcome.ALLOW: "",
    Outcome.ALLOW_WITH_NOTICE: "You can go on. Please read the notice of your account.",
    Outcome.LIMIT: "You can go on within limits.",
    Outcome.REVIEW: "Your account is being reviewed.",
    Outcome.SUSPEND: "Your account is suspended.",
    Outcome.DENY: "This service is not available to your account.",
}
_GROUNDS: Mapping[str, str] = {
    Basis.LAW.value: " A legal requirement asks for this.",
    Basis.CONTRACT.value: " The agreement on the service asks for this.",
}


def to_user(decision: Decision) -> str:
    """One or two sentences for whoever uses the account; empty where there is nothing to say."""
    said = _TO_USER[decision.outcome]
    if decision.outcome >= Outcome.SUSPEND:
        said += _GROUNDS.get(decision.basis, "")
    return said


def to_admin(decision: Decision) -> str:
    """Every reason that is as strict as the outcome, in the policy's order."""
    return "; ".join(reason.text for reason in decision.deciding)
