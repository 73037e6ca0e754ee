"""How a decision is composed, slowly: every reason by itself, in the words of the ADR.

No caches, no sharing: what counts is who is spoken of (an end customer, or the holder), then each
step once over all reasons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clearance.model.outcome import Outcome
from clearance.policy.document import Policy
from clearance.policy.facts import Facts, Manner, Posted
from clearance.policy.reasons.reason import Reason


@dataclass(frozen=True)
class Told:
    """What a request told, as far as the order needs it."""

    service: str = ""
    model: str = ""
    sign_up: bool = False


def outcome(
    policy: Policy, facts: Facts, reasons: Sequence[Reason], told: Told, day: int
) -> Outcome:
    """The outcome of reasons about a direct customer."""
    kept = [one for one in reasons if applies(one.applies_to, told)]
    found = [after_wind_down(policy, facts, one, told, day) for one in kept]
    left = [
        Outcome.ALLOW if licensed(policy, facts, one, told, day) else outcome
        for one, outcome in zip(kept, found, strict=True)
    ]
    left += standing_alone(policy, facts, told, day)
    return max(left) if left else Outcome.REVIEW


def applies(words: Sequence[str], told: Told) -> bool:
    """Is a rule for these meant?"""
    asked: Mapping[str, str] = {
        "service": told.service,
        "model": told.model,
        "channel": "direct",
    }
    for kind, value in asked.items():
        wanted = [word for word in words if word.startswith(f"{kind}:")]
        if wanted and value and f"{kind}:{value}" not in wanted:
            return False
    return True


def after_wind_down(policy: Policy, facts: Facts, reason: Reason, told: Told, day: int) -> Outcome:
    """A reason's outcome, or that of the wind-down that is running."""
    if reason.outcome not in (Outcome.SUSPEND, Outcome.DENY) or not reason.basis:
        return reason.outcome
    for plan in policy.wind_downs:
        if plan.rule != reason.rule or plan.start is None:
            continue
        if plan.classes and facts.segment not in plan.classes:
            continue
        if facts.opened >= plan.start:
            continue
        running = plan.start <= day < plan.term.exit(plan.start)
        if not running or not applies(plan.ground.applies_to, told):
            return reason.outcome
        return plan.new_use if told.sign_up else plan.during
    return reason.outcome


def standing_alone(policy: Policy, facts: Facts, told: Told, day: int) -> list[Outcome]:
    """What an ordered wind-down that names no rule yields."""
    for plan in policy.wind_downs:
        orders = [
            one.since
            for one in facts.posted
            if one.kind == "wind_down" and one.value == plan.id and _said(one, day)
        ]
        if plan.rule or not orders or facts.opened >= min(orders):
            continue
        if day >= plan.term.exit(min(orders)):
            return [plan.after]
        return [plan.new_use if told.sign_up else plan.during]
    return []


def licensed(policy: Policy, facts: Facts, reason: Reason, told: Told, day: int) -> bool:
    """Does a licence in force remove the reason?"""
    if not reason.basis:
        return False
    for licence in policy.licences:
        held = facts.customer in licence.customers or facts.segment in licence.classes
        held |= licence.posted and any(
            one.kind == "licence" and one.value == licence.id and _said(one, day)
            for one in facts.posted
        )
        in_force = licence.force.start <= day < licence.force.end
        meant = reason.rule in licence.rules and applies(licence.ground.applies_to, told)
        if held and in_force and meant:
            return True
    return False


def _said(one: Posted, day: int) -> bool:
    return one.since <= day < one.until and one.manner is not Manner.CLEARED
