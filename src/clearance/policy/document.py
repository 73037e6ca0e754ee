"""A policy: a dated, cited document that turns facts into outcomes.

1. A policy is in effect on the days of its half-open period; the date decides between versions.
2. Region rules judge one declared fact each; ownership rules judge one regime record each.
3. Every rule says its basis, who ordered it, what it applies to, and where that stands written.
4. Rules yield outcomes and the strictest wins; see ``decide``.

Later work adds wind-downs, licences and further kinds of rule: a document's fields are closed
(an unknown one is a mistake), so a policy written for a later version is never half understood.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from clearance.model.outcome import Outcome
from clearance.model.rule import Citation, Force
from clearance.policy.ground import Ground
from clearance.policy.regions import RegionList, Regions


@dataclass(frozen=True, slots=True)
class RegionRule:
    """One declared fact held against the policy's line.

    **Shape**: ``outcome`` is what an unsupported region yields, and the most that an unlisted one
    does; ``unstated`` what a missing fact yields, ``None`` where a missing fact says nothing.
    ``stand_in`` names the facts that take its place, in order. ``reason`` is the code to give for
    an unsupported region.
    """

    fact: str
    outcome: Outcome
    ground: Ground
    unstated: Outcome | None
    stand_in: tuple[str, ...] = ()
    reason: str = "region_unsupported"


@dataclass(frozen=True, slots=True)
class UndeclaredCase:
    """What an undeclared rest yields for some customers.

    **Shape**: an empty ``segment`` is any; ``revenue_below`` excludes its end; ``None`` is any.
    """

    outcome: Outcome
    segment: str = ""
    revenue_below: Decimal | None = None

    def covers(self, segment: str, revenue: Decimal) -> bool:
        """Is a customer of this segment and revenue meant?"""
        if self.segment and self.segment != segment:
            return False
        return self.revenue_below is None or revenue < self.revenue_below


@dataclass(frozen=True, slots=True)
class OwnershipRule:
    """What each answer of a regime record yields.

    **Shape**: ``rule`` is the record's id; ``undeclared`` cases in order, the first that covers the
    customer decides; none is review. ``revenue`` in a case is in the portfolio's own currency.

    **Source**: domain text on ownership, section 4.
    """

    rule: str
    ground: Ground
    certain: Outcome = Outcome.DENY
    presumed: Outcome = Outcome.REVIEW
    possible: Outcome = Outcome.REVIEW
    control: Outcome = Outcome.REVIEW
    undeclared: tuple[UndeclaredCase, ...] = (UndeclaredCase(Outcome.REVIEW),)

    def undeclared_for(self, segment: str, revenue: Decimal) -> Outcome:
        """The outcome of an undeclared rest for such a customer."""
        for case in self.undeclared:
            if case.covers(segment, revenue):
                return case.outcome
        return Outcome.REVIEW


@dataclass(frozen=True, slots=True)
class Policy:
    """What the provider allows.

    **Shape**: ``force`` half-open days; ``unidentified`` and ``contradiction`` the outcomes for a
    customer who is not found and for a declared headquarters that the register contradicts.
    """

    id: str
    title: str
    force: Force
    citations: tuple[Citation, ...]
    regions: Regions | None
    region_rules: tuple[RegionRule, ...]
    ownership: tuple[OwnershipRule, ...]
    unidentified: Outcome = Outcome.REVIEW
    contradiction: Outcome = Outcome.REVIEW
    verified: str = "yes"

    def with_list(self, list: RegionList) -> Policy:
        """The same policy drawn on another list of regions."""
        regions = self.regions.with_list(list) if self.regions else None
        return replace(self, regions=regions)
