"""What operators post about customers and accounts: whose word replaces whose, and who disagrees.

1. A fact is somebody's statement, with its source; it is never the truth by being kept.
2. The same source's later word about the same ``kind`` and ``key`` replaces the earlier one for the
   days that both speak of. Different sources stand side by side: if they differ, they conflict.
3. A fact about days to come is kept, and counts from its first day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from clearance.policy.facts import ATTESTATION, CAMPAIGN, END_USE, LICENCE, WIND_DOWN, Posted

_MANY = frozenset({ATTESTATION, CAMPAIGN, END_USE, LICENCE, WIND_DOWN})
"""Kinds of which a customer may have several at once, told apart by their value."""


class About(StrEnum):
    """What facts are about."""

    CUSTOMER = "customer"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Fact:
    """One posted fact and whom it is about.

    **Shape**: ``key`` tells facts of one kind and source apart: its value where a customer may have
    several (campaigns, end uses), else empty; ``telling`` gives it.
    """

    about: About
    subject: str
    posted: Posted
    key: str = ""

    @property
    def of(self) -> tuple[str, str, str, str]:
        """What it is a word about: words of different sources about the same may conflict."""
        return (self.about.value, self.subject, self.posted.kind, self.key)


def telling(about: About, subject: str, posted: Posted) -> Fact:
    """A posted fact as it is kept.

    >>> telling(About.CUSTOMER, "c", Posted("end_use", "chat", "contract")).key
    'chat'
    """
    return Fact(about, subject, posted, posted.value if posted.kind in _MANY else "")


def conflicts(facts: Iterable[Fact]) -> tuple[tuple[Fact, Fact], ...]:
    """Pairs of facts about the same thing that differ on a day they share, in the facts' order.

    >>> low = telling(About.CUSTOMER, "c", Posted("risk", "low", "crm"))
    >>> high = telling(About.CUSTOMER, "c", Posted("risk", "high", "audit"))
    >>> [(one.posted.source, other.posted.source) for one, other in conflicts([low, high])]
    [('crm', 'audit')]
    """
    found: list[tuple[Fact, Fact]] = []
    earlier: dict[tuple[str, str, str, str], list[Fact]] = {}
    for fact in facts:
        before = earlier.setdefault(fact.of, [])
        found += [(one, fact) for one in before if _differ(one.posted, fact.posted)]
        before.append(fact)
    return tuple(found)


def _differ(one: Posted, other: Posted) -> bool:
    same = (one.value, one.manner) == (other.value, other.manner)
    return not same and one.since < other.until and other.since < one.until
