"""What an operator posted about conduct: campaigns and barred end uses, whoever the customer is.

1. A statistical finding that nobody looked at is a suspicion: its outcome is at most review.
2. Who was cleared stays cleared, however often a machine finds it again, until the clearing ends
   or a reviewer confirms a later finding.
3. An end use is declared or observed; an observation counts with the confidence a policy asks for.
   No class of customer is exempt.
4. A use that the policy neither bars nor knows may be a barred one in other words, or one that
   was mistyped: it is unknown, never passed over.

**Source**: docs/adr/0027-a-decision-has-one-order.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from clearance.model.outcome import Outcome
from clearance.policy.clauses.ground import Ground
from clearance.policy.facts import CAMPAIGN, END_USE, Facts, Manner, Posted
from clearance.policy.reasons.reason import Evidence, Reason, grounded


@dataclass(frozen=True, slots=True)
class CampaignRule:
    """What membership in a campaign yields.

    **Shape**: ``member`` where a reviewer confirmed it, ``unreviewed`` (at most review) where a
    finding has at least ``confidence`` percent and nobody looked.
    """

    id: str
    ground: Ground
    member: Outcome
    unreviewed: Outcome
    confidence: int


@dataclass(frozen=True, slots=True)
class EndUseRule:
    """What a barred end use yields.

    **Shape**: ``uses`` sorted; ``observed`` from ``confidence`` percent on or where a reviewer
    confirmed it, ``doubtful`` below.
    """

    id: str
    ground: Ground
    uses: tuple[str, ...]
    declared: Outcome
    observed: Outcome
    doubtful: Outcome
    confidence: int


def campaign_reasons(rule: CampaignRule, facts: Facts, day: int) -> Iterator[Reason]:
    """What the posted memberships of an account yield, each by itself."""
    for one, cleared in _weighed(facts, CAMPAIGN, day):
        code, outcome, found = _membership(rule, one, cleared)
        yield _said(rule.id, rule.ground, one, (code, outcome, f"campaign {one.value}: {found}"))


def end_use_reasons(rule: EndUseRule, facts: Facts, day: int) -> Iterator[Reason]:
    """What the posted end uses of an account yield, each by itself."""
    for one, cleared in _weighed(facts, END_USE, day):
        if one.value in rule.uses:
            code, outcome, found = _use(rule, one, cleared)
            yield _said(rule.id, rule.ground, one, (code, outcome, f"{one.value}: {found}"))


def declared_use(rules: Sequence[EndUseRule], use: str) -> tuple[Reason, ...]:
    """What an end use that a request declares yields."""
    return tuple(
        grounded(
            "end_use_declared",
            rule.id,
            rule.declared,
            rule.ground,
            f"{use}: declared in the request",
            evidence=(Evidence(END_USE, use, "request"),),
        )
        for rule in rules
        if use in rule.uses
    )


def unknown_uses(
    known: Collection[str], outcome: Outcome, facts: Facts, day: int
) -> Iterator[Reason]:
    """What the posted end uses yield that no word of the policy names, each by itself."""
    for one, cleared in _weighed(facts, END_USE, day):
        if not cleared and one.value not in known:
            evidence = Evidence(one.kind, one.value, one.source, one.since)
            yield _unknown(outcome, f"{one.manner.value} by {one.source}", evidence)


def unknown_use(outcome: Outcome, use: str) -> Reason:
    """What an end use yields that a request declares and no word of the policy names."""
    return _unknown(outcome, "declared in the request", Evidence(END_USE, use, "request"))


def _unknown(outcome: Outcome, how: str, evidence: Evidence) -> Reason:
    text = f"{evidence.value}: {how}; the policy does not know that use"
    return Reason("end_use_unknown", "", outcome, "", "", text, evidence=(evidence,))


def _membership(rule: CampaignRule, one: Posted, cleared: bool) -> tuple[str, Outcome, str]:
    if cleared:
        return "campaign_cleared", Outcome.ALLOW, "a reviewer cleared the account"
    if one.reviewer:
        return "campaign_member", rule.member, "a reviewer confirmed that the account is part of it"
    sure = f"found by {one.source} with a confidence of {one.confidence} %, not reviewed"
    if one.confidence >= rule.confidence:
        return "campaign_suspected", rule.unreviewed, sure
    return "campaign_weak", Outcome.ALLOW, f"{sure}; the policy asks for {rule.confidence} %"


def _use(rule: EndUseRule, one: Posted, cleared: bool) -> tuple[str, Outcome, str]:
    if cleared:
        return "end_use_cleared", Outcome.ALLOW, "a reviewer found that it is not the use"
    if one.manner is Manner.DECLARED:
        return "end_use_declared", rule.declared, f"declared, says {one.source}"
    sure = f"observed by {one.source} with a confidence of {one.confidence} %"
    if one.reviewer or one.confidence >= rule.confidence:
        return "end_use_observed", rule.observed, sure
    return "end_use_doubtful", rule.doubtful, f"{sure}; the policy asks for {rule.confidence} %"


def _weighed(facts: Facts, kind: str, day: int) -> Sequence[tuple[Posted, bool]]:
    """The facts of a kind that are held on the day, in order, and whether each was cleared."""
    held = facts.held(kind, day) if facts.posted else ()
    clearings = [one for one in held if one.manner is Manner.CLEARED and one.reviewer]
    stated = [one for one in held if one.manner is not Manner.CLEARED]
    stated.sort(key=lambda one: (one.value, one.source, one.since, one.until, one.confidence))
    return [(one, any(_clears(clearing, one) for clearing in clearings)) for one in stated]


def _clears(clearing: Posted, one: Posted) -> bool:
    confirmed_since = bool(one.reviewer) and one.since > clearing.since
    return clearing.value in ("", one.value) and not confirmed_since


def _said(id: str, ground: Ground, one: Posted, found: tuple[str, Outcome, str]) -> Reason:
    code, outcome, text = found
    evidence = Evidence(one.kind, one.value, one.source, one.since)
    return grounded(code, id, outcome, ground, text, evidence=(evidence,))
