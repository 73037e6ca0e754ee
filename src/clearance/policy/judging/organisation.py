"""What is known of a customer as an organisation: where it is, who owns it, whether it is known.

1. Region rules judge what the customer declared, whether or not it was identified.
2. Ownership rules judge what the engine found; a rule that failed is review, by its name.
3. Reasons come in the order of the policy, region rules first; equal facts give equal reasons.

**Source**: docs/guides/policies.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from clearance.model.outcome import Outcome
from clearance.model.verdict import Reached
from clearance.policy.clauses.cases import Yield, yielded
from clearance.policy.codes import Codes
from clearance.policy.document import OwnershipRule, Policy, RegionRule
from clearance.policy.facts import UNIDENTIFIED, Facts
from clearance.policy.judging.kept import Kept
from clearance.policy.judging.networks import NETWORK
from clearance.policy.reasons.owners import Standing, failed, owned_reasons
from clearance.policy.reasons.reason import Reason
from clearance.policy.reasons.regions import named, region_reason, unstated_reason

Standings: TypeAlias = Mapping[str, Standing]
"""The engine's answers by the id of the regime record."""

Clause: TypeAlias = Callable[[Facts, Standings, int], Sequence[Reason]]
"""One rule made ready: what it says of a customer on a day."""

_MOST = 1 << 14
"""Reasons kept a rule: more than there are codes."""


def clauses(policy: Policy, codes: Codes) -> Sequence[Clause]:
    """The rules about an organisation, in the policy's order."""
    return [
        *(_region(rule, policy, codes) for rule in policy.region_rules if rule.fact != NETWORK),
        _contradiction(policy, codes),
        *([_identity(policy)] if policy.ownership else []),
        *(_owned(owned) for owned in policy.ownership),
    ]


def _region(rule: RegionRule, policy: Policy, codes: Codes) -> Clause:
    looked = (rule.fact, *rule.stand_in)
    made = Kept[tuple[str, str], Sequence[Reason]](_MOST)
    unstated = Kept[Yield, Sequence[Reason]](_MOST)
    missing = rule.unstated

    def clause(facts: Facts, standings: Standings, day: int) -> Sequence[Reason]:
        stated = facts.stated
        for used in looked:
            if used in stated:
                key = (used, stated[used])
                return made.get(key) or made.put(
                    key, (region_reason(rule, *key, policy.regions, codes),)
                )
        if missing is None:
            return ()
        found = yielded(missing, facts, day)
        return unstated.get(found) or unstated.put(found, (unstated_reason(rule, found),))

    return clause


def _contradiction(policy: Policy, codes: Codes) -> Clause:
    made = Kept[tuple[str, str], Sequence[Reason]](_MOST)

    def reason(declared: str, register: str) -> Reason:
        text = (
            f"declared headquarters {named(declared, codes.name(declared))}, "
            f"but the register says {named(register, codes.name(register))}"
        )
        code = "headquarters_contradicted"
        return Reason(code, "headquarters", policy.contradiction, "", "", text)

    def clause(facts: Facts, standings: Standings, day: int) -> Sequence[Reason]:
        declared = facts.stated.get("headquarters", "")
        register = facts.stated.get("register_headquarters", "")
        if not declared or not register or _agree(declared, register):
            return ()
        key = (declared, register)
        return made.get(key) or made.put(key, (reason(*key),))

    return clause


def _identity(policy: Policy) -> Clause:
    made = Kept[tuple[str, str, Yield], Sequence[Reason]](_MOST)

    def reason(doubt: str, text: str, found: Yield) -> Reason:
        outcome = found.outcome
        if doubt != UNIDENTIFIED:
            outcome = max(outcome, Outcome.REVIEW)
        return Reason(doubt, "", outcome, "", "", text, attestation=found.attestation)

    def clause(facts: Facts, standings: Standings, day: int) -> Sequence[Reason]:
        if not facts.unidentified:
            return ()
        key = (facts.doubt, facts.unidentified, yielded(policy.unidentified, facts, day))
        return made.get(key) or made.put(key, (reason(*key),))

    return clause


def _owned(owned: OwnershipRule) -> Clause:
    """Whoever is like nobody has no owners to judge; a missing answer counts as failed."""
    silent = Kept[object, Sequence[Reason]](_MOST)

    def clause(facts: Facts, standings: Standings, day: int) -> Sequence[Reason]:
        if facts.unidentified:
            return ()
        standing = standings.get(owned.rule)
        if standing is None:
            return (failed(owned, f"{owned.rule} was not evaluated"),)
        if standing.failed:
            why = f"{owned.rule} could not be evaluated: {standing.failed}"
            return (failed(owned, why),)
        if not _is_silent(standing):
            return owned_reasons(owned, standing, facts, day)
        rest = standing.finding.undeclared if standing.finding is not None else None
        case = yielded(owned.undeclared, facts, day) if standing.could else None
        key = (day, standing.could, rest, case)
        return silent.get(key) or silent.put(key, owned_reasons(owned, standing, facts, day))

    return clause


def _is_silent(standing: Standing) -> bool:
    """Does the rule say nothing of the party but how much is undeclared?"""
    return standing.reached is Reached.NO and standing.level is None and standing.in_force


def _agree(declared: str, register: str) -> bool:
    """Do two codes fit: the same, or one a part of the other?"""
    if declared == register:
        return True
    return declared.startswith(f"{register}-") or register.startswith(f"{declared}-")
