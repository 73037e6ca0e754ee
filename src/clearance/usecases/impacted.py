"""What a change of policy would do to a portfolio: the answer of ``impact``.

1. Every customer makes one *move*: from what the earlier policy says to what the later one does.
2. *At stake* are those whom the later policy denies and the earlier does not: for *certain*,
   whatever nobody told turns out to be; as *decided*; and *possibly*, if all of it turned out
   against them. Certain is never more than possible; what is decided is the policy's own word.
3. Lists are in a defined order: most customers first, then by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clearance.model.customer import Customer
from clearance.model.outcome import Outcome
from clearance.model.verdict import Missing
from clearance.policy.reasons.reason import Reason
from clearance.usecases.screened import Count, Fact


class Move(StrEnum):
    """How an answer moves. *Freed* is denied before and not now, whatever it is now."""

    DENIED = "newly_denied"
    REVIEW = "newly_in_review"
    STRICTER = "otherwise_stricter"
    FREED = "freed"
    MILDER = "otherwise_milder"
    SAME = "same"


def added(counts: Iterable[Count]) -> Count:
    """Counts of different customers as one."""
    some = list(counts)
    return Count(sum(one.customers for one in some), sum((one.revenue for one in some), Decimal(0)))


def move_of(before: Outcome, after: Outcome) -> Move:
    """The move from one outcome to another.

    >>> move_of(Outcome.ALLOW, Outcome.REVIEW), move_of(Outcome.SUSPEND, Outcome.REVIEW)
    (<Move.REVIEW: 'newly_in_review'>, <Move.MILDER: 'otherwise_milder'>)
    """
    if before is after:
        return Move.SAME
    if after is Outcome.DENY:
        return Move.DENIED
    if before is Outcome.DENY:
        return Move.FREED
    if after < before:
        return Move.MILDER
    return Move.REVIEW if after is Outcome.REVIEW else Move.STRICTER


@dataclass(frozen=True, slots=True)
class Row:
    """The moves of some customers. **Shape**: ``moves`` are those that occur, but ``SAME``."""

    name: str
    total: Count
    moves: Mapping[Move, Count]

    @property
    def moved(self) -> int:
        """How many move."""
        return sum(count.customers for count in self.moves.values())


@dataclass(frozen=True, slots=True)
class Stake:
    """Who would newly be denied, with bounds.

    **Shape**: ``open`` says, by reason, what keeps the possible from being certain; a customer
    counts once for each of its reasons.
    """

    certain: Count
    decided: Count
    possible: Count
    open: tuple[tuple[str, Count], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Some customers: their moves, from what to what, and what is at stake."""

    total: Count
    moves: Mapping[Move, Count]
    matrix: Mapping[tuple[Outcome, Outcome], Count]
    stake: Stake

    @property
    def left_before(self) -> Count:
        """The customers that the earlier policy leaves to people."""
        return added(count for (was, _), count in self.matrix.items() if was is Outcome.REVIEW)

    @property
    def left_after(self) -> Count:
        """The customers that the later policy leaves to people."""
        return added(count for (_, now), count in self.matrix.items() if now is Outcome.REVIEW)


@dataclass(frozen=True, slots=True)
class Open:
    """A customer left to people under the later policy, and what would settle it."""

    customer: Customer
    before: Outcome
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Another policy in the later one's place.

    **Shape**: ``differs`` counts customers to whom it says something else than the later policy.
    """

    policy: str
    title: str
    part: Part
    differs: Count


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a policy says of customers whose right answer is known.

    **Shape**: ``barred`` should be denied, ``free`` should not; each by whether the policy denies,
    leaves to people, or lets go on.
    """

    policy: str
    barred: tuple[Count, Count, Count]
    free: tuple[Count, Count, Count]


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change of policy would do.

    **Shape**: ``after`` and ``before`` are ids of policies, ``digests`` and ``titles``
    their documents' and theirs, the earlier first; ``revenue_basis`` says what the revenue
    of the portfolio is and of which day, empty where nobody stated it; ``line`` is a revenue, and
    ``large`` the customers from it on, ``None`` without a line. ``rules``, ``segments``,
    ``countries`` and ``regions`` (of owners) hold who moves; a customer counts once for each rule
    and each region that it moves by. ``facts`` and ``kinds`` would settle most of what the later
    policy leaves to people, counted over the ``asked`` largest; ``open`` are the very largest.
    """

    before: str
    after: str
    digests: tuple[str, str]
    titles: tuple[str, str]
    on: int
    snapshot: str
    revenue_basis: str
    notices: tuple[str, ...]
    whole: Part
    line: Decimal | None
    large: Part | None
    rules: tuple[Row, ...]
    segments: tuple[Row, ...]
    countries: tuple[Row, ...]
    regions: tuple[Row, ...]
    kinds: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    open: tuple[Open, ...]
    asked: int
    readings: tuple[Reading, ...] = ()
    labelled: tuple[Labelled, ...] = ()


@dataclass(frozen=True, slots=True)
class Affected:
    """A customer whose answer moves, or who could come to be denied."""

    customer: Customer
    move: Move
    before: Outcome
    after: Outcome
    least: Outcome
    most: Outcome
    party: str
    reasons: tuple[Reason, ...]
    regions: tuple[str, ...]
    large: bool
