"""Passes over all names: words and grams counted, then listed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from clearance.matching.index.compiled import compiled, whole
from clearance.matching.index.hashing import SPACE, core_hash, finished, hash_of
from clearance.matching.index.layout import Bytes, Flags, Hashes, Ints, Longs, Shorts, Words
from clearance.matching.index.letters import grams_of

NEAR_SHORTEST = 4
NEAR_LONGEST = 24
MOST_GRAMS = 96
"""Grams of a name that count; those further on are left out."""


class Known(NamedTuple):
    """Words as they were met.

    **Shape**: ``table`` has a word's number from 1 where its hash leads, 0 where none stands; the
    others have a place for each word: its hash, where it starts and where it ends.
    """

    table: Ints
    hashes: Hashes
    begin: Longs
    end: Longs


@compiled
def count_words(data: Bytes) -> int:
    """At least as many as there are words: spaces and starts of names are counted by the caller."""
    count = 0
    for byte in data:
        count += byte == SPACE
    return count


@compiled
def number_words(
    data: Bytes, start: Longs, known: Known, count: int, words: Ints, ends: Longs
) -> int:
    """Number every word as it is met; how many different words there are then.

    **Shape**: ``count`` words are known; ``ends`` says up to where each name's stand in ``words``.
    """
    table, hashes, begins, stops = known
    last = len(table) - 1
    found = 0
    for row in range(len(start) - 1):
        word = start[row]
        for at in range(start[row], start[row + 1] + 1):
            if at == start[row + 1] or data[at] == SPACE:
                if at > word:
                    key = hash_of(data, word, at, -1)
                    place = whole(key) & last
                    while table[place] and hashes[table[place] - 1] != key:
                        place = (place + 1) & last
                    if table[place] == 0:
                        hashes[count], begins[count], stops[count] = key, word, at
                        count += 1
                        table[place] = count
                    words[found] = table[place] - 1
                    found += 1
                word = at + 1
        ends[row] = found
    return count


@compiled
def copy_words(
    data: Bytes, extra: Bytes, begin: Longs, from_extra: Flags, start: Words, out: Bytes
) -> None:
    """The letters of each word, from where it stands first."""
    for word in range(len(begin)):
        source = extra if from_extra[word] else data
        for at in range(whole(start[word + 1]) - whole(start[word])):
            out[start[word] + at] = source[begin[word] + at]


@compiled
def count_lists(values: Ints, ends: Longs, rows: Longs, last: Ints, counts: Longs) -> None:
    """How many rows hold each value; a value counts once a row."""
    for row in range(len(rows)):
        name = rows[row]
        for at in range(ends[name - 1] if name else 0, ends[name]):
            value = values[at]
            if last[value] != row:
                last[value] = row
                counts[value] += 1


@compiled
def fill_lists(
    values: Ints, ends: Longs, rows: Longs, next_place: Longs, found: Ints, starts: Longs
) -> None:
    """The rows of each value, ascending, once a row."""
    for row in range(len(rows)):
        name = rows[row]
        for at in range(ends[name - 1] if name else 0, ends[name]):
            value = values[at]
            place = next_place[value]
            if place == starts[value] or found[place - 1] != row:
                found[place] = row
                next_place[value] = place + 1


@compiled
def row_weights(
    words: Ints,
    ends: Longs,
    extra: Ints,
    extra_ends: Longs,
    rows: Longs,
    weight: Shorts,
    found: Shorts,
) -> None:
    """What the words of each row weigh together; the pairs of raw letters where it has no words."""
    for row in range(len(rows)):
        name = rows[row]
        total = 0
        for at in range(ends[name - 1] if name else 0, ends[name]):
            total += whole(weight[words[at]])
        if total == 0:
            for at in range(extra_ends[name - 1] if name else 0, extra_ends[name]):
                total += whole(weight[extra[at]])
        found[row] = min(total, 65_535)


@compiled
def text_in_order(
    data: Bytes, start: Longs, rows: Longs, out: Bytes, starts: Words | Longs
) -> None:
    """The bytes of the names in the order of rows."""
    at = 0
    for row in range(len(rows)):
        name = rows[row]
        size = start[name + 1] - start[name]
        out[at : at + size] = data[start[name] : start[name + 1]]
        at += size
        starts[row + 1] = at


@compiled
def core_keys(text: Bytes, start: Longs, keys: Hashes) -> None:
    """The key of the words of each name in any order, 0 without words."""
    for name in range(len(start) - 1):
        if start[name] < start[name + 1]:
            keys[name] = core_hash(text, start[name], start[name + 1])


@compiled
def initial_keys(text: Bytes, start: Longs, names: Longs, keys: Hashes) -> None:
    """The keys of some names with one word whole and others cut to initials, 0 where none is.

    **Shape**: ``keys`` has a column a name: all words but the first cut, all but the last; of three
    words and more also the first with the initial of the second, the last with that of the first,
    as middle names are left out at will.
    """
    for at in range(len(names)):
        begin, end = start[names[at]], start[names[at] + 1]
        total, word, count = np.uint64(0), begin, 0
        head = opening = second = last = closing = np.uint64(0)
        for place in range(begin, end + 1):
            if place == end or text[place] == SPACE:
                closing = finished(hash_of(text, word, initial_end(text, word, place), -1))
                last = finished(hash_of(text, word, place, -1))
                if count == 0:
                    head, opening = last, closing
                elif count == 1:
                    second = closing
                total += closing
                count += 1
                word = place + 1
        if count > 1 and head != opening:
            keys[0, at] = total - opening + head
            keys[2, at] = head + second if count > 2 else np.uint64(0)
        if count > 1 and last != closing:
            keys[1, at] = total - closing + last
            keys[3, at] = opening + last if count > 2 else np.uint64(0)


@compiled
def initial_end(text: Bytes, start: int, end: int) -> int:
    """Where the first letter of a word ends, which may take several bytes."""
    at = start + 1
    while at < end and text[at] & 0xC0 == 0x80:
        at += 1
    return at


@compiled
def whole_keys(text: Bytes, start: Longs, keys: Hashes) -> None:
    """The key of all letters of each name, 0 without letters."""
    for name in range(len(start) - 1):
        if start[name] < start[name + 1]:
            keys[name] = hash_of(text, start[name], start[name + 1], -1)


@compiled
def near_keys(text: Bytes, start: Words, first: int, last: int, keys: Hashes, words: Ints) -> int:
    """The hash of each word with each letter left out; how many there are."""
    count = 0
    for word in range(first, last):
        a, b = whole(start[word]), whole(start[word + 1])
        if NEAR_SHORTEST <= b - a <= NEAR_LONGEST and plain(text, a, b):
            for without in range(a, b):
                if without == a or text[without] != text[without - 1]:
                    keys[count] = hash_of(text, a, b, without)
                    words[count] = word
                    count += 1
    return count


@compiled
def plain(text: Bytes, start: int, end: int) -> bool:
    """Is it of letters a to z and digits, not of digits alone?"""
    letters = False
    for at in range(start, end):
        if text[at] > 122:
            return False
        letters |= text[at] >= 97
    return letters


@compiled
def count_grams(text: Bytes, start: Words, counts: Longs) -> None:
    """How many rows hold each gram."""
    found = np.zeros(MOST_GRAMS, np.int32)
    for row in range(len(start) - 1):
        for at in range(grams_of(text, whole(start[row]), whole(start[row + 1]), found)):
            counts[found[at]] += 1


@compiled
def fill_grams(
    text: Bytes, start: Words, next_place: Longs, weight: Shorts, rows: Ints, totals: Shorts
) -> None:
    """The rows of each gram, ascending, and what the grams of each row weigh together."""
    found = np.zeros(MOST_GRAMS, np.int32)
    for row in range(len(start) - 1):
        total = 0
        for at in range(grams_of(text, whole(start[row]), whole(start[row + 1]), found)):
            gram = found[at]
            rows[next_place[gram]] = row
            next_place[gram] += 1
            total += whole(weight[gram])
        totals[row] = min(total, 65_535)
