"""From facts and findings to one outcome, with every reason that spoke.

1. Region rules judge what the customer declared, whether or not it was identified.
2. Ownership rules judge what the engine found; a rule that failed is review, by its name.
3. The strictest outcome wins. No rule evaluated is review. Unknown is never plain allow, and what
   was allowed without being known says ``cleared`` = false.
4. Reasons come in the order of the policy, region rules first; equal facts give equal bytes.

**Source**: domain text on ownership, section 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clearance.model.dates import text_of_day
from clearance.model.outcome import Outcome
from clearance.model.verdict import Reached
from clearance.policy.codes import Codes
from clearance.policy.decision import Decision
from clearance.policy.document import OwnershipRule, Policy, RegionRule
from clearance.policy.facts import UNIDENTIFIED, Facts
from clearance.policy.owner_reasons import Standing, failed, owned_reasons
from clearance.policy.prepared import Prepared
from clearance.policy.reasons import Reason
from clearance.policy.region_reasons import named, region_reason
from clearance.policy.rules import force_text


class Judge:
    """A policy made ready to decide about many customers.

    **Cost**: about 4 µs a customer; region reasons are made once a code.
    """

    __slots__ = ("_codes", "_none", "_policy", "_regions")

    def __init__(self, policy: Policy, codes: Codes) -> None:
        self._policy = policy
        self._codes = codes
        self._regions: dict[tuple[int, str, str], Reason] = {}
        self._none: dict[tuple[str, int], Sequence[Reason]] = {}

    def decide(self, facts: Facts, standings: Mapping[str, Standing], day: int) -> Decision:
        """The outcome for one customer on a day.

        Args:
            facts: what the customer declared and the register holds.
            standings: the engine's answers by ``OwnershipRule.rule``; for an identified customer
                a missing one counts as failed.
            day: the day that is decided about.
        """
        return self.request(self.account(facts, standings, day))

    def account(self, facts: Facts, standings: Mapping[str, Standing], day: int) -> Prepared:
        """What hangs on the account alone, to be kept for its requests on that day."""
        policy = self._policy
        if not policy.force.covers(day):
            return Prepared(facts, day, (self._not_in_effect(day),))
        reasons: list[Reason | None] = [
            self._region(place, rule, facts) for place, rule in enumerate(policy.region_rules)
        ]
        reasons.append(self._contradiction(facts))
        if facts.unidentified:
            reasons.append(self._unidentified(facts))
        else:
            for owned in policy.ownership:
                reasons += self._owned(owned, standings, facts, day)
        return Prepared(facts, day, tuple(reason for reason in reasons if reason is not None))

    def request(self, prepared: Prepared) -> Decision:
        """The outcome for an account as it was prepared."""
        return _strictest(prepared.reasons)

    def _not_in_effect(self, day: int) -> Reason:
        text = (
            f"policy {self._policy.id} is in effect {force_text(self._policy.force)},"
            f" not on {text_of_day(day)}"
        )
        return Reason("policy_not_in_effect", self._policy.id, Outcome.REVIEW, "", "", text)

    def _region(self, place: int, rule: RegionRule, facts: Facts) -> Reason | None:
        used = next((f for f in (rule.fact, *rule.stand_in) if f in facts.stated), "")
        if not used and rule.unstated is None:
            return None
        code = facts.stated.get(used, "")
        known = self._regions.get((place, used, code))
        if known is None:
            known = region_reason(rule, used, code, self._policy.regions, self._codes)
            self._regions[place, used, code] = known
        return known

    def _contradiction(self, facts: Facts) -> Reason | None:
        declared = facts.stated.get("headquarters", "")
        register = facts.stated.get("register_headquarters", "")
        if not declared or not register or _agree(declared, register):
            return None
        name = self._codes.name
        text = (
            f"declared headquarters {named(declared, name(declared))}, "
            f"but the register says {named(register, name(register))}"
        )
        outcome = self._policy.contradiction
        return Reason("headquarters_contradicted", "headquarters", outcome, "", "", text)

    def _unidentified(self, facts: Facts) -> Reason | None:
        if not self._policy.ownership:
            return None
        outcome = self._policy.unidentified
        if facts.doubt != UNIDENTIFIED:
            outcome = max(outcome, Outcome.REVIEW)
        return Reason(facts.doubt, "", outcome, "", "", facts.unidentified)

    def _owned(
        self, owned: OwnershipRule, standings: Mapping[str, Standing], facts: Facts, day: int
    ) -> Sequence[Reason]:
        standing = standings.get(owned.rule)
        if standing is None:
            return [failed(owned, f"{owned.rule} was not evaluated")]
        if standing.failed:
            return [failed(owned, f"{owned.rule} could not be evaluated: {standing.failed}")]
        plain = standing.reached is Reached.NO and standing.level is None and not standing.could
        if not plain or not standing.in_force:
            silent = owned.undeclared_for(facts.segment, facts.revenue)
            return owned_reasons(owned, standing, silent, day)
        known = self._none.get((owned.rule, day))
        if known is None:
            known = self._none[owned.rule, day] = owned_reasons(owned, standing, Outcome.ALLOW, day)
        return known


def _strictest(reasons: Sequence[Reason]) -> Decision:
    if not reasons:
        text = "the policy has no rule for what is known of this customer"
        reasons = (Reason("no_rule_evaluated", "", Outcome.REVIEW, "", "", text),)
    return Decision(max(reason.outcome for reason in reasons), tuple(reasons))


def _agree(declared: str, register: str) -> bool:
    """Do two codes fit: the same, or one a part of the other?"""
    if declared == register:
        return True
    return declared.startswith(f"{register}-") or register.startswith(f"{declared}-")
