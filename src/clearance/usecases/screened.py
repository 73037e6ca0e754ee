"""What screening says of one customer, and of all of them together.

1. Every customer of the portfolio is in the answer, in the portfolio's order.
2. Not known is never allowed silently: a customer that is not cleared says so by a reason.
3. Revenue is *certain* where the ownership test holds whatever the unknown turns out to be, and
   *possible* where it depends on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from clearance.matching.resolution import Resolution
from clearance.model.customer import Customer
from clearance.model.outcome import Outcome
from clearance.model.quick import quick
from clearance.model.rule import Level
from clearance.model.share import Share
from clearance.model.verdict import Holding, Missing, Reached
from clearance.policy.decision import Licensed, Winding
from clearance.policy.facts import Facts
from clearance.policy.reasons.owners import Standing
from clearance.policy.reasons.reason import Reason


@dataclass(frozen=True, slots=True)
class Under:
    """What would be said of a customer if it were this candidate: reason codes that decide."""

    party: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Screened:
    """The answer for one customer.

    **Shape**: ``party`` is the reference's id, empty where the customer is not identified;
    ``matched`` says by what (``lei``, ``vat``, ``bic``, ``register``, ``name``); ``reached``,
    ``level`` and ``share`` are those of ``rule``, the one that decided, ``None`` without a party;
    ``path`` leads from a restricted party to the customer's own; ``missing`` would settle a review;
    ``proof`` is the address of the proof in the run's proofs file, empty where there is none;
    ``under`` are the outcomes under the candidates of ``resolution``, in their order; ``group`` is
    the party at the top of the customer's group, its own where it is in none; ``facts`` and
    ``standings`` by rule are what it was judged on. ``winding`` is the wind-down in force,
    ``licences`` are those that removed a reason.
    """

    customer: Customer
    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    party: str = ""
    matched: str = ""
    rule: str = ""
    reached: Reached | None = None
    level: Level | None = None
    share: Share | None = None
    path: tuple[Holding, ...] = ()
    missing: tuple[Missing, ...] = ()
    flags: tuple[str, ...] = ()
    proof: str = ""
    resolution: Resolution | None = None
    under: tuple[Under, ...] = ()
    group: str = ""
    facts: Facts | None = None
    standings: Mapping[str, Standing] = field(default_factory=dict)
    winding: Winding | None = None
    licences: tuple[Licensed, ...] = ()

    @property
    def deciding(self) -> tuple[str, ...]:
        """The codes that decided, each once."""
        outcome = self.outcome
        return tuple(dict.fromkeys([one.code for one in self.reasons if one.outcome is outcome]))


@dataclass(frozen=True, slots=True)
class Count:
    """How many customers, and their annual revenue."""

    customers: int = 0
    revenue: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact nobody stated, or (``subject`` empty) every fact of its kind.

    **Shape**: ``name`` is the subject's, empty where unknown; ``waiting`` customers in review name
    the fact; for ``settled`` of them nothing else is missing.
    """

    subject: str
    name: str
    what: str
    settled: Count
    waiting: Count


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Customers under one majority holder: how many and, strictest first, with what outcome."""

    head: str
    name: str
    total: Count
    outcomes: tuple[tuple[Outcome, Count], ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """How far matching came with some customers, of one region or script.

    **Shape**: ``name`` is a code or a script, empty where not stated; ``left`` are left to people
    for whatever reason; ``ambiguous`` and ``nobody`` count the two answers that are no match.
    """

    name: str
    total: Count
    left: Count
    ambiguous: Count
    nobody: Count


@dataclass(frozen=True, slots=True)
class ScreenSummary:
    """The portfolio in numbers.

    **Shape**: ``outcomes`` from strictest to most open, those that occur; ``reasons`` by code,
    most customers first, a customer counting once for each code that decided; ``certain`` and
    ``possible`` count customers by what ownership reaches; ``not_cleared`` are
    those whose undeclared rest could pass the threshold, whatever their outcome; ``facts`` the
    few that would settle most reviews, ``kinds`` the same by kind of fact; ``groups`` are the
    largest with more than one customer; ``regions`` and ``scripts`` say how far matching came, by
    the country that customers state and by the script of their names.
    """

    policy: str
    as_of: int
    snapshot: str
    total: Count
    outcomes: tuple[tuple[Outcome, Count], ...]
    reasons: tuple[tuple[str, Outcome, Count], ...]
    segments: tuple[tuple[str, Outcome, Count], ...]
    certain: Count
    possible: Count
    not_cleared: Count
    unidentified: Count
    facts: tuple[Fact, ...]
    kinds: tuple[Fact, ...]
    groups: tuple[GroupCount, ...] = ()
    regions: tuple[Slice, ...] = ()
    scripts: tuple[Slice, ...] = ()

    def of(self, outcome: Outcome) -> Count:
        """The customers of one outcome."""
        return next((count for word, count in self.outcomes if word is outcome), Count())

    @property
    def left_to_people(self) -> Count:
        """The customers somebody has to look at."""
        return self.of(Outcome.REVIEW)
