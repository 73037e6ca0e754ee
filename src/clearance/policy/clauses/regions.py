"""Where a policy draws its line on the map: listed codes, exceptions, and what each code yields.

1. A policy lists the regions it supports, or those it does not. The other side is *unlisted*.
2. Each code stands alone. A subdivision goes with its country only where the policy says
   ``subdivisions = "as-country"``, a territory with another code only where ``follows`` says so.
   A code that is written out (listed or excepted) is always taken as written.
3. *Restricted* is a code on the unsupported side: it makes seeds. An unlisted code under a
   list of supported regions is restricted only where the policy says that it yields ``deny``.
4. A code that is no ISO 3166 code is *unknown* and never restricted: nobody is barred for a typing
   mistake, and nobody cleared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from clearance.model.outcome import Outcome
from clearance.model.region import country_of
from clearance.policy.codes import Codes


class Listing(StrEnum):
    """Which side of the line a list names."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"


class Place(StrEnum):
    """What a policy knows of a code."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    UNLISTED = "unlisted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RegionList:
    """A published list of regions as data.

    **Shape**: codes sorted; ``excepted`` are on the other side of the line than ``codes``;
    ``follows`` maps a code to the one it goes with. ``retrieved`` is a day; ``verified`` is ``yes``
    or says what was not verified.
    """

    id: str
    title: str
    listing: Listing
    codes: tuple[str, ...]
    excepted: tuple[str, ...] = ()
    follows: Mapping[str, str] | None = None
    source: str = ""
    retrieved: int = 0
    verified: str = "yes"


@dataclass(frozen=True, slots=True)
class Regions:
    """A policy's line: the list, and what its silent codes yield.

    **Shape**: ``unlisted`` is the outcome for a code that the list does not name, never more than
    the rule's own; ``unknown`` the outcome for what is no code. ``as_country`` lets a subdivision
    go with its country.
    """

    list: RegionList
    unlisted: Outcome
    unknown: Outcome
    as_country: bool = False

    def place(self, code: str, codes: Codes) -> Place:
        """Which side ``code`` is on.

        >>> line = RegionList("x", "X", Listing.SUPPORTED, ("XA",), ("XA-01",))
        >>> regions = Regions(line, Outcome.DENY, Outcome.REVIEW, as_country=True)
        >>> [regions.place(code, Codes({})).value for code in ("XA-02", "XA-01", "XB", "x")]
        ['supported', 'unsupported', 'unlisted', 'unknown']
        """
        if not codes.known(code):
            return Place.UNKNOWN
        listed, other = Place.SUPPORTED, Place.UNSUPPORTED
        if self.list.listing is Listing.UNSUPPORTED:
            listed, other = other, listed
        for step in self._steps(code):
            if step in self.list.excepted:
                return other
            if step in self.list.codes:
                return listed
        return Place.UNLISTED

    def restricts(self, place: Place) -> bool:
        """Does a place make seeds?"""
        if place is Place.UNLISTED:
            return self.unlisted is Outcome.DENY
        return place is Place.UNSUPPORTED

    def restricted(self, occurring: Iterable[str], codes: Codes) -> tuple[str, ...]:
        """Of the codes that occur, those that make seeds, sorted.

        Use this when binding a rule to a policy: the engine compares codes one by one and knows
        nothing of lists, countries or territories.
        """
        return tuple(sorted({c for c in occurring if self.restricts(self.place(c, codes))}))

    def with_list(self, list: RegionList) -> Regions:
        """The same line drawn by another list; silent codes keep to the list's own side."""
        unlisted = self.unlisted
        if list.listing is not self.list.listing:
            unlisted = Outcome.DENY if list.listing is Listing.SUPPORTED else Outcome.ALLOW
        return replace(self, list=list, unlisted=unlisted)

    def _steps(self, code: str) -> Iterable[str]:
        follows = self.list.follows or {}
        seen: set[str] = set()
        while code and code not in seen:
            seen.add(code)
            yield code
            parent = country_of(code) if self.as_country and "-" in code else ""
            code = follows.get(code, parent)
