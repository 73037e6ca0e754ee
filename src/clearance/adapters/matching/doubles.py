"""Parties of a snapshot that share a number or a name: what merging looks at.

1. Numbers are compared as ``matching.identifiers`` writes them, by hash; only settling schemes.
2. Names come from the snapshot's index of names: rows with one core under one country. A snapshot
   without an index is looked through by numbers alone.
3. Groups that look alike by hash may hold others too: whoever asks compares the records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from clearance.adapters.snapshot.hashes import hashes
from clearance.adapters.snapshot.reference import Reference
from clearance.matching.identifiers import settles
from clearance.model.party import PartyKind
from clearance.model.record import Record
from clearance.ownership.arrays.graph import Int64

Keys = NDArray[np.uint64]


class Doubles:
    """Implements ``usecases.merge.Parties`` for a reference in which nothing is merged."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._arrays = reference.content.arrays
        self.index = reference.index
        self.id = reference.id

    def __len__(self) -> int:
        return len(self._reference)

    def sharing_numbers(self) -> Iterator[Sequence[int]]:
        """Parties with one number of one settling scheme, ascending."""
        content = self._reference.content
        schemes = content.tables["scheme"]
        settling = np.array([settles(scheme) for scheme in schemes] or [False])
        codes = self._arrays["party.identifier_scheme"].astype(np.int64)
        at = np.flatnonzero(settling[codes]) if len(codes) else np.zeros(0, np.int64)
        if not len(at):
            return iter(())
        ids = content.texts["party.identifier"].array.take(pa.array(at)).cast(pa.large_string())
        signs = pc.replace_substring_regex(pc.utf8_upper(ids), "[^0-9A-Z]", "")
        plain = pc.replace_substring_regex(signs, "^0+", "")
        words = pa.array([scheme.strip().upper() for scheme in schemes], pa.large_string())
        parted = pa.scalar(":", pa.large_string())
        keys = hashes(pc.binary_join_element_wise(words.take(pa.array(codes[at])), plain, parted))
        start = self._arrays["party.identifier_start"]
        owner = np.searchsorted(start, at, "right").astype(np.int64) - 1
        return _groups(keys, owner)

    def sharing_names(self) -> Iterator[Sequence[int]]:
        """Entities of one country with one core of a name, of at least two sources, ascending."""
        lots = list(self._lots())
        if not lots:
            return
        keys = np.concatenate([key for key, _ in lots])
        party = np.concatenate([party for _, party in lots])
        kind = self._arrays["party.kind"][party]
        entity = (kind != PartyKind.PERSON) & (kind != PartyKind.UNKNOWN)
        source = self._arrays["party.source"]
        for group in _groups(keys[entity], party[entity]):
            if len({int(source[one]) for one in group}) > 1:
                yield group

    def record(self, index: int) -> Record:
        """What the reference holds of a party."""
        return self._reference.record(index)

    def place(self, index: int) -> tuple[str, str]:
        """The source that first described a party, and its jurisdiction."""
        party = self._reference.party_at(index)
        return party.source, party.jurisdiction

    def related(self, one: int, other: int) -> bool:
        """Does one hold an interest in the other?"""
        return self._holds(one, other) or self._holds(other, one)

    def _lots(self) -> Iterator[tuple[Keys, Int64]]:
        """A key of core and country, and the party, of every row that counts and has a country."""
        number = 0
        while f"match.{number}.party" in self._arrays:
            prefix = f"match.{number}."
            row = self._arrays[f"{prefix}core_item"].astype(np.int64)
            start = self._arrays[f"{prefix}country_start"]
            place = np.searchsorted(start, row, "right") - 1
            country = self._arrays[f"{prefix}country"][place].astype(np.uint64)
            tag = self._arrays[f"{prefix}core_tag"].astype(np.uint64)
            party = self._arrays[f"{prefix}party"][row].astype(np.int64)
            told = (party >= 0) & (country > 0)
            yield (tag << np.uint64(16) | country)[told], party[told]
            number += 1

    def _holds(self, holder: int, subject: int) -> bool:
        graph = self._reference.graph
        start, end = graph.subject_start[subject : subject + 2]
        holders = graph.interests.holder[start:end]
        at = int(np.searchsorted(holders, holder))
        return at < len(holders) and int(holders[at]) == holder


def _groups(keys: Keys, party: Int64) -> Iterator[Sequence[int]]:
    """Different parties under one key, ascending, groups in the order of their first."""
    order = np.lexsort((party, keys))
    keys, party = keys[order], party[order]
    first = np.append(True, (keys[1:] != keys[:-1]) | (party[1:] != party[:-1]))[: len(keys)]
    keys, party = keys[first], party[first]
    same = np.append(False, keys[1:] == keys[:-1])[: len(keys)]
    starts = np.flatnonzero(~same)
    ends = np.append(starts[1:], len(keys))
    several = np.flatnonzero(ends - starts > 1)
    ordered = several[np.argsort(party[starts[several]], kind="stable")]
    for at in ordered:
        yield tuple(party[starts[at] : ends[at]].tolist())
