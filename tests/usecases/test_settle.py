"""What would settle a review: every reason that nobody told has a fact that would tell it."""

from __future__ import annotations

import pytest

from clearance.model.outcome import Outcome
from clearance.model.verdict import Missing
from clearance.policy.decision import Decision
from clearance.policy.reasons.kinds import REASONS, ReasonKind
from clearance.policy.reasons.reason import Reason
from clearance.usecases.settle import ATTESTED, OF_CUSTOMER, OF_PARTY, missing_for

NOTHING_SETTLES = {
    "policy_not_in_effect",
    "no_rule_evaluated",
    "question_unknown",
    "network_disputed",
    "campaign_weak",
}
"""The policy's own matters, what people weigh, and what is allowed anyhow."""


def reason(code: str, outcome: Outcome = Outcome.REVIEW, attestation: str = "") -> Reason:
    """A reason of this code."""
    return Reason(code, "r", outcome, "", "", "told", attestation=attestation)


@pytest.mark.parametrize("kind", REASONS, ids=lambda kind: kind.code)
def test_every_open_reason_has_a_fact_that_would_settle_it(kind: ReasonKind) -> None:
    has = kind.code in OF_CUSTOMER or kind.code in OF_PARTY
    assert has or kind.cleared or kind.code in NOTHING_SETTLES
    found = missing_for(Decision(Outcome.REVIEW, (reason(kind.code),)), "c", "p", {})
    assert bool(found) is has


def test_an_attestation_that_is_asked_for_would_settle_too() -> None:
    asked = reason("ownership_undeclared", attestation="owners")
    found = missing_for(Decision(Outcome.REVIEW, (asked,)), "c", "p", {})
    assert found == (
        Missing("p", *OF_PARTY["ownership_undeclared"]),
        Missing("c", "the attestation owners", ATTESTED),
    )


@pytest.mark.parametrize("outcome", [Outcome.ALLOW, Outcome.DENY])
def test_what_is_decided_needs_nothing(outcome: Outcome) -> None:
    decision = Decision(outcome, (reason("region_unstated", outcome, "owners"),))
    assert missing_for(decision, "c", "p", {}) == ()


def test_reasons_that_do_not_decide_are_not_asked_about() -> None:
    quiet = reason("region_unstated", Outcome.ALLOW_WITH_NOTICE)
    decision = Decision(Outcome.REVIEW, (quiet, reason("unidentified")))
    (missing,) = missing_for(decision, "c", "p", {}, settle=("a VAT number",))
    assert missing.what == "a VAT number"
