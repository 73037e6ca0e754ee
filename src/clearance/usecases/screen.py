"""Screen a portfolio: for each customer an outcome, why, and what would settle a review.

1. Who a customer is comes first (``identify``), then what it declared, then who owns it.
2. The engine answered for all parties before the first customer is asked; here answers are only
   read, and explained for those whom a rule touches.
3. Results come in the portfolio's order, one for every customer, whatever happens.
4. A rule that cannot be evaluated is review by its name; it is never skipped.

Not here: files, the clock, and judgement. Outcomes are ``policy.decide``'s alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from clearance.model.customer import Customer
from clearance.model.outcome import Outcome
from clearance.model.party import Party
from clearance.model.verdict import Finding
from clearance.ownership.arrays.graph import PartyColumns
from clearance.policy.decide import Decision, Judge, facts_of
from clearance.policy.owner_reasons import Standing
from clearance.policy.reasons import Reason
from clearance.usecases.identify import UNIDENTIFIED, Directory, Identified, identify
from clearance.usecases.paths import path_of
from clearance.usecases.screened import Screened
from clearance.usecases.settle import missing_for
from clearance.usecases.standings import Ruling, standing_of


class Reference(Directory, Protocol):
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
    proofs: Proofs | None = None


def screen(customers: Sequence[Customer], screening: Screening) -> Iterator[Screened]:
    """The answer for each customer, in order.

    **Cost**: about 30 µs for a customer whom nothing touches; some hundred more for one whose
    finding is explained, and what the proof takes.
    """
    found = identify(customers, screening.reference)
    plain = {
        one.rule.id: Standing(one.rule, in_force=one.in_force, failed=one.failed)
        for one in screening.rulings
    }
    touched = _touched(found, screening.rulings)
    register = _Register(screening.parties)
    for customer, who, touch in zip(customers, found, touched, strict=True):
        facts = facts_of(customer, register.facts(who.party), who.why)
        standings: Mapping[str, Standing] = plain
        if touch:
            standings = {
                one.rule.id: standing_of(one, who.party, screening.reference.id)
                for one in screening.rulings
            }
        decision = _said(screening.judge.decide(facts, standings, screening.as_of), who)
        yield _screened(customer, who, decision, standings, screening)


def _touched(found: Sequence[Identified], rulings: Sequence[Ruling]) -> list[bool]:
    """Which customers' parties any rule says something about."""
    party = np.array([who.party for who in found], dtype=np.int64)
    known = party >= 0
    touched = np.zeros(len(party), dtype=np.bool_)
    for one in rulings:
        at = party[known]
        touched[known] |= (one.reached[at] > 0) | (one.level[at] > 0) | one.could[at]
    flags: list[bool] = touched.tolist()
    return flags


class _Register:
    """What the register says of where a party is, made once a pair of codes."""

    def __init__(self, parties: PartyColumns) -> None:
        self._parties = parties
        self._made: dict[tuple[int, int], Party] = {}

    def facts(self, party: int) -> Party | None:
        """A party with its two places and nothing else."""
        if party < 0:
            return None
        facts = self._parties
        key = (int(facts.jurisdiction[party]), int(facts.headquarters[party]))
        made = self._made.get(key)
        if made is None:
            made = Party("", jurisdiction=facts.codes[key[0]], headquarters=facts.codes[key[1]])
            self._made[key] = made
        return made


def _said(decision: Decision, who: Identified) -> Decision:
    """The decision, with the more telling code for how identification failed."""
    if not who.problem or who.problem == UNIDENTIFIED:
        return decision
    reasons = tuple(
        replace(reason, code=who.problem, text=who.why) if reason.code == UNIDENTIFIED else reason
        for reason in decision.reasons
    )
    return Decision(decision.outcome, reasons)


def _screened(
    customer: Customer,
    who: Identified,
    decision: Decision,
    standings: Mapping[str, Standing],
    screening: Screening,
) -> Screened:
    if who.party < 0:
        missing = missing_for(decision, customer.id, customer.id, {})
        return Screened(customer, decision.outcome, _ordered(decision), missing=missing)
    party = screening.reference.id(who.party)
    deciding = _deciding(decision, standings)
    finding = deciding.finding if deciding else None
    missing = ()
    if decision.outcome is not Outcome.ALLOW:
        findings = {id: one.finding for id, one in standings.items() if one.finding is not None}
        missing = missing_for(decision, customer.id, party, findings)
    return Screened(
        customer,
        decision.outcome,
        _ordered(decision),
        party,
        who.matched,
        deciding.rule.id if deciding else "",
        deciding.reached if deciding else None,
        deciding.level if deciding else None,
        finding.share if finding and finding.id else None,
        path_of(finding, _explainer(screening, deciding)) if finding and deciding else (),
        missing,
        finding.flags if finding else (),
        screening.proofs.add(customer.id, who.party) if screening.proofs else "",
    )


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


def _ordered(decision: Decision) -> tuple[Reason, ...]:
    """The reasons that decide first, the others after, each in the policy's order."""
    return tuple(sorted(decision.reasons, key=lambda reason: -reason.outcome))
