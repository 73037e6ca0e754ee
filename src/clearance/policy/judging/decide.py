"""From facts, findings and a request to one outcome, with every reason that spoke.

1. The account's part (where it is, who owns it, what was posted) is made once a day; the request's
   part (network, phone, end use, end customer, conditions) once a request. Both are one policy.
2. The strictest outcome wins. No rule evaluated is review. Unknown is never plain allow, and what
   was allowed without being known says ``cleared`` = false.
3. Reasons come in the order of the policy; equal facts give equal bytes.
4. Without a request, what only a request can tell is not judged.

**Source**: docs/adr/0027-a-decision-has-one-order.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clearance.model.dates import text_of_day
from clearance.model.outcome import Outcome
from clearance.network.origin import Origin
from clearance.policy.asked import Action, Asked
from clearance.policy.clauses.conditions import Compiled
from clearance.policy.clauses.conduct import (
    campaign_reasons,
    declared_use,
    end_use_reasons,
    unknown_use,
    unknown_uses,
)
from clearance.policy.clauses.ground import fits
from clearance.policy.clauses.resale import EndCustomerRule, undisclosed
from clearance.policy.clauses.winddown import begun
from clearance.policy.codes import Codes
from clearance.policy.decision import Decision
from clearance.policy.document import Policy
from clearance.policy.facts import Facts
from clearance.policy.judging.compose import Applies, of_end_customer, raised, settled, strictest
from clearance.policy.judging.kept import Kept
from clearance.policy.judging.networks import Seen, seen
from clearance.policy.judging.organisation import Standings, clauses
from clearance.policy.judging.prepared import Core, Prepared
from clearance.policy.judging.together import Together
from clearance.policy.reading.rules import force_text
from clearance.policy.reasons.reason import Reason
from clearance.policy.reasons.regions import region_reason

_MOST = 1 << 16
_UNSEEN = Seen()
_SCOPES = ("service", "model")


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """All requests of one day of which the policy says the same, whoever asks.

    Compared by identity.
    """

    where: Seen


class Judge:
    """A policy made ready to decide about many customers and requests.

    **Cost**: with twenty rules about 6 µs an account, half a µs a request like an earlier one of a
    like account, 6 µs for one that is unlike any; see docs/benchmark-decisions.md. Memory is
    bounded.
    """

    def __init__(self, policy: Policy, codes: Codes) -> None:
        self._policy = policy
        self._codes = codes
        self._clauses = clauses(policy, codes)
        compiled = [Compiled(condition) for condition in policy.conditions]
        self._of_account = [one for one in compiled if not one.condition.of_request]
        self._of_request = [one for one in compiled if one.condition.of_request]
        self._together = Together.of(policy)
        self._phones = [rule for rule in policy.region_rules if rule.fact == "phone"]
        self._harmless = {"", *policy.known_end_uses}
        self._uses = policy.barred_uses().union(policy.known_end_uses)
        self._scoped = _scoped(policy)
        self._cores = Kept[object, Core](_MOST)
        self._seen = Kept[tuple[int, int], tuple[Origin | None, Seen]](_MOST)
        self._alike = Kept[object, Seen](_MOST)
        self._views = Kept[object, View](_MOST)

    def decide(
        self, facts: Facts, standings: Standings, day: int, asked: Asked | None = None
    ) -> Decision:
        """The outcome for one customer on a day, or for one request of its.

        Args:
            facts: what the customer declared, the register holds and operators posted.
            standings: the engine's answers by ``OwnershipRule.rule``; for an identified customer
                a missing one counts as failed.
            day: the day that is decided about.
            asked: the request, ``None`` where the customer itself is judged.
        """
        return self.request(self.account(facts, standings, day), asked)

    def account(self, facts: Facts, standings: Standings, day: int) -> Prepared:
        """What hangs on the account alone, to be kept for its requests on that day."""
        policy = self._policy
        if not policy.force.covers(day):
            return Prepared(facts, day, self._not_in_effect(day))
        organisation = tuple(
            [reason for clause in self._clauses for reason in clause(facts, standings, day)]
        )
        conduct = tuple(self._conduct(facts, day)) if facts.posted or self._of_account else ()
        plans = tuple(begun(policy.wind_downs, facts, day)) if policy.wind_downs else ()
        held = tuple([one for one in policy.licences if one.held_by(facts, day)])
        key = (
            day,
            facts.channel,
            tuple(map(id, organisation)),
            conduct,
            tuple((id(plan.wind_down), plan.start, plan.ordered_by) for plan in plans),
            tuple(map(id, held)),
        )
        core = self._cores.get(key) or self._cores.put(
            key, Core(organisation, conduct, plans, held, facts.channel)
        )
        return Prepared(facts, day, core)

    def unknown_account(self, day: int) -> Prepared:
        """An account of which nothing is known."""
        text = "nothing is known of the account"
        reason = Reason("account_unknown", "", self._policy.unknown_account, "", "", text)
        key = (day, "account_unknown")
        core = self._cores.get(key) or self._cores.put(key, Core((reason,)))
        return Prepared(Facts({}), day, core)

    def request(self, prepared: Prepared, asked: Asked | None = None) -> Decision:
        """The outcome for a request of an account that was prepared on the day."""
        if asked is None:
            return self._plain(prepared)
        return self.viewed(prepared, asked, self.view(asked, prepared.day))

    def view(self, asked: Asked, day: int) -> View:
        """What of a request on a day the policy looks at, whoever asks."""
        where = self._where(asked.origin, day)
        key = (
            asked.action,
            self._scope(asked) if self._scoped else None,
            where,
            asked.phone if self._phones else "",
            asked.end_use if self._uses and asked.end_use not in self._harmless else "",
            asked.end_customer.core if asked.end_customer is not None else None,
        )
        return self._views.get(key) or self._views.put(key, View(where))

    def viewed(self, prepared: Prepared, asked: Asked, view: View) -> Decision:
        """The outcome for a request of which the view was made, on the same day."""
        core = prepared.core
        if not core.in_effect:
            return self._plain(prepared)
        met = self._met(prepared, asked) if self._of_request else ()
        key = (view, met) if met else view
        return core.decided.get(key) or core.decided.put(
            key, self._composed(prepared, asked, view.where, met)
        )

    def _plain(self, prepared: Prepared) -> Decision:
        decided = prepared.core.decided
        return decided.get(None) or decided.put(None, self._composed(prepared, None, _UNSEEN, ()))

    def _composed(
        self, prepared: Prepared, asked: Asked | None, where: Seen, met: Sequence[Reason]
    ) -> Decision:
        core, day = prepared.core, prepared.day
        holder, end = self._parties(core, asked)
        own = [*holder, *core.conduct, *met, *where.reasons, *self._told(asked)]
        theirs = () if end is None else (*end.organisation, *end.conduct)
        together = self._together.raised([*theirs, *own], where)
        action = asked.action if asked is not None else Action.USE
        applies = _applies(core, asked)
        parts = [settled(raised(own, together), core, applies, action, day)]
        if end is not None:
            judged = settled(raised(theirs, together), end, applies, action, day)
            parts.insert(0, of_end_customer(judged))
        return strictest(parts, self._policy.review_allows)

    def _parties(self, core: Core, asked: Asked | None) -> tuple[Sequence[Reason], Core | None]:
        """What is said of the holder as an organisation, and the end customer to be judged."""
        resale = self._resale(core) if core.in_effect else None
        if resale is None:
            return core.organisation, None
        holder = core.organisation if resale.holder_too else ()
        if asked is None or asked.end_customer is None:
            return (*holder, undisclosed(resale, core.channel)), None
        return holder, asked.end_customer.core

    def _resale(self, core: Core) -> EndCustomerRule | None:
        for rule in self._policy.end_customers:
            if core.channel in rule.channels:
                return rule
        return None

    def _conduct(self, facts: Facts, day: int) -> Iterator[Reason]:
        for campaign in self._policy.campaigns:
            yield from campaign_reasons(campaign, facts, day)
        for use in self._policy.end_uses:
            yield from end_use_reasons(use, facts, day)
        if self._uses:
            yield from unknown_uses(self._uses, self._policy.unknown_end_use, facts, day)
        for condition in self._of_account:
            found = condition.ask(facts, None, day)
            if found is not None:
                yield found

    def _met(self, prepared: Prepared, asked: Asked) -> tuple[Reason, ...]:
        facts, day = prepared.facts, prepared.day
        found = (condition.ask(facts, asked, day) for condition in self._of_request)
        return tuple(reason for reason in found if reason is not None)

    def _told(self, asked: Asked | None) -> Sequence[Reason]:
        """What a request says of itself."""
        if asked is None:
            return ()
        found: list[Reason] = []
        if asked.phone:
            regions, codes = self._policy.regions, self._codes
            found += [
                region_reason(one, "phone", asked.phone, regions, codes) for one in self._phones
            ]
        if self._uses and asked.end_use not in self._harmless:
            barred = declared_use(self._policy.end_uses, asked.end_use)
            found += barred or [unknown_use(self._policy.unknown_end_use, asked.end_use)]
        return found

    def _where(self, origin: Origin | None, day: int) -> Seen:
        key = (id(origin), day)
        kept = self._seen.get(key)
        if kept is None:
            # The origin is kept beside, so that no other object takes its identity.
            kept = self._seen.put(key, (origin, self._one(origin, day)))
        return kept[1]

    def _one(self, origin: Origin | None, day: int) -> Seen:
        """What is seen of an origin: one object for all of which the policy says the same."""
        made = seen(self._policy, origin, self._codes, day)
        alike = made.reasons, made.country
        return self._alike.get(alike) or self._alike.put(alike, made)

    def _scope(self, asked: Asked) -> tuple[str | bool, str | bool]:
        """What of service and model distinguishes requests: a named one, told at all, or not."""
        service, model = asked.service, asked.model
        return (
            service if f"service:{service}" in self._scoped else not service,
            model if f"model:{model}" in self._scoped else not model,
        )

    def _not_in_effect(self, day: int) -> Core:
        policy = self._policy
        force = force_text(policy.force)
        text = f"policy {policy.id} is in effect {force}, not on {text_of_day(day)}"
        reason = Reason("policy_not_in_effect", policy.id, Outcome.REVIEW, "", "", text)
        return Core((reason,), in_effect=False)


def _applies(core: Core, asked: Asked | None) -> Applies:
    """Without a request every rule applies."""
    if asked is None:
        return lambda applies_to: True
    told: Mapping[str, str] = {
        "service": asked.service,
        "model": asked.model,
        "channel": core.channel.value,
    }
    return lambda applies_to: fits(applies_to, told)


def _scoped(policy: Policy) -> frozenset[str]:
    """The services and models that some rule, wind-down or licence is for."""
    return frozenset(word for ground in policy.grounds() for word in ground.applies_to)
