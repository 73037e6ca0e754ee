"""Where a request comes from: what every source says of one address, kept apart.

1. A vote is one source's word. Votes are never merged, averaged or outvoted here: how many must
   agree, and what follows, is policy.
2. Sources that hand on the same data are one voice; agreement is counted in voices.
3. Hosting and a relay say nothing of who asks: neither hides a country. A VPN, Tor and proxies do.
4. A source that is silent about an address has no vote; silence is not "ordinary household".
5. A vote keeps the day of its source's data; whether that is too old is asked with a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What kind of network an address belongs to."""

    HOSTING = "hosting"
    CDN = "cdn"
    VPN = "vpn"
    RELAY = "relay"
    TOR = "tor"
    PUBLIC_PROXY = "public_proxy"
    RESIDENTIAL_PROXY = "residential_proxy"
    BOT = "bot"
    RESERVED = "reserved"


ANONYMISING = frozenset({Kind.VPN, Kind.TOR, Kind.PUBLIC_PROXY, Kind.RESIDENTIAL_PROXY})
"""Kinds behind which the country of whoever asks cannot be seen; a relay keeps it."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What one source says of an address.

    **Shape**: ``country`` is an ISO 3166-1 code, empty where the source does not say; ``asn`` is 0
    where it does not say; ``kinds`` in the order of ``Kind``; ``operator`` is who runs the network
    in the source's words; ``as_of`` is the day of the source's data. ``voice`` is whose data it is:
    equal for sources that hand on the same.
    """

    source: str
    country: str = ""
    asn: int = 0
    kinds: tuple[Kind, ...] = ()
    as_of: int = 0
    operator: str = ""
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is said of an address, and by whom.

    **Shape**: ``sources`` in the order of the votes; ``voices`` is how many of them are independent
    of each other, at least 1.
    """

    what: str
    sources: tuple[str, ...]
    voices: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Every source's vote about one address.

    **Shape**: votes in the order of the database's sources, at least one.

    >>> origin = Origin((Vote("a", "XA"), Vote("b", "XB", voice="a"), Vote("c", "XA", 64496)))
    >>> [(said.what, said.sources, said.voices) for said in origin.countries]
    [('XA', ('a', 'c'), 2), ('XB', ('b',), 1)]
    """

    votes: tuple[Vote, ...]

    @property
    def countries(self) -> tuple[Said, ...]:
        """The countries that are named; most voices first, then by code."""
        return _said((vote.country, vote) for vote in self.votes if vote.country)

    @property
    def asns(self) -> tuple[Said, ...]:
        """The autonomous systems that are named, each written as a number."""
        return _said((str(vote.asn), vote) for vote in self.votes if vote.asn)

    @property
    def kinds(self) -> tuple[Said, ...]:
        """The kinds of network that are named."""
        return _said((kind.value, vote) for vote in self.votes for kind in vote.kinds)

    @property
    def anonymised(self) -> Said | None:
        """Who says that the country of whoever asks cannot be seen, by whatever kind."""
        hidden = [("anonymised", v) for v in self.votes if not ANONYMISING.isdisjoint(v.kinds)]
        return next(iter(_said(hidden)), None)

    @property
    def reserved(self) -> bool:
        """Is it a special-purpose address of which no source says more?"""
        kinds = {kind for vote in self.votes for kind in vote.kinds}
        return kinds == {Kind.RESERVED} and not self.countries and not self.asns

    def stale(self, day: int, limit: int) -> tuple[str, ...]:
        """The sources whose data is more than ``limit`` days old on a day; standards do not age."""
        aging = (vote for vote in self.votes if vote.kinds != (Kind.RESERVED,))
        return tuple(vote.source for vote in aging if day - vote.as_of > limit)


def _said(things: Iterable[tuple[str, Vote]]) -> tuple[Said, ...]:
    by_thing: dict[str, list[Vote]] = {}
    for what, vote in things:
        by_thing.setdefault(what, []).append(vote)
    said = [
        Said(
            what,
            tuple(vote.source for vote in votes),
            len({vote.voice or vote.source for vote in votes}),
        )
        for what, votes in by_thing.items()
    ]
    return tuple(sorted(said, key=lambda one: (-one.voices, one.what)))
