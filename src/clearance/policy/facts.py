"""What is known of a customer apart from its owners.

1. A stated fact is a region code by the name of the fact; the unstated ones are left out.
2. A posted fact is what an operator says of a customer or account, with source, confidence and
   days; it is believed as it stands and judged by the policy.
3. A posted fact that is not held on the day says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clearance.model.customer import Customer
from clearance.model.dates import ALWAYS, NEVER
from clearance.model.party import Party

UNIDENTIFIED = "unidentified"
"""The code of a customer who is like nobody; the policy says what that yields."""


class Channel(StrEnum):
    """How the service is reached: from the provider itself, or through somebody who serves others.

    Of a reseller or platform the end customer is judged.
    """

    DIRECT = "direct"
    RESELLER = "reseller"
    PLATFORM = "platform"


CHANNELS = {channel.value: channel for channel in Channel}


class Manner(StrEnum):
    """How a posted fact came to be known."""

    DECLARED = "declared"
    OBSERVED = "observed"
    CLEARED = "cleared"


CAMPAIGN, END_USE, ATTESTATION, WIND_DOWN, LICENCE = (
    "campaign",
    "end_use",
    "attestation",
    "wind_down",
    "licence",
)
"""Kinds of posted fact that rules of their own ask for; conditions may ask for any other."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A fact that an operator posted.

    **Shape**: ``kind`` one of those above or a team's own; ``value`` what of that kind: the
    campaign, the use, the attestation, the wind-down or the licence; ``source`` who says so;
    ``confidence`` in percent; held on the days from ``since`` and before ``until``; ``reviewer``
    is the person who looked at it, empty where nobody did. ``CLEARED`` says that a reviewer found
    it not to be so; an empty ``value`` then clears every fact of the kind.

    >>> Posted("campaign", "c-1", "detect", since=10, until=20).held(20)
    False
    """

    kind: str
    value: str
    source: str
    confidence: int = 100
    since: int = ALWAYS
    until: int = NEVER
    manner: Manner = Manner.OBSERVED
    reviewer: str = ""

    def held(self, day: int) -> bool:
        """Does it say anything on the day?"""
        return self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a customer apart from its owners.

    **Shape**: ``stated`` maps a fact (see ``written.FACTS``) to a code, without the unstated ones;
    ``unidentified`` says why the customer is not known to be one party, empty where it is, and
    ``doubt`` is the code of that reason. ``segment`` is the customer's class, ``revenue`` annual in
    the portfolio's currency. ``customer`` and ``account`` are ids, ``opened`` the day since when
    the account is used; ``posted`` in any order.
    """

    stated: Mapping[str, str]
    unidentified: str = ""
    segment: str = ""
    revenue: Decimal = Decimal(0)
    doubt: str = UNIDENTIFIED
    posted: tuple[Posted, ...] = ()
    channel: Channel = Channel.DIRECT
    customer: str = ""
    account: str = ""
    opened: int = ALWAYS

    def held(self, kind: str, day: int) -> tuple[Posted, ...]:
        """The posted facts of a kind that are held on the day."""
        posted = self.posted
        return (
            tuple([one for one in posted if one.kind == kind and one.held(day)]) if posted else ()
        )

    def claimed(self, kind: str, value: str, day: int) -> Sequence[Posted]:
        """What is said of a kind and value on the day, clearings left out."""
        if not self.posted:
            return ()
        found = (one for one in self.held(kind, day) if one.value == value)
        return [one for one in found if one.manner is not Manner.CLEARED]


def facts_of(
    customer: Customer, party: Party | None, unidentified: str = "", doubt: str = UNIDENTIFIED
) -> Facts:
    """A customer's facts: declared ones, and the register's where it was found.

    >>> facts_of(Customer("c", country="XA"), None, "no such name").stated
    {'incorporation': 'XA'}
    """
    stated = {"headquarters": customer.headquarters, "incorporation": customer.country}
    for name, code in (customer.declared or {}).items():
        stated.setdefault(name, code)
        stated.setdefault(f"declared_{name}", code)
    if party is not None:
        stated["register_headquarters"] = party.headquarters
        stated["register_incorporation"] = party.jurisdiction
    known = {fact: code for fact, code in stated.items() if code}
    return Facts(
        known,
        unidentified,
        customer.segment,
        customer.revenue,
        doubt,
        channel=CHANNELS.get(customer.channel, Channel.DIRECT),
        customer=customer.id,
        opened=customer.opened,
    )
