"""What screening says of one customer, and of all of them together.

1. Every customer of the portfolio is in the answer, in the portfolio's order.
2. Not known is never allowed silently: a customer that is not cleared says so by a reason.
3. Revenue is *certain* where the ownership test holds whatever the unknown turns out to be, and
   *possible* where it depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from clearance.model.customer import Customer
from clearance.model.outcome import Outcome
from clearance.model.rule import Level
from clearance.model.share import Share
from clearance.model.verdict import Holding, Missing, Reached
from clearance.policy.reasons import Reason

_K = TypeVar("_K")
MOST_FACTS = 5


@dataclass(frozen=True, slots=True)
class Screened:
    """The answer for one customer.

    **Shape**: ``party`` is the reference's id, empty where the customer is not identified;
    ``matched`` says by what (``lei``, ``register``, ``name``); ``reached``, ``level`` and ``share``
    are those of ``rule``, the one that decided, ``None`` without a party; ``path`` leads from a
    restricted party to the customer's own; ``missing`` would settle a review; ``proof`` is the
    address of the proof in the run's proofs file, empty where there is none.
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
class ScreenSummary:
    """The portfolio in numbers.

    **Shape**: ``outcomes`` from strictest to most open, those that occur; ``reasons`` by code,
    most customers first, a customer counting once for each code that decided; ``certain`` and
    ``possible`` count customers by what ownership reaches; ``not_cleared`` are
    those whose undeclared rest could pass the threshold, whatever their outcome; ``facts`` the
    few that would settle most reviews, ``kinds`` the same by kind of fact.
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

    def of(self, outcome: Outcome) -> Count:
        """The customers of one outcome."""
        return next((count for word, count in self.outcomes if word is outcome), Count())

    @property
    def left_to_people(self) -> Count:
        """The customers somebody has to look at."""
        return self.of(Outcome.REVIEW)


class _Sum:
    """A count that grows."""

    __slots__ = ("customers", "revenue")

    def __init__(self) -> None:
        self.customers = 0
        self.revenue = Decimal(0)

    def add(self, revenue: Decimal) -> None:
        self.customers += 1
        self.revenue += revenue

    def count(self) -> Count:
        return Count(self.customers, self.revenue)


@dataclass(slots=True)
class Tally:
    """Counts customers as they pass.

    >>> tally = Tally()
    >>> tally.add(Screened(Customer("c1", revenue=Decimal(5)), Outcome.DENY))
    >>> tally.summary("p", 0, "").of(Outcome.DENY)
    Count(customers=1, revenue=Decimal('5'))
    """

    _total: _Sum = field(default_factory=_Sum)
    _outcomes: dict[Outcome, _Sum] = field(default_factory=dict)
    _reasons: dict[tuple[str, Outcome], _Sum] = field(default_factory=dict)
    _segments: dict[tuple[str, Outcome], _Sum] = field(default_factory=dict)
    _reached: dict[Reached | None, _Sum] = field(default_factory=dict)
    _waiting: dict[tuple[str, str], _Sum] = field(default_factory=dict)
    _settled: dict[tuple[str, str], _Sum] = field(default_factory=dict)
    _not_cleared: _Sum = field(default_factory=_Sum)
    _unidentified: _Sum = field(default_factory=_Sum)

    def add(self, screened: Screened) -> None:
        """Count one customer."""
        revenue, outcome = screened.customer.revenue, screened.outcome
        self._total.add(revenue)
        _grown(self._outcomes, outcome, revenue)
        _grown(self._segments, (screened.customer.segment, outcome), revenue)
        _grown(self._reached, screened.reached, revenue)
        for code in {one.code for one in screened.reasons if one.outcome is outcome}:
            _grown(self._reasons, (code, outcome), revenue)
        if any(reason.code == "ownership_undeclared" for reason in screened.reasons):
            self._not_cleared.add(revenue)
        if not screened.party:
            self._unidentified.add(revenue)
        if outcome is Outcome.REVIEW:
            self._add_facts(screened, revenue)

    def each(self, stream: Iterable[Screened]) -> Iterator[Screened]:
        """Pass customers on, counting them."""
        for screened in stream:
            self.add(screened)
            yield screened

    def _add_facts(self, screened: Screened, revenue: Decimal) -> None:
        facts = {(missing.subject, missing.what) for missing in screened.missing}
        kinds = {("", what) for _, what in facts}
        for fact in facts | kinds:
            _grown(self._waiting, fact, revenue)
        for some in (facts, kinds):
            if len(some) == 1:
                _grown(self._settled, next(iter(some)), revenue)

    def summary(
        self,
        policy: str,
        as_of: int,
        snapshot: str,
        name_of: Callable[[str], str] = lambda party: "",
    ) -> ScreenSummary:
        """The counts so far, in a defined order; ``name_of`` names parties by id."""
        return ScreenSummary(
            policy=policy,
            as_of=as_of,
            snapshot=snapshot,
            total=self._total.count(),
            outcomes=tuple(
                (outcome, self._outcomes[outcome].count())
                for outcome in sorted(self._outcomes, reverse=True)
            ),
            reasons=_by_size(self._reasons),
            segments=tuple(
                (name, outcome, self._segments[name, outcome].count())
                for name, outcome in sorted(self._segments, key=lambda key: (key[0], -key[1]))
            ),
            certain=self._of(Reached.CERTAIN),
            possible=self._of(Reached.POSSIBLE),
            not_cleared=self._not_cleared.count(),
            unidentified=self._unidentified.count(),
            facts=self._facts(name_of, kinds=False),
            kinds=self._facts(name_of, kinds=True),
        )

    def _of(self, reached: Reached) -> Count:
        found = self._reached.get(reached)
        return found.count() if found else Count()

    def _facts(self, name_of: Callable[[str], str], *, kinds: bool) -> tuple[Fact, ...]:
        none = _Sum()
        asked = (fact for fact in self._waiting if (not fact[0]) is kinds)

        def size(fact: tuple[str, str]) -> tuple[int, Decimal, int, tuple[str, str]]:
            settled, waiting = self._settled.get(fact, none), self._waiting[fact]
            return (-settled.customers, -settled.revenue, -waiting.customers, fact)

        return tuple(
            Fact(
                subject,
                name_of(subject) if subject else "",
                what,
                self._settled.get((subject, what), none).count(),
                self._waiting[subject, what].count(),
            )
            for subject, what in sorted(asked, key=size)[:MOST_FACTS]
        )


def _grown(sums: dict[_K, _Sum], key: _K, revenue: Decimal) -> None:
    found = sums.get(key)
    if found is None:
        found = sums[key] = _Sum()
    found.add(revenue)


def _by_size(
    sums: dict[tuple[str, Outcome], _Sum],
) -> tuple[tuple[str, Outcome, Count], ...]:
    counted = [(code, outcome, found.count()) for (code, outcome), found in sums.items()]
    return tuple(sorted(counted, key=lambda row: (-row[1], -row[2].customers, row[0])))
