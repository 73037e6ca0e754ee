"""Reference rows in memory: the port ``model.rows.Rows``, and what screening asks besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from clearance.model.interest import Interest
from clearance.model.party import Identifier, Party
from clearance.ownership.arrays.graph import PartyColumns


class FakeRows:
    """Parties and interests as given; party indexes are ranks of ids."""

    def __init__(self, parties: Iterable[Party], interests: Iterable[Interest] = ()) -> None:
        self._parties = {party.id: party for party in parties}
        self._interests = tuple(interests)
        self.ids = sorted(self._parties)

    def party(self, id: str) -> Party | None:
        return self._parties.get(id)

    def interests_in(self, subject: str) -> Sequence[Interest]:
        return [one for one in self._interests if one.subject == subject]

    def interests_of(self, interested_party: str) -> Sequence[Interest]:
        return [one for one in self._interests if one.interested_party == interested_party]

    def party_ids(self) -> Iterator[str]:
        return iter(self.ids)

    def id(self, index: int) -> str:
        return self.ids[index]

    def index(self, id: str) -> int | None:
        return self.ids.index(id) if id in self._parties else None

    def party_at(self, index: int) -> Party:
        return self._parties[self.ids[index]]

    def with_identifiers(self, identifiers: Sequence[Identifier]) -> Sequence[Sequence[int]]:
        return [
            [at for at, id in enumerate(self.ids) if one in self._parties[id].identifiers]
            for one in identifiers
        ]

    @property
    def columns(self) -> PartyColumns:
        """The facts of parties as arrays."""
        stated = [self._parties[id] for id in self.ids]
        codes = sorted({"", *(p.jurisdiction for p in stated), *(p.headquarters for p in stated)})
        size = len(self.ids)
        zero = np.zeros(size, np.int32)
        return PartyColumns(
            kind=np.array([int(party.kind) for party in stated], np.uint8),
            capital=np.ones(size, np.bool_),
            jurisdiction=np.array([codes.index(p.jurisdiction) for p in stated], np.int32),
            headquarters=np.array([codes.index(p.headquarters) for p in stated], np.int32),
            residence=zero,
            residence_start_first=zero,
            residence_start_last=zero,
            residence_end_first=zero,
            residence_end_last=zero,
            lists=zero,
            branch_of=zero - 1,
            codes=tuple(codes),
            list_sets=((),),
        )
