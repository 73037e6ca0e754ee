"""What the engine's answer under one regime record yields, as a policy says.

| finding | policy key |
|---|---|
| certain, level bars | ``certain`` (deny) |
| certain, level presumed | ``presumed`` |
| possible | ``possible`` (review) |
| no, with a control finding | ``control`` |
| no, but the undeclared rest could pass | ``undeclared``, by class and revenue |
| no | allow |

**Source**: docs/guides/policies.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clearance.model.dates import text_of_day
from clearance.model.outcome import Outcome
from clearance.model.quick import quick
from clearance.model.rule import Level, Rule
from clearance.model.share import rounded_percent
from clearance.model.verdict import Finding, Reached
from clearance.policy.clauses.cases import Yield, yielded
from clearance.policy.document import OwnershipRule
from clearance.policy.facts import Facts
from clearance.policy.reasons.reason import Reason, grounded
from clearance.policy.words.say import asked_text, attributed_text, control_text


@quick
@dataclass(frozen=True, slots=True)
class Standing:
    """What the engine says of a customer under one regime record.

    **Shape**: ``could``: the undeclared rest could pass the threshold. ``finding`` explains, and
    may be left out where nothing was found. ``failed`` says why the rule could not be evaluated.
    """

    rule: Rule
    reached: Reached = Reached.NO
    level: Level | None = None
    could: bool = False
    in_force: bool = True
    finding: Finding | None = None
    failed: str = ""

    @property
    def is_plain(self) -> bool:
        """Does the rule, in force and evaluated, say nothing of the customer?"""
        said = self.reached is not Reached.NO or self.level is not None or self.could
        odd = not self.in_force or self.failed
        return not (said or odd or self.finding is not None)


def owned_reasons(
    owned: OwnershipRule, standing: Standing, facts: Facts, day: int
) -> Sequence[Reason]:
    """What a regime record's answer yields under a policy's ownership rule on a day.

    Two reasons where a party is not reached, is controlled, and has an undeclared rest: the rest
    is counted apart and shown always.
    """
    rule, finding = standing.rule, standing.finding
    if not standing.in_force:
        text = f"{rule.title}: not in force on {text_of_day(day)}; reaches nobody"
        return [_owner_said("rule_not_in_force", owned, Outcome.ALLOW, text)]
    tests = asked_text(rule, day)
    if standing.reached is Reached.NO:
        return _not_reached(owned, standing, yielded(owned.undeclared, facts, day), tests)
    held = attributed_text(finding)
    if standing.reached is Reached.CERTAIN and standing.level is Level.PRESUMED:
        text = f"{rule.title}: control is presumed, {held}{control_text(finding)}"
        return [_owner_said("ownership_presumed", owned, owned.presumed, text)]
    if standing.reached is Reached.CERTAIN:
        text = f"{rule.title}: {held} ({tests})"
        return [_owner_said("ownership_certain", owned, owned.certain, text)]
    text = f"{rule.title}: may be reached, {held} ({tests})"
    found = yielded(owned.possible, facts, day)
    return [_owner_said("ownership_possible", owned, found.outcome, text, found.attestation)]


def _not_reached(
    owned: OwnershipRule, standing: Standing, silent: Yield, tests: str
) -> Sequence[Reason]:
    title, finding, found = standing.rule.title, standing.finding, []
    if standing.level is not None:
        text = f"{title}: not owned ({tests}){control_text(finding)}"
        found.append(_owner_said("ownership_control", owned, owned.control, text))
    if standing.could:
        rest = finding.undeclared if finding is not None else None
        much = f"the undeclared {rounded_percent(rest)} %" if rest else "the undeclared rest"
        text = f"{title}: not reached on what is stated, but {much} could pass ({tests})"
        found.append(
            _owner_said("ownership_undeclared", owned, silent.outcome, text, silent.attestation)
        )
    if not found:
        text = f"{title}: not reached ({tests})"
        found.append(_owner_said("ownership_none", owned, Outcome.ALLOW, text))
    return found


def failed(owned: OwnershipRule, text: str) -> Reason:
    """A rule that could not be evaluated: review, with its name."""
    return _owner_said("rule_failed", owned, Outcome.REVIEW, text)


def _owner_said(
    code: str, owned: OwnershipRule, outcome: Outcome, text: str, attestation: str = ""
) -> Reason:
    return grounded(code, owned.rule, outcome, owned.ground, text, attestation=attestation)
