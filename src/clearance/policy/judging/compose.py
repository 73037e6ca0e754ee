"""From reasons to one outcome, in one order.

1. Rules yield reasons; weak evidence that agrees, and a network beside a fact about the
   organisation, yield what the policy says of the two together.
2. Rules that do not apply to the service, model or channel are left out.
3. A wind-down replaces the outcome of the rule it names.
4. A licence removes what its rules yield.
5. The strictest of the rest is the outcome. No rule evaluated is review.

An end customer's wind-downs and licences are its own, and so are the holder's.

**Source**: docs/adr/0027-a-decision-has-one-order.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from clearance.model.dates import text_of_day
from clearance.model.outcome import Outcome
from clearance.policy.asked import Action
from clearance.policy.clauses.licences import Licence
from clearance.policy.clauses.winddown import Begun
from clearance.policy.decision import Decision, Licensed, Phase, Winding
from clearance.policy.judging.prepared import Core
from clearance.policy.reasons.reason import Reason, grounded

Applies: TypeAlias = Callable[[tuple[str, ...]], bool]
"""Does a rule for these services, models or channels apply?"""

_NO_RULE = Reason(
    "no_rule_evaluated",
    "",
    Outcome.REVIEW,
    "",
    "",
    "the policy has no rule for what is known of this customer",
)


@dataclass(slots=True)
class Settled:
    """What is left of one party's reasons, and what was done to them."""

    reasons: list[Reason] = field(default_factory=list)
    windings: list[Winding] = field(default_factory=list)
    licences: list[Licensed] = field(default_factory=list)


def settled(
    reasons: Sequence[Reason], core: Core, applies: Applies, action: Action, day: int
) -> Settled:
    """One party's reasons after scope, wind-downs and licences."""
    left = Settled([one for one in reasons if not one.applies_to or applies(one.applies_to)])
    for begun in core.begun:
        if applies(begun.wind_down.ground.applies_to):
            _wind_down(left, begun, action, day)
    held = [licence for licence in core.licences if applies(licence.ground.applies_to)]
    if held:
        kept = [one for reason in left.reasons for one in _licensed(left, reason, held, day)]
        left.reasons = list(dict.fromkeys(kept))
    return left


def of_end_customer(judged: Settled) -> Settled:
    """An end customer's reasons, saying whose they are; without any it is left to people."""
    reasons = judged.reasons or [_NO_RULE]
    judged.reasons = [replace(one, text=f"end customer: {one.text}") for one in reasons]
    return judged


def strictest(parts: Sequence[Settled], review_allows: bool) -> Decision:
    """The outcome of all that is left."""
    reasons = [reason for part in parts for reason in part.reasons] or [_NO_RULE]
    windings = [winding for part in parts for winding in part.windings]
    return Decision(
        max([reason.outcome for reason in reasons]),
        tuple(reasons),
        min(windings, key=lambda one: (one.exit, one.id)) if windings else None,
        tuple([licensed for part in parts for licensed in part.licences]),
        review_allows,
    )


def _wind_down(left: Settled, begun: Begun, action: Action, day: int) -> None:
    rule = begun.wind_down.rule
    if rule and not any(_ends_use(reason, rule) for reason in left.reasons):
        return
    winding = begun.on(day)
    left.windings.append(winding)
    if not rule and winding.phase is not Phase.BEFORE:
        left.reasons.append(_ordered(begun, winding, action))
    elif rule and winding.phase is Phase.RUNNING:
        left.reasons = [
            _softened(reason, begun, winding, action) if _ends_use(reason, rule) else reason
            for reason in left.reasons
        ]


def _ends_use(reason: Reason, rule: str) -> bool:
    return reason.rule == rule and bool(reason.basis) and reason.outcome > Outcome.REVIEW


def _softened(reason: Reason, begun: Begun, winding: Winding, action: Action) -> Reason:
    text = f"{reason.text}; {_clocks(winding)}"
    return replace(reason, outcome=_running(begun, action), text=text)


def _ordered(begun: Begun, winding: Winding, action: Action) -> Reason:
    plan = begun.wind_down
    outcome = plan.after if winding.phase is Phase.OVER else _running(begun, action)
    ground = replace(plan.ground, ordered_by=begun.ordered_by)
    return grounded("wound_down", plan.id, outcome, ground, _clocks(winding))


def _running(begun: Begun, action: Action) -> Outcome:
    plan = begun.wind_down
    return plan.new_use if action is Action.SIGN_UP else plan.during


def _clocks(winding: Winding) -> str:
    new, last = text_of_day(winding.no_new_use), text_of_day(winding.exit - 1)
    return f"wind-down {winding.id}: nothing new from {new}, use ends with {last}"


def _licensed(left: Settled, reason: Reason, held: Sequence[Licence], day: int) -> Iterator[Reason]:
    fitting = [one for one in held if reason.rule in one.rules] if reason.basis else []
    if reason.outcome is Outcome.ALLOW or not fitting:
        yield reason
        return
    valid = next((one for one in fitting if one.force.covers(day)), None)
    if valid is None:
        yield reason
        yield from (_expired(one) for one in fitting if one.force.end <= day)
        return
    until = valid.force.end
    left.licences.append(Licensed(valid.id, valid.owner, until, valid.ground.citation, reason))
    text = f"licence {valid.id}, last day {text_of_day(until - 1)}, removes {reason.code}"
    yield grounded("licensed", reason.rule, Outcome.ALLOW, valid.ground, text)


def _expired(licence: Licence) -> Reason:
    text = f"licence {licence.id} expired; its last day was {text_of_day(licence.force.end - 1)}"
    return grounded("licence_expired", licence.id, Outcome.ALLOW, licence.ground, text)


def raised(reasons: Sequence[Reason], by: Mapping[Reason, Reason]) -> Sequence[Reason]:
    """The reasons with some of them replaced."""
    return [by.get(reason, reason) for reason in reasons] if by else reasons
