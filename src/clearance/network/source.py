"""A source of votes: whose data, of which day, under which licence, known by its digest.

Not here: what it says (``origin``); whether its age is too much is asked with a limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BUILT_IN = "built in"
"""The format of what comes with the program: a standard, which does not age."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source that a database was compiled from.

    **Shape**: ``voice`` is whose data it is, the id itself where nobody hands it on; ``as_of`` is
    the day of the data; ``licence`` is empty where the source does not state one; ``digest`` is the
    SHA-256 of its files, one after another; ``blocks`` counts what it has a word about.
    """

    id: str
    format: str
    voice: str
    as_of: int
    licence: str
    digest: str
    files: tuple[str, ...]
    blocks: int

    def age(self, day: int) -> int:
        """How many days old the data is on a day; below zero where it is later than that."""
        return day - self.as_of


def stale(sources: Sequence[Source], day: int, limit: int) -> tuple[Source, ...]:
    """The sources whose data is more than ``limit`` days old on a day, in their order."""
    aging = (source for source in sources if source.format != BUILT_IN)
    return tuple(source for source in aging if source.age(day) > limit)
