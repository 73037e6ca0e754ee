"""What was decided, with every reason, as JSON.

The document is the same for all requests that are decided alike; a decision names it by its
SHA-256, and whoever reads the decision has the reasons from there.
"""

from __future__ import annotations

from clearance.model.dates import text_of_day
from clearance.model.plain import Json
from clearance.policy.decision import Decision, Licensed, Winding
from clearance.policy.reasons.reason import Reason


def judgement_json(decision: Decision) -> dict[str, Json]:
    """A decision and all that was weighed."""
    return {
        "allowed": decision.allowed,
        "attestations": list(decision.attestations),
        "basis": decision.basis,
        "cleared": decision.cleared,
        "licences": [licensed_json(one) for one in decision.licences],
        "outcome": decision.outcome.word,
        "reasons": [reason_json(reason) for reason in decision.reasons],
        "wind_down": winding_json(decision.winding),
    }


def reason_json(reason: Reason) -> dict[str, Json]:
    """One reason; what it does not say is left out."""
    found: dict[str, Json] = {
        "applies_to": list(reason.applies_to),
        "basis": reason.basis,
        "citation": reason.citation,
        "code": reason.code,
        "ordered_by": reason.ordered_by,
        "outcome": reason.outcome.word,
        "rule": reason.rule,
        "text": reason.text,
    }
    return {name: value for name, value in found.items() if value}


def licensed_json(licensed: Licensed) -> dict[str, Json]:
    """A licence at work, and the reason it removed."""
    return {
        "citation": licensed.citation,
        "id": licensed.id,
        "owner": licensed.owner,
        "removed": reason_json(licensed.removed),
        "until": text_of_day(licensed.until),
    }


def winding_json(winding: Winding | None) -> dict[str, Json] | None:
    """A wind-down; ``exit`` is the first day without any use."""
    if winding is None:
        return None
    return {
        "basis": winding.basis,
        "citation": winding.citation,
        "exit": text_of_day(winding.exit),
        "id": winding.id,
        "no_new_use": text_of_day(winding.no_new_use),
        "notice": winding.notice,
        "notices": [text_of_day(day) for day in winding.notices],
        "ordered_by": winding.ordered_by,
        "phase": winding.phase.value,
        "rule": winding.rule,
    }
