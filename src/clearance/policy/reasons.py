"""Every reason a decision can give: one table, from which docs and answers are made.

1. A code never changes its meaning; a new meaning is a new code.
2. ``outcome`` names the outcome or the policy key that yields it.
3. ``cleared`` is false where an ``allow`` rests on something nobody told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clearance.model.outcome import Outcome
from clearance.policy.ground import Ground


@dataclass(frozen=True, slots=True)
class ReasonKind:
    """One row: the code, what finds it, what it yields, when it is given, where that stands."""

    code: str
    function: str
    outcome: str
    when: str
    source: str
    cleared: bool = True


_OWN = "domain text on ownership, section 4"
_POLICY = "domain text on decisions, section 2"
_MATCHING = "docs/adr/0022-rules-above-the-model.md"

REASONS = (
    ReasonKind(
        "region_unsupported",
        "region",
        "region_rules.outcome",
        "A declared fact lies in a region that the policy does not support.",
        _POLICY,
    ),
    ReasonKind(
        "region_unlisted",
        "region",
        "regions.unlisted",
        "A declared fact lies in a region that the policy's list does not name.",
        _POLICY,
    ),
    ReasonKind(
        "region_unknown",
        "region",
        "regions.unknown",
        "A declared region is no ISO 3166 code.",
        _POLICY,
        cleared=False,
    ),
    ReasonKind(
        "region_unstated",
        "region",
        "region_rules.unstated",
        "A fact that the policy asks for is not declared.",
        _POLICY,
        cleared=False,
    ),
    ReasonKind(
        "location_unknown",
        "region",
        "region_rules.unstated",
        "Neither headquarters nor incorporation are declared.",
        "domain text on ownership, section 2",
        cleared=False,
    ),
    ReasonKind(
        "region_supported",
        "region",
        "allow",
        "Every declared fact that the policy judges lies in a supported region.",
        _POLICY,
    ),
    ReasonKind(
        "headquarters_contradicted",
        "contradiction",
        "contradiction",
        "The declared headquarters differ from the register's.",
        _OWN,
        cleared=False,
    ),
    ReasonKind(
        "unidentified",
        "matching",
        "unidentified",
        "The customer is like no party of the reference data.",
        _OWN,
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
        _OWN,
    ),
    ReasonKind(
        "ownership_presumed",
        "ownership",
        "ownership.presumed",
        "The rule presumes control; the presumption can be rebutted.",
        _OWN,
    ),
    ReasonKind(
        "ownership_possible",
        "ownership",
        "ownership.possible",
        "The rule may reach the party: what is stated allows both.",
        _OWN,
        cleared=False,
    ),
    ReasonKind(
        "ownership_control",
        "ownership",
        "ownership.control",
        "The ownership test fails, but a restricted party has a control interest.",
        _OWN,
    ),
    ReasonKind(
        "ownership_undeclared",
        "ownership",
        "ownership.undeclared",
        "Nothing stated reaches the party, but the undeclared rest could.",
        _OWN,
        cleared=False,
    ),
    ReasonKind(
        "ownership_none",
        "ownership",
        "allow",
        "The rule does not reach the party, whatever the open ranges turn out to be.",
        _OWN,
    ),
    ReasonKind(
        "rule_not_in_force",
        "ownership",
        "allow",
        "The rule is not in force on the day; it reaches nobody.",
        "domain text on ownership, section 2",
    ),
    ReasonKind(
        "rule_failed",
        "ownership",
        "review",
        "The rule could not be evaluated; it is never skipped.",
        _POLICY,
        cleared=False,
    ),
    ReasonKind(
        "policy_not_in_effect",
        "policy",
        "review",
        "The policy is not in effect on the day.",
        _POLICY,
        cleared=False,
    ),
    ReasonKind(
        "no_rule_evaluated",
        "policy",
        "review",
        "No rule of the policy could be held against the customer.",
        _POLICY,
        cleared=False,
    ),
)

BY_CODE: Mapping[str, ReasonKind] = {reason.code: reason for reason in REASONS}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an outcome was given.

    **Shape**: ``code`` as in the table of reasons; ``rule`` the regime record's id or the fact a
    region rule judged; ``basis`` and ``citation`` empty where the reason is the policy's own
    machinery; ``text`` one sentence with the facts; ``applies_to`` sorted.
    """

    code: str
    rule: str
    outcome: Outcome
    basis: str
    citation: str
    text: str
    ordered_by: str = ""
    applies_to: tuple[str, ...] = ()

    @property
    def cleared(self) -> bool:
        """Does it rest on what is known?"""
        return BY_CODE[self.code].cleared


def grounded(code: str, rule: str, outcome: Outcome, ground: Ground, text: str) -> Reason:
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
    )


def reference_page() -> Iterator[str]:
    """The lines of the reference page on reasons."""
    yield "# Reasons"
    yield ""
    yield "Every outcome of `screen` carries at least one of these codes. This page is made from"
    yield "`clearance.policy.reasons`; a test compares the two."
    yield ""
    yield "| code | found by | outcome, or the policy key that gives it | given when | cleared |"
    yield "|---|---|---|---|---|"
    for reason in REASONS:
        cleared = "yes" if reason.cleared else "no"
        yield (
            f"| `{reason.code}` | {reason.function} | `{reason.outcome}` "
            f"| {reason.when} | {cleared} |"
        )
