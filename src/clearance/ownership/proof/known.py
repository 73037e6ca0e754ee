"""Rows that a run's proofs are made from, each read once: customers share their owners."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from clearance.model.interest import Interest, Measure
from clearance.model.party import Party
from clearance.model.rows import Rows
from clearance.ownership.checker.book import Book

KEPT = 1 << 16
"""Subjects kept before everything is forgotten."""


class Known:
    """Rows with a memory.

    ``near`` names the parties whom anything restricted is near; nobody else can count, so that a
    party's ancestors are followed only through these.
    """

    __slots__ = ("_in", "_of", "_party", "_rows", "books", "near")

    def __init__(self, rows: Rows, near: Callable[[str], bool] | None = None) -> None:
        self._rows = rows
        self.near = near
        self.books: dict[tuple[str, Measure], Book] = {}
        self._party: dict[str, Party | None] = {}
        self._in: dict[str, Sequence[Interest]] = {}
        self._of: dict[str, Sequence[Interest]] = {}

    def party(self, id: str) -> Party | None:
        """The party of that id."""
        if id not in self._party:
            self._room()
            self._party[id] = self._rows.party(id)
        return self._party[id]

    def interests_in(self, subject: str) -> Sequence[Interest]:
        """Every interest in ``subject``."""
        found = self._in.get(subject)
        if found is None:
            found = self._in[subject] = self._rows.interests_in(subject)
        return found

    def interests_of(self, interested_party: str) -> Sequence[Interest]:
        """Every interest that ``interested_party`` holds."""
        found = self._of.get(interested_party)
        if found is None:
            found = self._of[interested_party] = self._rows.interests_of(interested_party)
        return found

    def party_ids(self) -> Iterator[str]:
        """Every party id."""
        return self._rows.party_ids()

    def _room(self) -> None:
        if len(self._party) >= KEPT:
            for kept in (self._party, self._in, self._of, self.books):
                kept.clear()
