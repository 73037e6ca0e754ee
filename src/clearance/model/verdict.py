"""What the engine answers about one party, and why.

1. ``reached`` is the ownership test; a control finding changes it only where the rule says that
   control bars or is presumed.
2. ``certain`` holds on lower bounds under every reading; ``no`` fails on upper bounds under every
   reading; anything else is ``possible``.
3. ``undeclared`` is the rest that the live rows do not add up to: held by nobody restricted, never
   a reason for ``possible``, always shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from clearance.model.dates import Period
from clearance.model.interest import Measure
from clearance.model.quick import quick
from clearance.model.rule import Level
from clearance.model.share import Share, Unspecified, range_text


class Reached(IntEnum):
    """Is the party reached by the restriction? Ordered by how much is established."""

    NO = 0
    POSSIBLE = 1
    CERTAIN = 2

    @property
    def word(self) -> str:
        """As it stands in files: ``no``, ``possible``, ``certain``."""
        return _WORDS[self]


_WORDS = tuple(one.name.lower() for one in Reached)


@dataclass(frozen=True, slots=True)
class Holding:
    """One holding that counted: ``holder`` has ``share`` of ``subject`` in ``measure``."""

    holder: str
    subject: str
    measure: Measure | None
    share: Share | Unspecified
    period: Period
    statement: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that nobody stated about ``subject``, and what it would settle."""

    subject: str
    what: str
    settles: str


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """What one reading of the rule found."""

    reached: Reached
    share: Share
    measure: Measure


ABOVE_WHOLE = "minima_above_whole"
"""The flag of a party of which more is surely held than there is."""


@quick
@dataclass(frozen=True, slots=True)
class Finding:
    """The answer about one party.

    **Shape**: ``share`` is the hull over ``readings`` (per reading, the deciding measure's
    attributed total); ``level`` the strongest finding; ``undeclared`` a fraction of the whole;
    ``because`` and ``missing`` in a defined order; ``seed`` says why the party is restricted
    itself, if it is; ``flags`` are oddities of the data, by code, sorted.
    """

    id: str
    reached: Reached
    level: Level | None
    share: Share
    measure: Measure
    readings: Mapping[str, ReadingResult]
    undeclared: Fraction
    because: tuple[Holding, ...] = ()
    missing: tuple[Missing, ...] = ()
    seed: str = ""
    flags: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The share as people read it, and whether the rows behind it contradict each other.

        Where minima need more than the whole, what is surely held lies above what the others
        leave: the figure shown is the former, which no reading of the rows lowers.
        """
        contradicting = ", contradicting" if ABOVE_WHOLE in self.flags else ""
        return f"{range_text(self.share)}{contradicting}"
