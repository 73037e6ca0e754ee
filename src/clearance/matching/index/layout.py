"""The arrays of an index of names, and those of questions put to it.

1. A **row** is one name under one country; rows stand in the order of country, party, name, so that
   the rows of a country, and those within every list of rows, lie together.
2. A **word** is a folded word, or a pair of raw letters; words are numbered in the order of their
   table.
3. A **gram** is three neighbouring letters of the name without spaces, both ends marked.
4. A **table** finds what has a hash: the upper bits choose a place in ``directory``, from where
   ``tag`` holds the lower 32 bits in ascending order. A hash finds candidates; the texts decide.
5. Weights are rarity, 32 · log₂(1 + rows ÷ rows that hold it): the rarer, the more a match says.

Arrays that are used together stand together: compiled code is handed the few that it needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Shorts = NDArray[np.uint16]
Words = NDArray[np.uint32]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Stored = NDArray[np.generic]
Spans = NDArray[np.int64]
"""A row for each of several things: places of it."""


class Names(NamedTuple):
    """What each row is.

    **Shape**: *r* rows, *c* countries; ``country_start`` and ``text_start`` have one more.
    ``country`` is 256 · first letter + second, 0 for none; ``party`` is -1 for a row that no longer
    counts; ``name`` is 0 for the main name of a party, then counts its others; ``form`` is a number
    for the class of the legal form, 0 for none.
    """

    country: Shorts
    country_start: Longs
    party: Ints
    name: Shorts
    form: Bytes
    weight: Shorts
    gram_total: Shorts
    text_start: Words
    text: Bytes


class Vocabulary(NamedTuple):
    """Every word: its table, its weight, its text, and the rows that hold it, ascending."""

    directory: Words
    tag: Words
    weight: Shorts
    text_start: Words
    text: Bytes
    row_start: Longs
    row: Ints


class Table(NamedTuple):
    """What has a hash: a word or a row for each."""

    directory: Words
    tag: Words
    item: Ints


class Grams(NamedTuple):
    """Every gram there is, ascending: its weight, and the rows that hold it, ascending."""

    code: Ints
    weight: Shorts
    row_start: Longs
    row: Ints


class Index(NamedTuple):
    """Rows and the ways to them: words, words with one letter left out, names whole, grams."""

    names: Names
    words: Vocabulary
    near: Table
    core: Table
    joined: Table
    grams: Grams


_PARTS: Mapping[str, type[Names] | type[Vocabulary] | type[Table] | type[Grams]] = {
    "": Names, "word_": Vocabulary, "near_": Table, "core_": Table, "joined_": Table,
    "gram_": Grams,
}  # fmt: skip
"""The parts of an index in their order, by how the names of their stored arrays begin."""


def stored(index: Index) -> Iterator[tuple[str, Stored]]:
    """Every array of an index under the name it is stored by."""
    for (prefix, kind), part in zip(_PARTS.items(), index, strict=True):
        for field, array in zip(kind._fields, part, strict=True):
            yield f"{prefix}{field}", array


def restored(arrays: Mapping[str, Stored]) -> Index:
    """The index whose arrays were stored; nothing may be written into it.

    Raises:
        KeyError: an array is missing.
    """
    parts = [
        kind(*(_unchanging(arrays[f"{prefix}{field}"]) for field in kind._fields))  # type: ignore[arg-type]
        for prefix, kind in _PARTS.items()
    ]
    return Index(*parts)  # type: ignore[arg-type]


def _unchanging(array: Stored) -> Stored:
    view = array.view()
    view.flags.writeable = False
    return view


class Packed(NamedTuple):
    """Names as bytes: words with a space between, pairs of raw letters the same way, and the name
    as it is joined to be compared as a whole.

    **Shape**: *n* readings; each ``*_start`` has *n* + 1; ``of`` says which name is read, ascending
    (a name may be read twice); ``form`` is as in ``Names``.
    """

    text: Bytes
    text_start: Longs
    extra: Bytes
    extra_start: Longs
    joined: Bytes
    joined_start: Longs
    of: Longs
    form: Bytes


class Asked(NamedTuple):
    """Questions, a reading each, and the places in ``Names.country`` where each is looked for."""

    name: Packed
    country: Ints
    country_start: Longs
