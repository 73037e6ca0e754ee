"""What would settle a review: the facts that nobody stated, in words that can be counted.

1. What the engine misses comes first, as it says it.
2. A reason that names no fact of its own has a standard one here; an attestation that the policy
   asks for stands beside it.
3. ``what`` is a kind of fact, without figures, so that equal facts are counted together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clearance.model.outcome import Outcome
from clearance.model.verdict import Finding, Missing, Reached
from clearance.policy.decision import Decision
from clearance.policy.reasons.kinds import BY_CODE
from clearance.policy.reasons.reason import Reason

_OPEN = (Outcome.ALLOW, Outcome.DENY)

OF_CUSTOMER: Mapping[str, tuple[str, str]] = {
    "unidentified": ("an LEI, or a register number with its register", "who the customer is"),
    "ambiguous": ("an LEI, or a register number with its register", "which party it is"),
    "identifiers_contradict": ("which of its identifiers is right", "which party it is"),
    "location_unknown": ("headquarters or country", "where the customer is"),
    "region_unknown": ("a region as an ISO 3166 code", "where the customer is"),
    "region_unstated": ("the region that the policy asks for", "where the customer is"),
    "headquarters_contradicted": ("which headquarters are right", "where the customer is"),
    "account_unknown": ("the customer behind the account", "who the customer is"),
    "end_customer_undisclosed": ("who the end customer is", "whose use it is"),
    "campaign_suspected": ("a reviewer's word on the campaign", "whether it is part of one"),
    "end_use_doubtful": ("a reviewer's word on the end use", "whether it is a barred one"),
    "end_use_unknown": ("the use in a word that the policy knows", "whether it is a barred one"),
    "condition_failed": ("facts to evaluate the condition on", "whether the condition holds"),
    "network_unlisted": ("a source that knows the address", "where the request comes from"),
    "network_untold": ("the address of the request", "where the request comes from"),
    "network_stale": ("fresh data of the source", "where the request comes from"),
    "network_suspected": ("a second source on the address", "whether the network hides who asks"),
}
"""Facts about the customer, its account or its request, by reason."""

UNDECLARED = ("who holds the undeclared rest", "whether the rule reaches it")
ATTESTED = "whether the customer may go on without the fact"
READINGS = ("which reading of the rule applies", "the readings differ on what is known")

OF_PARTY: Mapping[str, tuple[str, str]] = {
    "ownership_undeclared": UNDECLARED,
    "ownership_control": ("whether the control interest gives control", "the control finding"),
    "ownership_presumed": ("evidence against the presumed control", "the presumption"),
    "ownership_possible": ("exact shares of the holders drawn", "whether the rule reaches it"),
    "rule_failed": ("data the rule can be evaluated on", "whether the rule reaches it"),
}
"""Facts about the party, by reason."""


def missing_for(
    decision: Decision,
    customer: str,
    party: str,
    findings: Mapping[str, Finding],
    settle: Sequence[str] = (),
) -> tuple[Missing, ...]:
    """What would settle the decision, if it is one that something could settle.

    Args:
        decision: what was decided.
        customer: the customer's id.
        party: the party's id in the reference, or the customer's where there is none.
        findings: the engine's findings about the party, by rule.
        settle: facts that would say who the customer is, the most telling first.
    """
    if decision.outcome in _OPEN:
        return ()
    told: list[Missing] = []
    for reason in decision.deciding:
        if reason.code in OF_CUSTOMER:
            what, settles = OF_CUSTOMER[reason.code]
            if settle and BY_CODE[reason.code].function == "matching":
                what = settle[0]
            told.append(Missing(customer, what, settles))
        elif reason.code in OF_PARTY:
            told += _of_finding(findings.get(reason.rule), party, reason)
        if reason.attestation:
            told.append(Missing(customer, f"the attestation {reason.attestation}", ATTESTED))
    return tuple(dict.fromkeys(told))


def _of_finding(finding: Finding | None, party: str, reason: Reason) -> tuple[Missing, ...]:
    """What a finding misses, or what would settle such a finding."""
    if finding is not None and finding.missing:
        return finding.missing
    if finding is not None and _differ(finding):
        return (Missing(reason.rule, *READINGS),)
    return (Missing(party, *OF_PARTY[reason.code]),)


def _differ(finding: Finding) -> bool:
    """Is each reading sure, and do they say different things? No fact settles that."""
    said = {result.reached for result in finding.readings.values()}
    return said == {Reached.CERTAIN, Reached.NO}
