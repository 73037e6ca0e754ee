"""A policy: a dated, cited document that turns facts into outcomes.

1. A policy is in effect on the days of its half-open period; the date decides between versions.
2. Region rules judge one fact each; ownership rules judge one regime record each; the further
   kinds of rule have a module each.
3. Every rule says its basis, who ordered it, what it applies to, and where that stands written.
4. Rules yield outcomes, wind-downs replace some, licences remove some, and the strictest of the
   rest wins; see ``decide``.

A document's fields are closed (an unknown one is a mistake), so a policy written for a later
version is never half understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from clearance.model.outcome import Outcome
from clearance.model.rule import Citation, Force
from clearance.policy.clauses.cases import REVIEW, Cases
from clearance.policy.clauses.conditions import Condition
from clearance.policy.clauses.conduct import CampaignRule, EndUseRule
from clearance.policy.clauses.ground import Ground
from clearance.policy.clauses.licences import Licence
from clearance.policy.clauses.network_rules import NetworkRule, NetworkTerms
from clearance.policy.clauses.regions import RegionList, Regions
from clearance.policy.clauses.resale import EndCustomerRule
from clearance.policy.clauses.winddown import WindDown

Further: TypeAlias = EndCustomerRule | CampaignRule | EndUseRule | Condition | NetworkRule
"""A rule with an id of its own."""


@dataclass(frozen=True, slots=True)
class RegionRule:
    """One fact held against the policy's line.

    **Shape**: ``outcome`` is what an unsupported region yields, and the most that an unlisted one
    does; ``unstated`` what a missing fact yields, ``None`` where a missing fact says nothing.
    ``stand_in`` names the facts that take its place, in order. ``reason`` is the code to give for
    an unsupported region. ``agreeing`` is the outcome where another kind of weak evidence names
    the same country, ``None`` where that changes nothing. ``named`` is the rule's id, empty where
    the fact is.
    """

    fact: str
    outcome: Outcome
    ground: Ground
    unstated: Cases | None
    stand_in: tuple[str, ...] = ()
    reason: str = "region_unsupported"
    agreeing: Outcome | None = None
    named: str = ""

    @property
    def id(self) -> str:
        """What wind-downs and licences call it."""
        return self.named or self.fact


@dataclass(frozen=True, slots=True)
class OwnershipRule:
    """What each answer of a regime record yields.

    **Shape**: ``rule`` is the record's id; of ``possible`` and ``undeclared`` the first case that
    covers the customer decides; none is review.

    **Source**: docs/guides/policies.md.
    """

    rule: str
    ground: Ground
    certain: Outcome = Outcome.DENY
    presumed: Outcome = Outcome.REVIEW
    possible: Cases = REVIEW
    control: Outcome = Outcome.REVIEW
    undeclared: Cases = REVIEW


@dataclass(frozen=True, slots=True)
class Policy:
    """What the provider allows.

    **Shape**: ``force`` half-open days; ``unidentified`` and ``contradiction`` the outcomes for a
    customer who is not found and for a declared headquarters that the register contradicts;
    ``unknown_account`` for an account of which nothing is known; ``unknown_end_use`` for an end use
    that neither ``end_uses`` nor ``known_end_uses`` name, where one of them names any;
    ``review_allows`` whether a request may go on while somebody reviews. ``appeal`` and
    ``blocked_by`` are addresses for answers; in ``appeal`` ``{decision}`` stands for the decision's
    id.
    """

    id: str
    title: str
    force: Force
    citations: tuple[Citation, ...]
    regions: Regions | None
    region_rules: tuple[RegionRule, ...]
    ownership: tuple[OwnershipRule, ...]
    unidentified: Cases = REVIEW
    contradiction: Outcome = Outcome.REVIEW
    verified: str = "yes"
    network: NetworkTerms | None = None
    network_rules: tuple[NetworkRule, ...] = ()
    campaigns: tuple[CampaignRule, ...] = ()
    end_uses: tuple[EndUseRule, ...] = ()
    end_customers: tuple[EndCustomerRule, ...] = ()
    conditions: tuple[Condition, ...] = ()
    wind_downs: tuple[WindDown, ...] = ()
    licences: tuple[Licence, ...] = ()
    unknown_account: Outcome = Outcome.REVIEW
    known_end_uses: tuple[str, ...] = ()
    unknown_end_use: Outcome = Outcome.REVIEW
    review_allows: bool = False
    appeal: str = ""
    blocked_by: str = ""

    def with_list(self, list: RegionList) -> Policy:
        """The same policy drawn on another list of regions."""
        regions = self.regions.with_list(list) if self.regions else None
        return replace(self, regions=regions)

    def rule_ids(self) -> tuple[str, ...]:
        """What wind-downs and licences can name: every rule that yields outcomes, once."""
        return tuple(
            dict.fromkeys(
                (
                    *(rule.id for rule in self.region_rules),
                    *(owned.rule for owned in self.ownership),
                    *([] if self.network is None else ["network"]),
                    *(rule.id for rule in self.further()),
                )
            )
        )

    def barred_uses(self) -> frozenset[str]:
        """The end uses that some rule bars."""
        return frozenset(use for rule in self.end_uses for use in rule.uses)

    def further(self) -> tuple[Further, ...]:
        """The rules of every kind but regions and ownership, in the order they are weighed."""
        return (
            *self.end_customers,
            *self.campaigns,
            *self.end_uses,
            *self.conditions,
            *self.network_rules,
        )

    def grounds(self) -> Iterator[Ground]:
        """What everything in the policy stands on."""
        yield from (rule.ground for rule in self.region_rules)
        yield from (owned.ground for owned in self.ownership)
        if self.network is not None:
            yield self.network.ground
        yield from (one.ground for one in (*self.further(), *self.wind_downs, *self.licences))
