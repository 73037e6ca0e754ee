"""Screen a portfolio: for each customer an outcome, why, and what would settle a review.

1. Who a customer is comes first (``match``), then what it declared, then who owns it.
2. The engine answered for all parties before the first customer is asked; here answers are only
   read, and explained for those whom a rule touches.
3. A customer who may be one of several parties is judged as each of them; the answer is for people.
4. Results come in the portfolio's order, one for every customer, whatever happens.
5. A rule that cannot be evaluated is review by its name; it is never skipped.

Not here: files, the clock, and judgement. Outcomes are ``policy.decide``'s alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from clearance.matching.resolution import Answer, Resolution
from clearance.matching.rules import RULES, Effect
from clearance.model.customer import Customer
from clearance.model.outcome import Outcome
from clearance.model.party import Party
from clearance.model.verdict import Finding, Missing
from clearance.ownership.arrays.graph import PartyColumns
from clearance.policy.decision import Decision
from clearance.policy.facts import facts_of
from clearance.policy.judging.decide import Judge
from clearance.policy.reasons.owners import Standing
from clearance.policy.reasons.reason import Reason
from clearance.usecases.groups import head_of
from clearance.usecases.match import Resolver, matched_by
from clearance.usecases.paths import path_of
from clearance.usecases.same import of_same
from clearance.usecases.screened import Screened, Under
from clearance.usecases.settle import missing_for
from clearance.usecases.standings import Ruling, standing_of
from clearance.usecases.who import doubt_of, why

LOT = 256
"""Customers that are matched together."""

_SETTLING = frozenset(rule.id for rule in RULES if rule.effect is Effect.SETTLES)


class Reference(Protocol):
    """What screening needs of reference data."""

    def id(self, index: int) -> str:
        """The id of a party."""
        ...

    def index(self, id: str) -> int | None:
        """The index of a party, or ``None``."""
        ...


class Proofs(Protocol):
    """Where proofs go."""

    def add(self, customer: str, party: int) -> str:
        """Prove what every rule says of a party; the address of the customer's proofs."""
        ...


@dataclass(frozen=True, slots=True)
class Screening:
    """A policy's rules, answered on a day, ready for customers."""

    reference: Reference
    parties: PartyColumns
    judge: Judge
    rulings: tuple[Ruling, ...]
    as_of: int
    resolver: Resolver
    proofs: Proofs | None = None


def screen(customers: Sequence[Customer], screening: Screening) -> Iterator[Screened]:
    """The answer for each customer, in order.

    **Cost**: matching, and about 30 µs for a customer whom nothing touches; some hundred more for
    one whose finding is explained, and what the proof takes.
    """
    judging = Judging(screening)
    for start in range(0, len(customers), LOT):
        yield from judging.lot(customers[start : start + LOT])


class Judging:
    """A screening under way; it keeps what customers share."""

    def __init__(self, screening: Screening) -> None:
        self._screening = screening
        self._register = _Register(screening.parties)
        self._plain = {
            one.rule.id: Standing(one.rule, in_force=one.in_force, failed=one.failed)
            for one in screening.rulings
        }

    def lot(self, customers: Sequence[Customer]) -> Iterator[Screened]:
        """The answer for each of some customers, matched together."""
        answers = self._screening.resolver.resolve([customer.record for customer in customers])
        return map(self._screened, customers, answers)

    def _screened(self, customer: Customer, who: Resolution) -> Screened:
        if who.answer is Answer.MATCH:
            return self._known(customer, who)
        under = tuple(self._under(customer, one.party) for one in who.candidates)
        facts = facts_of(customer, None, why(who, under), doubt_of(who))
        decision = self._screening.judge.decide(facts, self._plain, self._screening.as_of)
        missing = missing_for(decision, customer.id, customer.id, {}, who.settle)
        return Screened(
            customer,
            decision.outcome,
            _ordered(decision),
            missing=missing,
            resolution=who,
            under=under,
            facts=facts,
            winding=decision.winding,
            licences=decision.licences,
        )

    def _known(self, customer: Customer, who: Resolution) -> Screened:
        screening = self._screening
        party = screening.reference.id(who.party)
        standings = self._standings(who.party)
        facts = facts_of(customer, self._register.facts(who.party))
        decision = screening.judge.decide(facts, standings, screening.as_of)
        deciding = _deciding(decision, standings)
        finding = deciding.finding if deciding else None
        missing: tuple[Missing, ...] = ()
        if decision.outcome is not Outcome.ALLOW:
            findings = {id: one.finding for id, one in standings.items() if one.finding is not None}
            missing = missing_for(decision, customer.id, party, findings)
        return Screened(
            customer,
            decision.outcome,
            _ordered(decision),
            party,
            matched_by(customer.identifiers, who),
            deciding.rule.id if deciding else "",
            deciding.reached if deciding else None,
            deciding.level if deciding else None,
            finding.share if finding and finding.id else None,
            path_of(finding, _explainer(screening, deciding)) if finding and deciding else (),
            missing,
            (*(finding.flags if finding else ()), *_noted(who)),
            screening.proofs.add(customer.id, who.party) if screening.proofs else "",
            resolution=who,
            group=screening.reference.id(head_of(who.party, screening.rulings)),
            facts=facts,
            standings=standings,
            winding=decision.winding,
            licences=decision.licences,
        )

    def _under(self, customer: Customer, party: int) -> Under:
        """What would be said of the customer if it were this party."""
        facts = facts_of(customer, self._register.facts(party))
        decision = self._screening.judge.decide(
            facts, self._standings(party), self._screening.as_of
        )
        codes = dict.fromkeys(reason.code for reason in decision.deciding)
        return Under(self._screening.reference.id(party), decision.outcome, tuple(codes))

    def _standings(self, party: int) -> Mapping[str, Standing]:
        rulings = self._screening.rulings
        if not any(one.touches(party) for one in rulings):
            return self._plain
        id = self._screening.reference.id
        return {one.rule.id: standing_of(one, party, id) for one in rulings}


class _Register:
    """What the register says of where a party is, made once a pair of codes."""

    def __init__(self, parties: PartyColumns) -> None:
        self._parties = parties
        self._made: dict[tuple[int, int], Party] = {}

    def facts(self, party: int) -> Party:
        """A party with its two places and nothing else."""
        facts = self._parties
        key = (facts.jurisdiction.item(party), facts.headquarters.item(party))
        made = self._made.get(key)
        if made is None:
            made = Party("", jurisdiction=facts.codes[key[0]], headquarters=facts.codes[key[1]])
            self._made[key] = made
        return made


def _explainer(screening: Screening, standing: Standing) -> Callable[[str], Finding | None]:
    """Explains any party under the rule that decided."""
    ruling = next(one for one in screening.rulings if one.rule is standing.rule)

    def explain(id: str) -> Finding | None:
        index = screening.reference.index(id)
        return None if index is None else ruling.explain(index)

    return explain


def _deciding(decision: Decision, standings: Mapping[str, Standing]) -> Standing | None:
    """The standing behind the strictest ownership reason, the first of equals."""
    owned = [reason for reason in decision.reasons if reason.rule in standings]
    if not owned:
        return None
    return standings[max(owned, key=lambda reason: reason.outcome).rule]


def _noted(who: Resolution) -> Iterator[str]:
    """The rules that spoke of a match without making it: whoever reads only the outcome is told."""
    return (one.rule for one in who.reasons if one.rule not in _SETTLING)


@of_same
def _ordered(decision: Decision) -> tuple[Reason, ...]:
    """The reasons that decide first, the others after, each in the policy's order."""
    return tuple(sorted(decision.reasons, key=lambda reason: -reason.outcome))
