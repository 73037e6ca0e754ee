"""An index out of names: rows in order, words numbered, lists, tables.

The result depends on the names, their parties and countries, on nothing else.
**Cost**: some 6 µs a name on one core; while it is built, about 400 bytes a name.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from clearance.matching.index.counting import (
    copy_words,
    core_keys,
    count_grams,
    count_lists,
    count_words,
    fill_grams,
    fill_lists,
    initial_keys,
    near_keys,
    row_weights,
    text_in_order,
    whole_keys,
    word_hashes,
    words_in,
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


INITIALLED = 4
"""Keys of a person's name by initials."""


class Spelled(NamedTuple):
    """The words of an index, in the order of their numbers."""

    hashes: Hashes
    directory: Words
    tag: Words
    text: Bytes
    text_start: Words


def build_index(names: Packed, rows: Rows) -> Index:
    """The index of some names."""
    order = np.lexsort((rows.name, rows.party, rows.country))
    country, first = np.unique(rows.country[order], return_index=True)
    country_start = np.append(first, len(order)).astype(np.int64)
    named = rows.packed[order]
    spelled = _spelled(names)
    size = len(order)
    words, word_ends = _numbered(names.text, names.text_start, spelled)
    extra, extra_ends = _numbered(names.extra, names.extra_start, spelled)
    values, ends = _merged(words, word_ends, extra, extra_ends)
    starts, listed, weight = _lists(values, ends, named, len(spelled.hashes))
    del values, ends
    totals = np.zeros(size, np.uint16)
    row_weights(words, word_ends, extra, extra_ends, named, weight, totals)
    del words, extra
    sizes = np.diff(names.text_start)
    text = np.zeros(int(sizes[named].sum()), np.uint8)
    text_start = np.zeros(size + 1, np.uint32)
    text_in_order(names.text, names.text_start, named, text, text_start)
    grams, gram_total = _grams(text, text_start)
    return Index(
        Names(
            country, country_start, rows.party[order], rows.name[order], names.form[named],
            totals, gram_total, text_start, text,
        ),
        Vocabulary(
            spelled.directory, spelled.tag, weight, spelled.text_start, spelled.text, starts,
            listed,
        ),
        _near(spelled), *_keys(names, named, rows.person[order]), grams,
    )  # fmt: skip


def _spelled(names: Packed) -> Spelled:
    """Every word there is, numbered."""
    parts = [
        _distinct(data, start)
        for data, start in ((names.text, names.text_start), (names.extra, names.extra_start))
    ]
    known = [hashes for hashes, _, _ in parts]
    hashes, first = np.unique(np.concatenate(known), return_index=True)
    directory, tag, order = ordered(hashes)
    from_extra = first >= len(known[0])
    begin = np.concatenate([part[1] for part in parts])[first]
    end = np.concatenate([part[2] for part in parts])[first]
    begin, end, from_extra = begin[order], end[order], from_extra[order]
    start = np.zeros(len(order) + 1, np.uint32)
    np.cumsum(end - begin, out=start[1:])
    text = np.zeros(int(start[-1]), np.uint8)
    copy_words(names.text, names.extra, begin, from_extra, start, text)
    return Spelled(hashes[order], directory, tag, text, start)


def _distinct(data: Bytes, start: Longs) -> tuple[Hashes, Longs, Longs]:
    """The hash of every distinct word, and where it stands first."""
    most = int(count_words(data)) + len(start)
    hashes, begins, ends = (
        np.zeros(most, np.uint64),
        np.zeros(most, np.int64),
        np.zeros(most, np.int64),
    )
    count = word_hashes(data, start, hashes, begins, ends)
    found, first = np.unique(hashes[:count], return_index=True)
    return found, begins[first], ends[first]


def _numbered(data: Bytes, start: Longs, spelled: Spelled) -> tuple[Ints, Longs]:
    words = np.zeros(int(count_words(data)) + len(start), np.int32)
    ends = np.zeros(len(start) - 1, np.int64)
    words_in(data, start, spelled.directory, spelled.hashes, words, ends)
    return words[: int(ends[-1]) if len(ends) else 0], ends


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
    every, persons = np.arange(len(named)), np.flatnonzero(person)
    initials = np.zeros((INITIALLED, len(persons)), np.uint64)
    initial_keys(names.text, names.text_start, named[persons], initials)
    return (
        _keyed((core[named], *initials), (every, *[persons] * INITIALLED)),
        _keyed((whole[named],), (every,)),
    )


def _keyed(keys: tuple[Hashes, ...], rows: tuple[Longs, ...]) -> Table:
    """The rows by keys of several kinds; a key of 0 is none."""
    every = np.concatenate(keys)
    some = np.flatnonzero(every)
    return _table(every[some], np.concatenate(rows)[some].astype(np.int32))


def _near(spelled: Spelled) -> Table:
    """Which words are left when a letter of a word is left out."""
    most = len(spelled.text)
    keys, words = np.zeros(most, np.uint64), np.zeros(most, np.int32)
    count = near_keys(spelled.text, spelled.text_start, 0, len(spelled.hashes), keys, words)
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
