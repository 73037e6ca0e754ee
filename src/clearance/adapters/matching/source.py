"""A snapshot as a source of candidates: its index searched by threads that share its pages.

1. One source serves any number of threads; each takes room to write on and gives it back.
2. Several lots of names (a base, what was added later) are searched one by one; the best parties
   of all count.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from queue import Empty, SimpleQueue

import numpy as np

from clearance.adapters.matching.lots import indexes_in
from clearance.adapters.matching.naming import country_number
from clearance.adapters.snapshot.lookup import by_identifier
from clearance.adapters.snapshot.reference import Reference
from clearance.matching.candidates import ENOUGH, Candidate, Sought
from clearance.matching.identifiers import spellings
from clearance.matching.index.layout import Index, Ints, Names
from clearance.matching.index.pack import ask
from clearance.matching.index.ranking import WHOLE
from clearance.matching.index.scratch import Scratch, scratch_for
from clearance.matching.index.search import count_of, search_all
from clearance.model.errors import IntegrityError
from clearance.model.party import Identifier
from clearance.model.record import Record

_CHUNK = 32


def candidates_of(reference: Reference) -> Candidates:
    """The reference as a source of candidates.

    Raises:
        IntegrityError: the snapshot has no index of names, or half of one.
    """
    return Candidates(reference)


class Candidates:
    """Implements ``matching.candidates.CandidateSource`` for a reference."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._lots = [_Lot(index) for index in indexes_in(reference.content.arrays)]

    @property
    def names(self) -> int:
        """How many names there are."""
        return sum(len(lot.index.names.party) for lot in self._lots)

    def by_identifiers(self, identifiers: Sequence[Identifier]) -> Sequence[Sequence[int]]:
        """For each identifier the parties that carry it, however it is spelt, ascending."""
        asked = [[(one.scheme, number) for number in spellings(one.id)] for one in identifiers]
        found = iter(by_identifier(self._reference.content, list(chain.from_iterable(asked))))
        return [tuple(sorted({party for _ in some for party in next(found)})) for some in asked]

    def by_domains(self, domains: Sequence[str]) -> Sequence[Sequence[int]]:
        """For each domain that is somebody's own the parties that are reached there, ascending."""
        return self._reference.with_domains(domains)

    def record(self, party: int, name: str = "") -> Record:
        """What the reference holds of a party; of many names, the main one and ``name`` alone."""
        found = self._reference.record(party)
        if not name or len(found.names) < 3:
            return found
        kept = tuple(dict.fromkeys((found.names[0], name)))
        return replace(found, names=kept)

    def count(self, word: str) -> int:
        """In how many names a folded word in Latin letters stands."""
        letters = np.frombuffer(word.encode("utf-8", "replace"), np.uint8)
        return sum(count_of(lot.index.words, letters) for lot in self._lots)

    def search(
        self, sought: Sequence[Sought], limit: int = ENOUGH, far: float = 0.0
    ) -> Sequence[Sequence[Candidate]]:
        """For each question the parties whose names are most alike, the most alike first; those
        less alike than a part of the best are left out."""
        owner = [at for at, one in enumerate(sought) for _ in one.forms]
        best: list[dict[int, tuple[int, int, int]]] = [{} for _ in sought]
        try:
            for lot in self._lots:
                for form, table in lot.search(sought, limit):
                    self._keep(best[owner[form]], table, lot.index.names)
            return [self._named(each, limit, far) for each in best]
        except IndexError as error:
            raise IntegrityError(
                str(error), remedy="validate the snapshot, and build it again"
            ) from None

    def _keep(self, best: dict[int, tuple[int, int, int]], table: Ints, names: Names) -> None:
        """Keep of each party its best row; a merged party counts as the one it is merged into."""
        canonical = self._reference.canonical
        for party, row, score in table.tolist():
            known = party if canonical is None else int(canonical[party])
            told = (-score, party, names.name[row].item())
            best[known] = min(told, best.get(known, told))

    def _named(
        self, best: Mapping[int, tuple[int, int, int]], limit: int, far: float
    ) -> Sequence[Candidate]:
        ranked = sorted((told[0], party, *told[1:]) for party, told in best.items())[:limit]
        least = -ranked[0][0] / WHOLE * far if ranked else 0.0
        return tuple(
            Candidate(party, self._name(owner, name), -score / WHOLE)
            for score, party, owner, name in ranked
            if -score / WHOLE >= least
        )

    def _name(self, party: int, name: int) -> str:
        content = self._reference.content
        if name == 0:
            return content.texts["party.name"][party]
        start = int(content.arrays["party.other_name_start"][party])
        return content.texts["party.other_name"][start + name - 1]


class _Lot:
    """One index, and what threads write on while they search it."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._places = {code: at for at, code in enumerate(index.names.country.tolist()) if code}
        self._free: SimpleQueue[Scratch] = SimpleQueue()

    def search(self, sought: Sequence[Sought], limit: int) -> Iterator[tuple[int, Ints]]:
        """The best rows of each reading of each name: which name it is of all, and the rows."""
        forms = [form for one in sought for form in one.forms]
        places = [self._countries(one.countries) for one in sought for _ in one.forms]
        asked = ask(forms, places)
        size = len(asked.name.of)
        found = np.zeros((size, limit, 3), np.int32)
        counts = np.zeros((size, 2), np.int32)
        starts = range(0, size, _CHUNK)

        def work(first: int) -> None:
            with self._scratch() as scratch:
                last = min(first + _CHUNK, size)
                search_all(self.index, asked, (first, last), scratch, found, counts)

        if len(starts) < 2:
            for first in starts:
                work(first)
        else:
            with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
                list(pool.map(work, starts))
        for at, form in enumerate(asked.name.of.tolist()):
            yield form, found[at, : counts[at, 0]]

    def _countries(self, codes: Sequence[str]) -> list[int]:
        numbers = dict.fromkeys(country_number(code) for code in codes)
        return [self._places[number] for number in numbers if number in self._places]

    @contextmanager
    def _scratch(self) -> Iterator[Scratch]:
        """Clean room; room that an error left unclean is not given back."""
        try:
            scratch = self._free.get_nowait()
        except Empty:
            scratch = scratch_for(self.index)
        yield scratch
        self._free.put(scratch)
