"""Every reason a decision can give: one table, from which docs and answers are made.

1. A code never changes its meaning; a new meaning is a new code.
2. ``outcome`` names the outcome or the policy key that yields it.
3. ``cleared`` is false where an outcome rests on something nobody told, or nobody looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReasonKind:
    """One row: the code, what finds it, what it yields, when it is given, where that stands."""

    code: str
    function: str
    outcome: str
    when: str
    source: str
    cleared: bool = True


_GUIDE = "docs/guides/policies.md"
_ORDER = "docs/adr/0027-a-decision-has-one-order.md"
_NETWORK = "docs/guides/policies.md, the network"
_REST = "docs/adr/0003-undeclared-rest.md"
_MATCHING = "docs/adr/0022-rules-above-the-model.md"

REASONS = (
    ReasonKind(
        "region_unsupported",
        "region",
        "region_rules.outcome",
        "A declared fact lies in a region that the policy does not support.",
        _GUIDE,
    ),
    ReasonKind(
        "region_unlisted",
        "region",
        "regions.unlisted",
        "A declared fact lies in a region that the policy's list does not name.",
        _GUIDE,
    ),
    ReasonKind(
        "region_unknown",
        "region",
        "regions.unknown",
        "A declared region is no ISO 3166 code.",
        _GUIDE,
        cleared=False,
    ),
    ReasonKind(
        "region_unstated",
        "region",
        "region_rules.unstated",
        "A fact that the policy asks for is not declared.",
        _GUIDE,
        cleared=False,
    ),
    ReasonKind(
        "location_unknown",
        "region",
        "region_rules.unstated",
        "Neither headquarters nor incorporation are declared.",
        _REST,
        cleared=False,
    ),
    ReasonKind(
        "region_supported",
        "region",
        "allow",
        "Every declared fact that the policy judges lies in a supported region.",
        _GUIDE,
    ),
    ReasonKind(
        "headquarters_contradicted",
        "contradiction",
        "contradiction",
        "The declared headquarters differ from the register's.",
        _GUIDE,
        cleared=False,
    ),
    ReasonKind(
        "unidentified",
        "matching",
        "unidentified",
        "The customer is like no party of the reference data.",
        _GUIDE,
        cleared=False,
    ),
    ReasonKind(
        "ambiguous",
        "matching",
        "review, or unidentified where stricter",
        "The customer may be one of several candidates, or none of them.",
        _MATCHING,
        cleared=False,
    ),
    ReasonKind(
        "identifiers_contradict",
        "matching",
        "review, or unidentified where stricter",
        "The customer's identifiers, or its name and identifiers, lead to different parties.",
        _MATCHING,
        cleared=False,
    ),
    ReasonKind(
        "ownership_certain",
        "ownership",
        "ownership.certain",
        "The rule reaches the party on what is stated at least.",
        _GUIDE,
    ),
    ReasonKind(
        "ownership_presumed",
        "ownership",
        "ownership.presumed",
        "The rule presumes control; the presumption can be rebutted.",
        _GUIDE,
    ),
    ReasonKind(
        "ownership_possible",
        "ownership",
        "ownership.possible",
        "The rule may reach the party: what is stated allows both.",
        _GUIDE,
        cleared=False,
    ),
    ReasonKind(
        "ownership_control",
        "ownership",
        "ownership.control",
        "The ownership test fails, but a restricted party has a control interest.",
        _GUIDE,
    ),
    ReasonKind(
        "ownership_undeclared",
        "ownership",
        "ownership.undeclared",
        "Nothing stated reaches the party, but the undeclared rest could.",
        _GUIDE,
        cleared=False,
    ),
    ReasonKind(
        "ownership_none",
        "ownership",
        "allow",
        "The rule does not reach the party, whatever the open ranges turn out to be.",
        _GUIDE,
    ),
    ReasonKind(
        "rule_not_in_force",
        "ownership",
        "allow",
        "The rule is not in force on the day; it reaches nobody.",
        _GUIDE,
    ),
    ReasonKind(
        "rule_failed",
        "ownership",
        "review",
        "The rule could not be evaluated; it is never skipped.",
        _GUIDE,
        cleared=False,
    ),
    ReasonKind(
        "policy_not_in_effect",
        "policy",
        "review",
        "The policy is not in effect on the day.",
        _GUIDE,
        cleared=False,
    ),
    ReasonKind(
        "no_rule_evaluated",
        "policy",
        "review",
        "No rule of the policy could be held against the customer.",
        _GUIDE,
        cleared=False,
    ),
    ReasonKind(
        "region_agreeing",
        "region",
        "region_rules.agreeing",
        "Two kinds of weak evidence name one country that the policy does not support.",
        _ORDER,
    ),
    ReasonKind(
        "network_unlisted",
        "network",
        "network.unlisted",
        "No source says where the address is.",
        _NETWORK,
        cleared=False,
    ),
    ReasonKind(
        "network_untold",
        "network",
        "network.untold",
        "The request came without an address.",
        _NETWORK,
        cleared=False,
    ),
    ReasonKind(
        "network_disputed",
        "network",
        "region_rules.outcome",
        "Sources differ on where the address is, and the policy on what they name.",
        _NETWORK,
        cleared=False,
    ),
    ReasonKind(
        "network_stale",
        "network",
        "network.stale",
        "A source that spoke of the address is older than the policy accepts.",
        _NETWORK,
        cleared=False,
    ),
    ReasonKind(
        "network_suspected",
        "network",
        "network_rules.one_source",
        "One source alone says that the address is of a kind that the policy names.",
        _NETWORK,
        cleared=False,
    ),
    ReasonKind(
        "network_agreed",
        "network",
        "network_rules.agreed",
        "Two independent sources or more say that the address is of a kind that the policy names.",
        _NETWORK,
    ),
    ReasonKind(
        "network_with_fact",
        "network",
        "network_rules.with_fact",
        "As before, and a fact about the organisation itself stands against it.",
        _NETWORK,
    ),
    ReasonKind(
        "campaign_member",
        "posted",
        "campaigns.member",
        "A reviewer found the account to be part of a campaign.",
        _ORDER,
    ),
    ReasonKind(
        "campaign_suspected",
        "posted",
        "campaigns.unreviewed",
        "A statistical finding puts the account into a campaign; nobody has looked at it.",
        _ORDER,
        cleared=False,
    ),
    ReasonKind(
        "campaign_weak",
        "posted",
        "allow",
        "A finding puts the account into a campaign with less confidence than the policy asks for.",
        _ORDER,
        cleared=False,
    ),
    ReasonKind(
        "campaign_cleared",
        "posted",
        "allow",
        "A reviewer found that the account is not part of the campaign.",
        _ORDER,
    ),
    ReasonKind(
        "end_use_declared",
        "posted",
        "end_uses.declared",
        "A barred end use is declared, in onboarding, by contract or in the request.",
        _ORDER,
    ),
    ReasonKind(
        "end_use_observed",
        "posted",
        "end_uses.observed",
        "A barred end use was observed with the confidence that the policy asks for.",
        _ORDER,
    ),
    ReasonKind(
        "end_use_doubtful",
        "posted",
        "end_uses.doubtful",
        "A barred end use was observed with less confidence than the policy asks for.",
        _ORDER,
        cleared=False,
    ),
    ReasonKind(
        "end_use_unknown",
        "posted",
        "unknown_end_use",
        "An end use is declared or observed that the policy neither bars nor knows.",
        _ORDER,
        cleared=False,
    ),
    ReasonKind(
        "end_use_cleared",
        "posted",
        "allow",
        "A reviewer found that the end use is not a barred one.",
        _ORDER,
    ),
    ReasonKind(
        "end_customer_undisclosed",
        "resale",
        "end_customers.undisclosed",
        "The account serves others, and the request does not say whom.",
        _ORDER,
        cleared=False,
    ),
    ReasonKind(
        "condition_met",
        "condition",
        "conditions.outcome",
        "A condition that the policy's team wrote holds.",
        _ORDER,
    ),
    ReasonKind(
        "condition_failed",
        "condition",
        "review",
        "A condition could not be evaluated; it is never skipped.",
        _ORDER,
        cleared=False,
    ),
    ReasonKind(
        "wound_down",
        "wind-down",
        "wind_downs.during, new_use or after",
        "A wind-down that stands for itself concerns the customer.",
        _ORDER,
    ),
    ReasonKind(
        "licensed",
        "licence",
        "allow",
        "A licence or exception removes what a rule yields for the customer.",
        _ORDER,
    ),
    ReasonKind(
        "licence_expired",
        "licence",
        "allow",
        "A licence that would remove what a rule yields has expired; the rule stands.",
        _ORDER,
    ),
    ReasonKind(
        "account_unknown",
        "policy",
        "unknown_account",
        "Nothing is known of the account.",
        _GUIDE,
        cleared=False,
    ),
    ReasonKind(
        "question_unknown",
        "policy",
        "review",
        "No policy speaks of what is asked: another action, subject or resource.",
        _GUIDE,
        cleared=False,
    ),
)

BY_CODE: Mapping[str, ReasonKind] = {reason.code: reason for reason in REASONS}


def reference_page() -> Iterator[str]:
    """The lines of the reference page on reasons."""
    yield "# Reasons"
    yield ""
    yield "Every outcome carries at least one of these codes. This page is made from"
    yield "`clearance.policy.reasons.kinds`; a test compares the two."
    yield ""
    yield "| code | found by | outcome, or the policy key that gives it | given when | cleared |"
    yield "|---|---|---|---|---|"
    for reason in REASONS:
        cleared = "yes" if reason.cleared else "no"
        yield (
            f"| `{reason.code}` | {reason.function} | `{reason.outcome}` "
            f"| {reason.when} | {cleared} |"
        )
