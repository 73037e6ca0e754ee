"""What can be found of a log: counts, and flaws with their places."""

from __future__ import annotations

from dataclasses import dataclass, field

from clearance.ledger.entry import Kind

MOST_FLAWS = 100
"""Flaws that are told; how many more there are is only counted."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What does not agree, and where."""

    place: str
    what: str


@dataclass(slots=True)
class LogFindings:
    """What was found of a log.

    **Shape**: ``kinds`` counts entries; ``lost`` are promised entries that gaps tell of; ``erased``
    are sealed values of which an entry says that they were erased; ``aside`` says whether what is
    kept beside the entries was looked at.
    """

    origin: str = ""
    size: int = 0
    kinds: dict[Kind, int] = field(default_factory=dict)
    lost: int = 0
    erased: int = 0
    aside: bool = False
    flaws: list[Flaw] = field(default_factory=list)
    more: int = 0

    @property
    def holds(self) -> bool:
        """Does everything agree?"""
        return not self.flaws

    def flaw(self, place: str, what: str) -> None:
        """One more flaw."""
        if len(self.flaws) < MOST_FLAWS:
            self.flaws.append(Flaw(place, what))
        else:
            self.more += 1
