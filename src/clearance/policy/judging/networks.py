"""What the network says of a request, and what a policy makes of it.

1. Every source's vote is kept; sources that hand on the same data count as one voice.
2. The network alone, and whatever one source says, leads at most to review. A stricter outcome
   needs two voices and a fact about the organisation itself.
3. Old data, an address that no source knows and a request without one each have a setting.
4. A country counts as evidence beside others only where two voices name it, nobody another, and
   the address is an ordinary one: no hosting, nothing that hides who asks.

**Source**: docs/guides/policies.md, the network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clearance.model.dates import text_of_day
from clearance.model.outcome import Outcome
from clearance.network.origin import ANONYMISING, Kind, Origin, Vote
from clearance.policy.clauses.network_rules import NetworkRule, NetworkTerms
from clearance.policy.codes import Codes
from clearance.policy.document import Policy
from clearance.policy.reasons.reason import Evidence, Reason, grounded
from clearance.policy.reasons.regions import region_reason

NETWORK = "network"
"""The fact that a region rule on the network judges, and the name of the settings' reasons."""

_SPEAKS_OF_MACHINES = ANONYMISING | {Kind.HOSTING, Kind.CDN, Kind.BOT, Kind.RESERVED}


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What the network says of one request; compared by identity.

    **Shape**: ``country`` counts beside other evidence, empty where none does.
    """

    reasons: tuple[Reason, ...] = ()
    country: str = ""


def seen(policy: Policy, origin: Origin | None, codes: Codes, day: int) -> Seen:
    """The reasons that a policy finds in where a request comes from."""
    terms = policy.network
    if terms is None:
        return Seen()
    if origin is None:
        return Seen(tuple(_told(terms.untold, terms, "network_untold", "no address was told")))
    late = _late(terms, origin, day)
    old = tuple(_old(terms, late))
    if late and terms.stale is None:
        origin = Origin(tuple(vote for vote in origin.votes if vote not in late))
    if not origin.votes or origin.reserved:
        text = "a special-purpose address" if origin.reserved else "no source knows the address"
        return Seen((*old, *_told(terms.unlisted, terms, "network_unlisted", text)))
    placed = tuple(_placed(policy, terms, origin, codes))
    kinds = tuple(_kinds(policy.network_rules, origin))
    return Seen((*old, *placed, *kinds), _country(origin))


def _late(terms: NetworkTerms, origin: Origin, day: int) -> Sequence[Vote]:
    if terms.stale_after is None:
        return ()
    sources = origin.stale(day, terms.stale_after)
    return [vote for vote in origin.votes if vote.source in sources] if sources else ()


def _old(terms: NetworkTerms, late: Sequence[Vote]) -> Iterator[Reason]:
    if not late or terms.stale is None:
        return
    said = ", ".join(f"{vote.source} of {text_of_day(vote.as_of)}" for vote in late)
    text = f"older than {terms.stale_after} days: {said}"
    evidence = tuple(Evidence("source", vote.source, vote.source, vote.as_of) for vote in late)
    yield grounded("network_stale", NETWORK, terms.stale, terms.ground, text, evidence=evidence)


def _told(outcome: Outcome | None, terms: NetworkTerms, code: str, text: str) -> Iterator[Reason]:
    if outcome is not None:
        yield grounded(code, NETWORK, outcome, terms.ground, text)


def _placed(policy: Policy, terms: NetworkTerms, origin: Origin, codes: Codes) -> Iterator[Reason]:
    rules = [rule for rule in policy.region_rules if rule.fact == NETWORK]
    if not rules:
        return
    named = list(dict.fromkeys(vote.country for vote in origin.votes if vote.country))
    if not named:
        yield from _told(terms.unlisted, terms, "network_unlisted", "no source names a country")
        return
    evidence = _evidence((vote.country, vote) for vote in origin.votes if vote.country)
    for rule in rules:
        each = [region_reason(rule, NETWORK, code, policy.regions, codes) for code in named]
        strictest = max(each, key=lambda reason: reason.outcome)
        if strictest.outcome is not min(reason.outcome for reason in each):
            text = f"{strictest.text}; sources differ: {', '.join(named)}"
            yield grounded(
                "network_disputed", rule.id, strictest.outcome, rule.ground, text, evidence=evidence
            )
        else:
            yield grounded(
                strictest.code,
                rule.id,
                strictest.outcome,
                rule.ground,
                strictest.text,
                evidence=evidence,
            )


def _kinds(rules: Sequence[NetworkRule], origin: Origin) -> Iterator[Reason]:
    for rule in rules:
        votes = [vote for vote in origin.votes if not set(vote.kinds).isdisjoint(rule.kinds)]
        if votes:
            yield _hidden(rule, votes)


def _hidden(rule: NetworkRule, votes: Sequence[Vote]) -> Reason:
    voices = len({vote.voice or vote.source for vote in votes})
    code, outcome = (
        ("network_agreed", rule.agreed)
        if voices > 1
        else (
            "network_suspected",
            rule.one_source,
        )
    )
    evidence = _evidence(
        (kind.value, vote) for vote in votes for kind in vote.kinds if kind in rule.kinds
    )
    said = ", ".join(f"{one.value} says {one.source}" for one in evidence)
    return grounded(code, rule.id, outcome, rule.ground, said, evidence=evidence)


def _country(origin: Origin) -> str:
    if any(not _SPEAKS_OF_MACHINES.isdisjoint(vote.kinds) for vote in origin.votes):
        return ""
    countries = origin.countries
    return countries[0].what if len(countries) == 1 and countries[0].voices > 1 else ""


def _evidence(said: Iterator[tuple[str, Vote]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(NETWORK, what, vote.source, vote.as_of) for what, vote in said)
