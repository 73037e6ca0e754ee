"""The names of a reference as an index: read, formed, built, under the names it is stored by.

1. Every name of every party is a row for each country of the party: of incorporation, of its
   headquarters, of residence. A party without a country has one row without.
2. Names are packed on all cores where there are many.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from clearance.adapters.matching.lots import named
from clearance.adapters.snapshot.content import Array, Content
from clearance.matching.index.build import Rows, build_index
from clearance.matching.index.layout import Index, Ints, Longs, Packed, Shorts
from clearance.matching.index.pack import joined
from clearance.matching.index.packing import Packer
from clearance.model.party import PartyKind
from clearance.model.region import country_of

T = TypeVar("T")
U = TypeVar("U")

MANY = 50_000
"""From so many names on another process is worth its start."""
_LOT = 20_000
_MOST = 0xFFFF
"""Names of one party that can be told apart."""


class Names(NamedTuple):
    """Every name: whose it is, which of the party's, and in which column it stands where."""

    party: Ints
    name: Shorts
    other: Ints


def name_arrays(content: Content) -> dict[str, Array]:
    """The arrays of an index of every name, by the names they are stored by."""
    return named(index_of(content, _names(content)), 0)


def additions(content: Content, parties: Ints, number: int) -> dict[str, Array]:
    """The arrays of one more index, of the names of some parties."""
    names = _names(content)
    theirs = np.zeros(len(content.texts["party.id"]), np.bool_)
    theirs[parties] = True
    chosen = theirs[names.party]
    return named(
        index_of(content, Names(names.party[chosen], names.name[chosen], names.other[chosen])),
        number,
    )


def index_of(content: Content, names: Names) -> Index:
    """The index of some names of a reference."""
    packed = _packed(content, names)
    countries = _countries(content)[names.party][packed.of]
    read = np.concatenate([np.flatnonzero(column >= 0) for column in countries.T])
    stated = np.concatenate([column[column >= 0] for column in countries.T])
    rows = Rows(
        packed=read,
        party=names.party[packed.of[read]],
        name=names.name[packed.of[read]],
        country=stated.astype(np.uint16),
        person=content.arrays["party.kind"][names.party[packed.of[read]]] == PartyKind.PERSON,
    )
    return build_index(packed, rows, _both)


def _both(one: Callable[[], T], other: Callable[[], U]) -> tuple[T, U]:
    """The results of both, on a core each."""
    with ThreadPoolExecutor(1) as pool:
        later = pool.submit(one)
        found = other()
        return later.result(), found


def _names(content: Content) -> Names:
    """The main name of every party that has one, then its others."""
    size = len(content.texts["party.name"])
    start = content.arrays["party.other_name_start"]
    counts = np.diff(start).astype(np.int64)
    owner = np.repeat(np.arange(size), counts)
    which = np.arange(len(owner)) - np.repeat(start[:-1].astype(np.int64), counts) + 1
    fits = which <= _MOST
    main = np.flatnonzero(_lengths(content, "party.name"))
    others = np.flatnonzero(fits & (_lengths(content, "party.other_name") > 0))
    return Names(
        np.concatenate((main, owner[others])).astype(np.int32),
        np.concatenate((np.zeros(len(main), np.int64), which[others])).astype(np.uint16),
        np.concatenate((np.full(len(main), -1), others)).astype(np.int32),
    )


def _lengths(content: Content, column: str) -> Longs:
    array = content.texts[column].array
    offsets = array.buffers()[1] if len(array.buffers()) > 1 else None
    if offsets is None:
        return np.zeros(len(array), np.int64)
    lengths: Longs = np.diff(
        np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
    )
    return lengths


def _countries(content: Content) -> NDArray[np.int32]:
    """Up to three different countries a party, -1 where there are fewer; 0 alone for none."""
    codes = np.array([_number(code) for code in content.tables["codes"]], np.int32)
    fields = ("jurisdiction", "headquarters", "residence")
    found = np.stack([codes[content.arrays[f"party.{field}"]] for field in fields], axis=1)
    none = ~found.any(axis=1)
    for at in (2, 1):
        for before in range(at):
            found[found[:, at] == found[:, before], at] = 0
    found[found == 0] = -1
    found[none, 0] = 0
    return found


def _number(code: str) -> int:
    country = country_of(code).encode("ascii", "replace")[:2]
    return int.from_bytes(country, "big") if len(country) == 2 else 0


def country_number(code: str) -> int:
    """The country of an ISO 3166 code as the index numbers it, 0 for none."""
    return _number(code)


def _packed(content: Content, names: Names) -> Packed:
    lots = range(0, max(1, len(names.party)), _LOT)
    packer = Packer()
    if len(names.party) < MANY or sys.platform != "linux" or (os.cpu_count() or 1) < 2:
        return joined([_lot(content, names, packer, start) for start in lots])
    return joined(list(_side_by_side((content, names, packer), lots)))


def _side_by_side(inherited: tuple[Content, Names, Packer], lots: range) -> Iterator[Packed]:
    """Lots packed by processes that inherit the names."""
    global _inherited
    _inherited = inherited
    fork = get_context("fork")
    with warnings.catch_warnings():  # Python 3.12 warns of threads: the others use none of them
        warnings.simplefilter("ignore", DeprecationWarning)
        with fork.Pool(min(os.cpu_count() or 1, 8)) as pool:
            yield from pool.imap(_inherited_lot, lots)
    _inherited = None


_inherited: tuple[Content, Names, Packer] | None = None


def _inherited_lot(start: int) -> Packed:
    if _inherited is None:
        raise RuntimeError("nothing was inherited")
    return _lot(*_inherited, start)


def _lot(content: Content, names: Names, packer: Packer, start: int) -> Packed:
    lot = slice(start, start + _LOT)
    part = Names(names.party[lot], names.name[lot], names.other[lot])
    main = content.texts["party.name"].take(np.where(part.other < 0, part.party, -1))
    others = content.texts["party.other_name"].take(part.other)
    person = (content.arrays["party.kind"][part.party] == PartyKind.PERSON).tolist()
    kinds = [PartyKind.PERSON if one else PartyKind.ENTITY for one in person]
    texts = [one or another for one, another in zip(main, others, strict=True)]
    return packer.pack(texts, kinds)
