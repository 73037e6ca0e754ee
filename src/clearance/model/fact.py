"""What somebody states about a customer or an account, apart from its record.

1. A fact is somebody's statement, with its source; it is never the truth by being kept.
2. The same source's later word about the same ``kind`` and ``key`` replaces the earlier one for the
   days that both speak of. Different sources stand side by side: if they differ, they conflict.
3. A fact about days to come is kept, and counts from its first day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from clearance.model.dates import ALWAYS, NEVER


class About(StrEnum):
    """What facts are about."""

    CUSTOMER = "customer"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement.

    **Shape**: ``key`` tells facts of one kind and source apart (an end use by its name), empty
    where there is one only; ``confidence`` from 0 to 1, ``None`` where the source gives none;
    half-open days ``since`` and ``until``.
    """

    about: About
    subject: str
    kind: str
    value: str
    source: str
    key: str = ""
    confidence: float | None = None
    since: int = ALWAYS
    until: int = NEVER

    @property
    def of(self) -> tuple[str, str, str, str]:
        """What it is a word about: words of different sources about the same may conflict."""
        return (self.about.value, self.subject, self.kind, self.key)


def conflicts(facts: Iterable[Fact]) -> tuple[tuple[Fact, Fact], ...]:
    """Pairs of facts about the same thing that differ on a day they share, in the facts' order.

    >>> here = Fact(About.CUSTOMER, "c", "headquarters", "XA", "crm")
    >>> there = Fact(About.CUSTOMER, "c", "headquarters", "XB", "contract")
    >>> [(one.source, other.source) for one, other in conflicts([here, there])]
    [('crm', 'contract')]
    """
    found: list[tuple[Fact, Fact]] = []
    earlier: dict[tuple[str, str, str, str], list[Fact]] = {}
    for fact in facts:
        before = earlier.setdefault(fact.of, [])
        found += [(one, fact) for one in before if _differ(one, fact)]
        before.append(fact)
    return tuple(found)


def _differ(one: Fact, other: Fact) -> bool:
    return one.value != other.value and one.since < other.until and other.since < one.until
