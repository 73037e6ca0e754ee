"""Words and grams in the bytes of a name, and how far two texts are apart."""

from __future__ import annotations

import numpy as np

from clearance.matching.index.compiled import compiled, whole
from clearance.matching.index.hashing import SPACE
from clearance.matching.index.layout import Bytes, Hashes, Ints, Longs

GRAMS = 1 << 18
_EDGE = 63
_ONE = np.uint64(1)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
LONGEST = 64
"""Letters of a name that are compared; the rest are left out."""


@compiled
def letter(byte: int) -> int:
    """One of 63 classes: digits, letters, and 27 for all other bytes."""
    if 48 <= byte <= 57:
        return byte - 48
    if 97 <= byte <= 122:
        return byte - 87
    return 36 + byte % 27


@compiled
def noted(value: int, found: Ints, count: int) -> int:
    """Put a value behind the others unless it is there; how many there are then."""
    for at in range(count):
        if found[at] == value:
            return count
    if count < len(found):
        found[count] = value
        count += 1
    return count


@compiled
def grams_of(data: Bytes, start: int, end: int, found: Ints) -> int:
    """The grams of a name, each once; how many."""
    count = 0
    first, second = _EDGE, -1
    for at in range(start, end + 1):
        if at < end and data[at] == SPACE:
            continue
        third = _EDGE if at == end else letter(whole(data[at]))
        if second >= 0:
            count = noted((first << 12) | (second << 6) | third, found, count)
            first = second
        second = third
    return count


@compiled
def words_of(data: Bytes, start: int, end: int, found: Longs, count: int) -> int:
    """Where each word starts and ends, added to ``found`` from ``count`` on; how many then."""
    word = start
    for at in range(start, end + 1):
        if at == end or data[at] == SPACE:
            if at > word and count < len(found):
                found[count, 0] = word
                found[count, 1] = at
                count += 1
            word = at + 1
    return count


@compiled
def same(a: Bytes, a_start: int, a_end: int, b: Bytes, b_start: int, b_end: int) -> bool:
    """Are the two texts the same?"""
    if a_end - a_start != b_end - b_start:
        return False
    for at in range(a_end - a_start):  # noqa: SIM110 compiled code has no generators
        if a[a_start + at] != b[b_start + at]:
            return False
    return True


@compiled
def one_edit(a: Bytes, a_start: int, a_end: int, b: Bytes, b_start: int, b_end: int) -> bool:
    """Is one letter more, less, other, or changed with its neighbour?"""
    size, other = a_end - a_start, b_end - b_start
    if abs(size - other) > 1:
        return False
    shorter = min(size, other)
    ahead = 0
    while ahead < shorter and a[a_start + ahead] == b[b_start + ahead]:
        ahead += 1
    behind = 0
    while behind < shorter - ahead and a[a_end - 1 - behind] == b[b_end - 1 - behind]:
        behind += 1
    if ahead + behind >= max(size, other) - 1:
        return True
    swapped = size == other and ahead + behind == size - 2
    return (
        swapped
        and a[a_start + ahead] == b[b_start + ahead + 1]
        and a[a_start + ahead + 1] == b[b_start + ahead]
    )


@compiled
def starts_with(a: Bytes, a_start: int, a_end: int, b: Bytes, b_start: int, b_end: int) -> bool:
    """Is the shorter one the beginning of the longer?"""
    for at in range(min(a_end - a_start, b_end - b_start)):
        if a[a_start + at] != b[b_start + at]:
            return False
    return True


@compiled
def within(a: Bytes, a_start: int, a_end: int, b: Bytes, b_start: int, b_end: int) -> bool:
    """Do all letters of ``a`` stand in ``b`` in their order, the first and the last at its ends?"""
    if a[a_start] != b[b_start] or a[a_end - 1] != b[b_end - 1]:
        return False
    at = a_start
    for place in range(b_start, b_end):
        if at < a_end and a[at] == b[place]:
            at += 1
    return at == a_end


@compiled
def distance(places: Hashes, size: int, b: Bytes, start: int, end: int) -> tuple[int, int]:
    """Edits between the letters whose ``places`` are given and a name, spaces left out; its size.

    **Source**: G. Myers, A fast bit-vector algorithm for approximate string matching, J. ACM 46
    (1999), as H. Hyyrö states it for edit distance (2003).
    """
    plus, minus = _ALL, np.uint64(0)
    last = _ONE << np.uint64(size - 1)
    edits, count = size, 0
    for at in range(start, end):
        if b[at] == SPACE:
            continue
        if count == LONGEST:
            break
        count += 1
        match = places[b[at]]
        cross = (((match & plus) + plus) ^ plus) | match | minus
        up = minus | ~(cross | plus)
        down = plus & cross
        if up & last:
            edits += 1
        elif down & last:
            edits -= 1
        up = (up << _ONE) | _ONE
        down = down << _ONE
        plus = down | ~(cross | up)
        minus = up & cross
    return edits, count
