"""Telling customers apart by what a judge looked at, and by no more.

1. A judge that did not look at a fact cannot have been moved by it.
2. A policy without conditions of its own holds a revenue against the amounts that it names, and an
   id against the texts: revenues between the same amounts are alike to it, and ids that it does not
   name. The day since when a customer is served is held against the days on which wind-downs begin.
   One with conditions may do anything with each.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal

from clearance.model.customer import Customer
from clearance.policy.document import Policy
from clearance.policy.facts import Facts

APART = frozenset({"customer", "opened", "revenue"})
"""The facts in which customers of one group differ."""

Value = Callable[[Customer], str | int | Decimal]


@dataclass(frozen=True, slots=True)
class Watched(Facts):
    """Facts like any others; ``looked`` gains the names of ``APART`` that somebody reads."""

    looked: set[str] = field(default_factory=set, compare=False)

    def __getattribute__(self, name: str) -> object:
        if name in APART:
            object.__getattribute__(self, "looked").add(name)
        return object.__getattribute__(self, name)


def watched(facts: Facts, looked: set[str]) -> Watched:
    """The same facts, watched.

    >>> looked = set()
    >>> facts = watched(Facts({}, segment="s"), looked)
    >>> facts.segment, sorted(looked), int(facts.revenue), sorted(looked)
    ('s', [], 0, ['revenue'])
    """
    told = {one.name: getattr(facts, one.name) for one in fields(Facts)}
    return Watched(**told, looked=looked)


def values(policy: Policy) -> Mapping[str, Value]:
    """What of a customer a judge of this policy can have told it apart by, by name of the fact."""
    if policy.conditions:
        return {
            "customer": lambda one: one.id,
            "opened": lambda one: one.opened,
            "revenue": lambda one: one.revenue,
        }
    held = set(_held(policy))
    amounts = sorted(one for one in held if isinstance(one, Decimal))
    starts = sorted({plan.start for plan in policy.wind_downs if plan.start is not None})
    return {
        "customer": lambda one: one.id if one.id in held else "",
        "opened": lambda one: bisect_right(starts, one.opened),
        "revenue": lambda one: bisect_right(amounts, one.revenue),
    }


def _held(value: object) -> Iterator[str | Decimal]:
    """Every text and amount that a document holds, wherever it stands in it."""
    if isinstance(value, str | Decimal):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _held(one)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _held(getattr(value, each.name))
