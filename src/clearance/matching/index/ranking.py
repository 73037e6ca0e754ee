"""How alike a row and a question are, and the best parties so far.

1. Words in common count by weight: the same word whole, a word one letter apart, an abbreviation
   or a beginning in part.
2. The names without spaces count by edits.
3. Likeness is a whole number of ten thousand; parties that are as alike stand in order of party.
"""

from __future__ import annotations

import numpy as np

from clearance.matching.index.compiled import compiled, whole
from clearance.matching.index.hashing import SPACE
from clearance.matching.index.layout import Asked, Index, Ints
from clearance.matching.index.letters import (
    LONGEST,
    distance,
    one_edit,
    same,
    starts_with,
    within,
    words_of,
)
from clearance.matching.index.scratch import Scratch

WHOLE = 10_000
AT_HOME = 400
"""What a row in a country that was asked for is ahead."""
FORM = 150
"""What the same legal form is ahead."""


@compiled
def learn(asked: Asked, question: int, scratch: Scratch) -> int:
    """Where each letter of the name stands, for ``distance``; how many letters there are."""
    scratch.places[:] = 0
    size = 0
    for at in range(asked.text_start[question], asked.text_start[question + 1]):
        byte = asked.text[at]
        if byte != SPACE and size < LONGEST:
            scratch.places[byte] |= np.uint64(1) << np.uint64(size)
            size += 1
    return size


@compiled
def part(asked: Asked, index: Index, scratch: Scratch, word: int, other: int) -> int:
    """How far a word of the question and one of the row agree, of a hundred."""
    a, b = scratch.words[word, 0], scratch.words[word, 1]
    c, d = scratch.others[other, 0], scratch.others[other, 1]
    if same(asked.text, a, b, index.text, c, d):
        return 100
    if min(b - a, d - c) >= 4 and one_edit(asked.text, a, b, index.text, c, d):
        return 85
    if starts_with(asked.text, a, b, index.text, c, d):
        return 60
    if b - a < d - c and within(asked.text, a, b, index.text, c, d):
        return 55
    if d - c < b - a and within(index.text, c, d, asked.text, a, b):
        return 55
    return 0


@compiled
def common(asked: Asked, index: Index, scratch: Scratch, words: int, others: int) -> int:
    """The weight that the words have in common, times 100; the best pairs first."""
    used, taken = np.uint64(0), np.uint64(0)
    found = 0
    for least in (100, 55):
        for word in range(words):
            if used >> np.uint64(word) & np.uint64(1):
                continue
            best, which = 0, -1
            for other in range(others):
                if not taken >> np.uint64(other) & np.uint64(1):
                    agrees = part(asked, index, scratch, word, other)
                    if agrees >= least and agrees > best:
                        best, which = agrees, other
            if which >= 0:
                used |= np.uint64(1) << np.uint64(word)
                taken |= np.uint64(1) << np.uint64(which)
                found += best * whole(scratch.weights[word])
    return found


@compiled
def likeness(index: Index, asked: Asked, scratch: Scratch, row: int, words: int, size: int) -> int:
    """How alike a row and the question are, of ``WHOLE``."""
    start, end = whole(index.text_start[row]), whole(index.text_start[row + 1])
    if start > end or end > len(index.text):
        raise IndexError("a name lies outside the index")
    others = words_of(index.text, start, end, scratch.others, 0)
    both = whole(index.weight[row])
    for word in range(words):
        both += scratch.weights[word]
    shared = min(
        2 * WHOLE // 100 * common(asked, index, scratch, words, others) // max(both, 1), WHOLE
    )
    if size == 0:
        return shared
    edits, other = distance(scratch.places, size, index.text, start, end)
    spelled = WHOLE - WHOLE * edits // max(size, other)
    return (2 * max(shared, spelled) + shared + spelled) // 4


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
    while at > 0 and (
        top[at - 1, 2] < score or (top[at - 1, 2] == score and top[at - 1, 0] > party)
    ):
        at -= 1
    if at == len(top):
        return count
    count = min(count + 1, len(top))
    for later in range(count - 1, at, -1):
        top[later] = top[later - 1]
    top[at, 0], top[at, 1], top[at, 2] = party, row, score
    return count
