"""What changed between an earlier screening and this one.

1. *Newly denied*: denied now, and not before. *Freed*: denied before, and not now.
2. *Changed*: another outcome that is neither. *Added* and *removed*: in one portfolio only.
3. A customer stands in one list only; lists keep the portfolio's order, removed ones the earlier's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clearance.model.outcome import Outcome
from clearance.usecases.screened import Count, Screened


class Kind(StrEnum):
    """How a customer's answer differs."""

    DENIED = "newly_denied"
    FREED = "freed"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier screening said of a customer."""

    customer: str
    name: str
    outcome: Outcome
    reasons: tuple[str, ...]
    revenue: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """One customer whose answer differs; ``before`` or ``after`` is ``None`` where it is new or
    gone."""

    kind: Kind
    customer: str
    name: str
    before: Outcome | None
    after: Outcome | None
    reasons_before: tuple[str, ...]
    reasons_after: tuple[str, ...]
    revenue: Decimal


class Comparison:
    """Compares customers with their earlier answers."""

    def __init__(self, earlier: Mapping[str, Earlier]) -> None:
        self._earlier = earlier

    def of(self, screened: Screened) -> Change | None:
        """How one customer's answer differs, ``None`` where it does not."""
        customer = screened.customer
        before = self._earlier.get(customer.id)
        kind = _kind(before.outcome if before else None, screened.outcome)
        if kind is None:
            return None
        return Change(
            kind,
            customer.id,
            customer.name,
            before.outcome if before else None,
            screened.outcome,
            before.reasons if before else (),
            tuple(reason.code for reason in screened.reasons),
            customer.revenue,
        )

    def changes(self, found: Iterable[Change], customers: Iterable[str]) -> tuple[Change, ...]:
        """Every change, by kind: those found, in their order, and customers no longer there."""
        there = set(customers)
        gone = [
            Change(
                Kind.REMOVED,
                one.customer,
                one.name,
                one.outcome,
                None,
                one.reasons,
                (),
                one.revenue,
            )
            for one in self._earlier.values()
            if one.customer not in there
        ]
        order = {kind: at for at, kind in enumerate(Kind)}
        return tuple(sorted([*found, *gone], key=lambda change: order[change.kind]))


def counts(changes: Iterable[Change]) -> tuple[tuple[Kind, Count], ...]:
    """How many customers of each kind, and their revenue; every kind is named."""
    totals = dict.fromkeys(Kind, Count())
    for change in changes:
        old = totals[change.kind]
        totals[change.kind] = Count(old.customers + 1, old.revenue + change.revenue)
    return tuple(totals.items())


def _kind(before: Outcome | None, after: Outcome) -> Kind | None:
    if before is None:
        return Kind.ADDED
    if before is after:
        return None
    if after is Outcome.DENY:
        return Kind.DENIED
    return Kind.FREED if before is Outcome.DENY else Kind.CHANGED
