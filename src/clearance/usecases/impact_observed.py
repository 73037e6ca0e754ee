"""Afterwards, what it did: the forecast of an impact run held against the decisions of the log.

1. A request adds reasons to those of its account and takes none away, so the mildest answer that a
   customer got under the policy is nearest to what its account alone yields; that is compared.
2. *As said* is the forecast outcome, *within bounds* another one between the forecast's two ends,
   *outside* is neither. A customer who asked nothing is *not seen*, and not counted as right.
3. Denied though not forecast is a customer whom the run did not list: whoever was denied under the
   earlier policy too was to be expected, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clearance.model.outcome import Outcome
from clearance.usecases.impacted import Move


@dataclass(frozen=True, slots=True)
class Expected:
    """What a run said of a customer: its move, the outcome, and the two ends."""

    move: Move
    after: Outcome
    least: Outcome
    most: Outcome


@dataclass(frozen=True, slots=True)
class Seen:
    """How the forecast of one move turned out, in customers."""

    move: Move
    forecast: int
    as_said: int
    within: int
    outside: int
    not_seen: int


@dataclass(frozen=True, slots=True)
class Differing:
    """A customer to whom something else happened. **Shape**: ``expected`` is ``None`` of one whom
    the run did not list."""

    customer: str
    expected: Expected | None
    mildest: Outcome


@dataclass(frozen=True, slots=True)
class Observed:
    """A forecast and what became of it.

    **Shape**: ``decisions`` counts those under the policy, ``customers`` whom they were about;
    ``differing`` sorted by customer: outside of the bounds, or denied though not forecast.
    """

    decisions: int
    customers: int
    rows: tuple[Seen, ...]
    differing: tuple[Differing, ...]


class Watch:
    """Collects decisions.

    >>> watch = Watch("earlier", "later")
    >>> watch.add("c", "later", Outcome.DENY); watch.add("c", "later", Outcome.REVIEW)
    >>> watch.observed({}).customers
    1
    """

    def __init__(self, before: str, after: str) -> None:
        """``before`` and ``after`` are the digests of the two policies."""
        self._before, self._after = before, after
        self._mildest: dict[tuple[str, str], Outcome] = {}
        self._decisions = 0

    def add(self, customer: str, policy: str, outcome: Outcome) -> None:
        """Note one decision; those of further policies say nothing here."""
        if policy not in (self._before, self._after):
            return
        self._decisions += policy == self._after
        key = (policy, customer)
        self._mildest[key] = min(outcome, self._mildest.get(key, outcome))

    def observed(self, expected: Mapping[str, Expected]) -> Observed:
        """The forecast held against what was noted."""
        seen = {who: one for (policy, who), one in self._mildest.items() if policy == self._after}
        found = [
            Differing(who, expected.get(who), seen[who])
            for who in sorted(seen)
            if self._differs(who, seen[who], expected.get(who))
        ]
        rows = (_row(move, expected, seen) for move in Move)
        some = tuple(row for row in rows if row.forecast)
        return Observed(self._decisions, len(seen), some, tuple(found))

    def _differs(self, who: str, mildest: Outcome, expected: Expected | None) -> bool:
        if expected is not None:
            return not expected.least <= mildest <= expected.most and mildest != expected.after
        earlier = self._mildest.get((self._before, who))
        return mildest is Outcome.DENY and earlier is not Outcome.DENY


def _row(move: Move, expected: Mapping[str, Expected], seen: Mapping[str, Outcome]) -> Seen:
    some = [(seen.get(who), one) for who, one in expected.items() if one.move is move]
    met = [(was, one) for was, one in some if was is not None]
    as_said = _many(was == one.after for was, one in met)
    between = _many(was != one.after and one.least <= was <= one.most for was, one in met)
    outside = len(met) - as_said - between
    return Seen(move, len(some), as_said, between, outside, len(some) - len(met))


def _many(some: Iterable[bool]) -> int:
    return sum(1 for one in some if one)
