"""The port through which explanation and proof read what was stated.

The engine works on arrays; a person or a checker works on rows. Whoever holds reference data
offers this view of it. Orders are defined, so that what is printed is byte-stable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from clearance.model.interest import Interest
from clearance.model.party import Party


class Rows(Protocol):
    """Parties and interests by id, as stated (not sliced by day, not fused)."""

    def party(self, id: str) -> Party | None:
        """The party of that id, a stub if it is only named by an interest, or ``None``."""
        ...

    def interests_in(self, subject: str) -> Sequence[Interest]:
        """Every interest in ``subject``, by interested party, type, source, statement."""
        ...

    def interests_of(self, interested_party: str) -> Sequence[Interest]:
        """Every interest that ``interested_party`` holds, by subject, type, source, statement."""
        ...

    def party_ids(self) -> Iterator[str]:
        """Every party id, in ascending order of code points."""
        ...
