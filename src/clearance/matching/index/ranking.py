"""How alike a row and a question are, and the best parties so far.

1. Words in common count by weight: equal words whole, a word one letter apart, an abbreviation or a
   beginning in part.
2. The names without spaces count by edits.
3. Likeness is a whole number of ten thousand; parties that are as alike stand in order of party.
"""

from __future__ import annotations

import numpy as np

from clearance.matching.index.compiled import compiled, whole
from clearance.matching.index.hashing import SPACE
from clearance.matching.index.layout import Asked, Bytes, Hashes, Ints, Longs, Names
from clearance.matching.index.letters import (
    LONGEST,
    distance,
    one_edit,
    same,
    starts_with,
    within,
    words_of,
)
from clearance.matching.index.scratch import Reading

WHOLE = 10_000
SLIP, BEGINNING, SHORTENED = 85, 60, 55
"""How far words that differ agree, of a hundred: one letter apart, cut short, letters left out."""


@compiled
def learn(asked: Asked, question: int, places: Hashes) -> int:
    """Where each letter of the name stands, for ``distance``; how many letters there are."""
    places[:] = 0
    size = 0
    for at in range(asked.name.text_start[question], asked.name.text_start[question + 1]):
        byte = asked.name.text[at]
        if byte != SPACE and size < LONGEST:
            places[byte] |= bit(size)
            size += 1
    return size


@compiled
def part(a: Bytes, word: tuple[int, int], b: Bytes, other: tuple[int, int]) -> int:
    """How far two words that differ agree, of a hundred."""
    size, length = word[1] - word[0], other[1] - other[0]
    near = abs(size - length) < 2 and min(size, length) >= 4
    if near and one_edit(a, word[0], word[1], b, other[0], other[1]):
        return SLIP
    if a[word[0]] != b[other[0]]:
        return 0
    if starts_with(a, word[0], word[1], b, other[0], other[1]):
        return BEGINNING
    if size < length:
        return SHORTENED if within(a, word[0], word[1], b, other[0], other[1]) else 0
    return SHORTENED if within(b, other[0], other[1], a, word[0], word[1]) else 0


@compiled
def bit(place: int) -> np.uint64:
    """The bit of a place."""
    return np.uint64(1) << np.uint64(place)


@compiled
def has(bits: np.uint64, place: int) -> bool:
    """Is the bit of a place set?"""
    return bool((bits & bit(place)) != np.uint64(0))


@compiled
def equal_words(
    a: Bytes, ours: Longs, b: Bytes, theirs: Longs, sizes: tuple[int, int], weight: Ints
) -> tuple[int, np.uint64, np.uint64]:
    """The weight of the words that both have; which words of each side those are, by bits."""
    used, taken, found = np.uint64(0), np.uint64(0), 0
    for word in range(sizes[0]):
        start, end = ours[word, 0], ours[word, 1]
        for other in range(sizes[1]):
            begin, stop = theirs[other, 0], theirs[other, 1]
            if not has(taken, other) and same(a, start, end, b, begin, stop):
                used |= bit(word)
                taken |= bit(other)
                found += weight[word]
                break
    return found, used, taken


@compiled
def common(
    a: Bytes, ours: Longs, b: Bytes, theirs: Longs, sizes: tuple[int, int], weight: Ints
) -> int:
    """The weight that the words have in common, times 100; equal words first.

    **Shape**: ``sizes`` are how many words each side has.
    """
    found, used, taken = equal_words(a, ours, b, theirs, sizes, weight)
    found *= 100
    for word in range(sizes[0]):
        if has(used, word):
            continue
        best, which = 0, -1
        for other in range(sizes[1]):
            if not has(taken, other):
                agrees = part(
                    a, (ours[word, 0], ours[word, 1]), b, (theirs[other, 0], theirs[other, 1])
                )
                if agrees > best:
                    best, which = agrees, other
        if which >= 0:
            taken |= bit(which)
            found += best * weight[word]
    return found


@compiled
def likeness(
    names: Names, row: int, text: Bytes, reading: Reading, sizes: tuple[int, int, int]
) -> int:
    """How alike a row and the question are, of ``WHOLE``.

    **Shape**: ``sizes`` are how many words the question has, what they weigh, and its letters.
    """
    words, total, letters = sizes
    start, end = whole(names.text_start[row]), whole(names.text_start[row + 1])
    if start > end or end > len(names.text):
        raise IndexError("a name lies outside the index of names")
    others = words_of(names.text, start, end, reading.others, 0)
    both = max(total + names.weight[row], 1)
    shared: int = (
        2
        * WHOLE
        // 100
        * common(text, reading.words, names.text, reading.others, (words, others), reading.weight)
    )
    shared = whole(min(shared // both, WHOLE))
    if letters == 0:
        return shared
    edits, other = distance(reading.places, letters, names.text, start, end)
    spelled = WHOLE - WHOLE * edits // max(letters, other)
    return whole((2 * max(shared, spelled) + shared + spelled) // 4)


@compiled
def place(top: Ints, count: int, party: int, row: int, score: int) -> int:
    """Put a row among the best; one row a party. How many there are then.

    **Shape**: ``top`` has three columns, party, row and likeness, the most alike first.
    """
    for at in range(count):
        if top[at, 0] == party:
            if top[at, 2] > score or (top[at, 2] == score and top[at, 1] <= row):
                return count
            for later in range(at, count - 1):
                top[later] = top[later + 1]
            count -= 1
            break
    at = count
    while at > 0 and before(top, at - 1, party, score):
        at -= 1
    if at == len(top):
        return count
    count = min(count + 1, len(top))
    for later in range(count - 1, at, -1):
        top[later] = top[later - 1]
    top[at, 0], top[at, 1], top[at, 2] = party, row, score
    return count


@compiled
def before(top: Ints, at: int, party: int, score: int) -> bool:
    """Does a party come before the one at a place?"""
    return bool(top[at, 2] < score or (top[at, 2] == score and top[at, 0] > party))
