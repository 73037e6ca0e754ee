"""An index out of names: rows in order, words numbered, lists, tables.

The result depends on the names, their parties and countries, on nothing else.
**Cost**: some 2 µs a name, on two cores half of it; while it is built, about 350 bytes a name.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from clearance.matching.index.counting import (
    Known,
    copy_words,
    core_keys,
    count_grams,
    count_lists,
    count_words,
    fill_grams,
    fill_lists,
    initial_keys,
    near_keys,
    number_words,
    row_weights,
    text_in_order,
    whole_keys,
)
from clearance.matching.index.hashing import ordered
from clearance.matching.index.layout import (
    Bytes,
    Flags,
    Grams,
    Hashes,
    Index,
    Ints,
    Longs,
    Names,
    Packed,
    Shorts,
    Table,
    Vocabulary,
    Words,
)
from clearance.matching.index.letters import GRAMS


class Rows(NamedTuple):
    """Which names stand where: a row is a name under a country.

    **Shape**: ``packed`` is a reading's place among the packed names, ``name`` which of the party's
    names it is; ``country`` is the code as in ``Names``; ``person`` whether the party is one.
    """

    packed: Longs
    party: Ints
    name: Shorts
    country: Shorts
    person: Flags


_ROOM = 1.4
"""Places of a table of words for each word that there may be, at the least."""
INITIALLED = 4
"""Keys of a person's name by initials."""


class Spelled(NamedTuple):
    """The words of an index in the order of their numbers, and the words of each name.

    **Shape**: ``words`` and ``extra`` hold numbers, those of each name up to its place in
    ``word_ends`` and ``extra_ends``.
    """

    directory: Words
    tag: Words
    text: Bytes
    text_start: Words
    words: Ints
    word_ends: Longs
    extra: Ints
    extra_ends: Longs


class Worded(NamedTuple):
    """The parts of an index that are about words; what the words of each row weigh together."""

    words: Vocabulary
    near: Table
    totals: Shorts


class Lettered(NamedTuple):
    """The parts of an index that are about whole names; the grams of each row, weighed."""

    text: Bytes
    text_start: Words
    grams: Grams
    totals: Shorts
    core: Table
    joined: Table


Both = Callable[[Callable[[], Worded], Callable[[], Lettered]], tuple[Worded, Lettered]]


def one_by_one(one: Callable[[], Worded], other: Callable[[], Lettered]) -> tuple[Worded, Lettered]:
    """The results of both."""
    return one(), other()


def build_index(names: Packed, rows: Rows, both: Both = one_by_one) -> Index:
    """The index of some names.

    Args:
        both: calls two functions that leave the interpreter alone, side by side perhaps.
    """
    order = np.lexsort((rows.name, rows.party, rows.country))
    country, first = np.unique(rows.country[order], return_index=True)
    country_start = np.append(first, len(order)).astype(np.int64)
    named, person = rows.packed[order], rows.person[order]
    party, name = rows.party[order], rows.name[order]
    del order
    worded, lettered = both(
        partial(_by_words, names, named), partial(_by_letters, names, named, person)
    )
    return Index(
        Names(
            country, country_start, party, name, names.form[named],
            worded.totals, lettered.totals, lettered.text_start, lettered.text,
        ),
        worded.words, worded.near, lettered.core, lettered.joined, lettered.grams,
    )  # fmt: skip


def _by_words(names: Packed, named: Longs) -> Worded:
    spelled = _spelled(names)
    words = (spelled.words, spelled.word_ends, spelled.extra, spelled.extra_ends)
    values, ends = _merged(*words)
    starts, listed, weight = _lists(values, ends, named, len(spelled.tag))
    totals = np.zeros(len(named), np.uint16)
    row_weights(*words, named, weight, totals)
    found = Vocabulary(
        spelled.directory, spelled.tag, weight, spelled.text_start, spelled.text, starts, listed
    )
    return Worded(found, _near(spelled), totals)


def _by_letters(names: Packed, named: Longs, person: Flags) -> Lettered:
    core, joined = _keys(names, named, person)
    sizes = np.diff(names.text_start)
    text = np.zeros(int(sizes[named].sum()), np.uint8)
    text_start = np.zeros(len(named) + 1, np.uint32)
    text_in_order(names.text, names.text_start, named, text, text_start)
    grams, totals = _grams(text, text_start)
    return Lettered(text, text_start, grams, totals, core, joined)


def _spelled(names: Packed) -> Spelled:
    """Every word there is, numbered, and the numbers of every name's."""
    most = [
        int(count_words(data)) + len(start)
        for data, start in ((names.text, names.text_start), (names.extra, names.extra_start))
    ]
    size = 1 << int(sum(most) * _ROOM).bit_length()
    known = Known(
        np.zeros(size, np.int32),
        np.zeros(sum(most), np.uint64),
        np.zeros(sum(most), np.int64),
        np.zeros(sum(most), np.int64),
    )
    words, extra = (np.zeros(many, np.int32) for many in most)
    word_ends, extra_ends = (np.zeros(len(names.of), np.int64) for _ in most)
    own = int(number_words(names.text, names.text_start, known, 0, words, word_ends))
    count = int(number_words(names.extra, names.extra_start, known, own, extra, extra_ends))
    directory, tag, order = ordered(known.hashes[:count])
    begin = known.begin[order]
    start = np.zeros(count + 1, np.uint32)
    np.cumsum(known.end[order] - begin, out=start[1:])
    text = np.zeros(int(start[-1]), np.uint8)
    copy_words(names.text, names.extra, begin, order >= own, start, text)
    number = np.zeros(count, np.int32)
    number[order] = np.arange(count, dtype=np.int32)
    return Spelled(
        directory, tag, text, start, number[_used(words, word_ends)], word_ends,
        number[_used(extra, extra_ends)], extra_ends,
    )  # fmt: skip


def _used(words: Ints, ends: Longs) -> Ints:
    return words[: int(ends[-1]) if len(ends) else 0]


def _merged(words: Ints, ends: Longs, extra: Ints, extra_ends: Longs) -> tuple[Ints, Longs]:
    """Words and pairs of each name, together."""
    if not len(extra):
        return words, ends
    counts = np.diff(ends, prepend=0)
    more = np.diff(extra_ends, prepend=0)
    names = np.concatenate(
        (np.repeat(np.arange(len(ends)), counts), np.repeat(np.arange(len(ends)), more))
    )
    order = np.argsort(names, kind="stable")
    return np.concatenate((words, extra))[order], ends + extra_ends


def _lists(values: Ints, ends: Longs, named: Longs, size: int) -> tuple[Longs, Ints, Shorts]:
    """The rows of each value, and the value's weight."""
    counts = np.zeros(size, np.int64)
    count_lists(values, ends, named, np.full(size, -1, np.int32), counts)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    found = np.zeros(int(starts[-1]), np.int32)
    fill_lists(values, ends, named, starts[:-1].copy(), found, starts)
    return starts, found, _weights(counts, len(named))


def _weights(counts: Longs, rows: int) -> Shorts:
    """32 · log₂(1 + rows ÷ rows that hold it)."""
    return (32 * np.log2(1 + rows / np.maximum(counts, 1))).astype(np.uint16)


def _table(keys: Hashes, values: Ints) -> Table:
    directory, tag, order = ordered(keys)
    return Table(directory, tag, values[order])


def _keys(names: Packed, named: Longs, person: Flags) -> tuple[Table, Table]:
    """The rows by their words in any order, a person's by initials as well; and as joined."""
    core, whole = (np.zeros(len(names.of), np.uint64) for _ in range(2))
    core_keys(names.text, names.text_start, core)
    whole_keys(names.joined, names.joined_start, whole)
    every = np.arange(len(named), dtype=np.int32)
    joined = _keyed((whole[named],), (every,))
    del whole
    persons = every[person]
    initials = np.zeros((INITIALLED, len(persons)), np.uint64)
    initial_keys(names.text, names.text_start, named[person], initials)
    return _keyed((core[named], *initials), (every, *[persons] * INITIALLED)), joined


def _keyed(keys: tuple[Hashes, ...], rows: tuple[Ints, ...]) -> Table:
    """The rows by keys of several kinds; a key of 0 is none."""
    some = [one != 0 for one in keys]
    return _table(
        np.concatenate([one[told] for one, told in zip(keys, some, strict=True)]),
        np.concatenate([one[told] for one, told in zip(rows, some, strict=True)]),
    )


def _near(spelled: Spelled) -> Table:
    """Which words are left when a letter of a word is left out."""
    most = len(spelled.text)
    keys, words = np.zeros(most, np.uint64), np.zeros(most, np.int32)
    count = near_keys(spelled.text, spelled.text_start, 0, len(spelled.tag), keys, words)
    return _table(keys[:count], words[:count])


def _grams(text: Bytes, start: Words) -> tuple[Grams, Shorts]:
    """The grams there are, the weight of each, its rows; what those of each row weigh together."""
    rows = len(start) - 1
    counts = np.zeros(GRAMS, np.int64)
    count_grams(text, start, counts)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    weight = _weights(counts, rows)
    listed, totals = np.zeros(int(starts[-1]), np.int32), np.zeros(rows, np.uint16)
    fill_grams(text, start, starts[:-1].copy(), weight, listed, totals)
    some = np.flatnonzero(counts)
    started = np.append(starts[some], starts[-1])
    return Grams(some.astype(np.int32), weight[some], started, listed), totals
