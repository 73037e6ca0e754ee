"""Names of plain letters cut into words, and the words that say something told from the others.

What the lists and rules of names are is not known here: ``meaning`` says it, ``matching.text`` made
it. Names that this cannot read for sure are left to those rules.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clearance.matching.index.compiled import compiled, whole
from clearance.matching.index.hashing import PRIME, SEED, SPACE, finished, hashed_on
from clearance.matching.index.layout import Bytes, Flags, Hashes, Longs, Spans

LONGEST = 450
"""Letters of a name that is read here."""
WORDS = 64
GLUED = 67
"""Letters of the longest legal form without its spaces."""
HOLE = 1
END = 10
ENTITY, PERSON, MEANS_AND, COUNTING, COUNTED, FORM, GLUED_ON = 1, 2, 4, 8, 16, 32, 64
"""What a text says, in the order of ``matching.text.patterns.SAYS``."""
_AND, _DOT, _SLASH, _LINE, _NOT, _ZERO, _A, _B = 38, 46, 47, 95, 45, 48, 97, 98
_OF_ENTITY, _OF_PERSON = 101, 112


Spelled = NDArray[np.uint8]


class Meaning(NamedTuple):
    """What texts say: a table of hashes, open where 0, and the bits of each; how signs are folded.

    **Shape**: ``fold`` has 128 places: 0 vanishes, a space parts words, ``&`` is a word.
    """

    keys: Hashes
    bits: Bytes
    fold: Bytes


class Cut(NamedTuple):
    """Names in words.

    **Shape**: ``letters`` of all words, folded; ``spans`` where each word that fills a hole starts
    and ends in them; ``holes`` up to where a name's stand in ``spans``; ``pattern`` the patterns,
    ``END`` behind each, that of a name that is not read being ``-``.
    """

    letters: Bytes
    spans: Spans
    holes: Longs
    pattern: Bytes


@compiled
def meaning_of(keys: Hashes, bits: Bytes, key: np.uint64) -> int:
    """The bits of a text with this hash, 0 for none."""
    last = len(keys) - 1
    at = whole(key) & last
    while keys[at] != 0:
        if keys[at] == key:
            return whole(bits[at])
        at = (at + 1) & last
    return 0


@compiled
def is_glued(data: Bytes, start: int, end: int, keys: Hashes, bits: Bytes) -> bool:
    """Does the name end in a form that capitals alone part from it?"""
    for at in range(max(start + 1, end - 4), end - 1):
        if 97 <= data[at - 1] <= 122 and 65 <= data[at] <= 90:
            key = finished(hashed_on(SEED, data, at, end))
            if meaning_of(keys, bits, key) & GLUED_ON:
                return True
    return False


@compiled
def split(
    data: Bytes, start: int, end: int, fold: Bytes, letters: Bytes, used: int, words: Spans
) -> int:
    """The folded words of a name; how many, -1 if it is not to be read here.

    **Shape**: a word's row in ``words``: where it starts and ends in ``letters``, its first and
    last place in ``data``.
    """
    if end - start > LONGEST or (end > start and data[end - 1] == END):
        return -1
    count, inside, vanished, dotted = 0, False, False, False
    for at in range(start, end):
        sign = data[at]
        if sign >= 128 or sign == _LINE:
            return -1
        folded = fold[sign]
        dotted |= sign in (_DOT, _SLASH)
        vanished |= folded == 0
        if folded == 0:
            continue
        if folded in (SPACE, _AND):
            inside = False
        if folded == SPACE:
            continue
        if not inside:
            if count == WORDS:
                return -1
            words[count, 0] = used
            words[count, 2] = at
            count += 1
        letters[used] = folded
        used += 1
        words[count - 1, 1] = used
        words[count - 1, 3] = at
        inside = folded != _AND
    return -1 if vanished and dotted else count


@compiled
def is_number(letters: Bytes, start: int, end: int) -> bool:
    """Is the word of digits alone?"""
    for at in range(start, end):
        if letters[at] > 57:
            return False
    return bool(letters[start] != _AND)


@compiled
def tells(letters: Bytes, start: int, end: int, bits: int, person: bool) -> bool:
    """Does a rule ask about this word, as far as the word alone shows?"""
    size = end - start
    if size == 1 or bits & (PERSON if person else ENTITY):
        return True
    if person and (size == 2 or (letters[start] == _A and letters[start + 1] == _B)):
        return True
    return letters[start] <= 57 and not is_number(letters, start, end)


@compiled
def mark_forms(
    letters: Bytes, words: Spans, said: Bytes, keys: Hashes, bits: Bytes, told: Flags, count: int
) -> None:
    """Mark the words that are, glued together, a legal form."""
    for first in range(count):
        value = SEED
        size = 0
        for last in range(first, count):
            start, end = words[last, 0], words[last, 1]
            if said[last] & MEANS_AND and 0 < last < count - 1:
                value = (value ^ np.uint64(_AND)) * PRIME
                size += 1
            else:
                value = hashed_on(value, letters, start, end)
                size += end - start
            if size > GLUED:
                break
            if meaning_of(keys, bits, finished(value)) & FORM:
                for word in range(first, last + 1):
                    told[word] = True


@compiled
def mark(
    letters: Bytes, words: Spans, keys: Hashes, bits: Bytes, person: bool, told: Flags, count: int
) -> None:
    """Mark the words that tell."""
    said = np.zeros(WORDS, np.uint8)
    every = 0
    for word in range(count):
        key = finished(hashed_on(SEED, letters, words[word, 0], words[word, 1]))
        said[word] = meaning_of(keys, bits, key)
        every |= whole(said[word])
    for word in range(count):
        says = whole(said[word])
        told[word] = tells(letters, words[word, 0], words[word, 1], says, person) or (
            every & COUNTED != 0 and says & COUNTING != 0
        )
    if not person:
        mark_forms(letters, words, said, keys, bits, told, count)


@compiled
def gap(data: Bytes, words: Spans, word: int) -> int:
    """What parts a word from the one before, as far as it matters: the dot of two letters."""
    start, before = words[word, 2], words[word - 1, 3]
    sign = whole(data[start - 1])
    alone = words[word, 3] == start and words[word - 1, 2] == before
    return sign if alone and start - before == 2 and sign in (_DOT, _SLASH) else SPACE


@compiled
def copied(data: Bytes, start: int, end: int, out: Bytes, at: int) -> int:
    """Copy some bytes; where they end."""
    for place in range(start, end):
        out[at] = data[place]
        at += 1
    return at


@compiled
def cut_names(data: Bytes, start: Longs, person: Flags, meaning: Meaning, cut: Cut) -> int:
    """Cut every name; how long the patterns are."""
    keys, bits, fold = meaning
    letters, spans, ends, pattern = cut
    words, told = np.zeros((WORDS, 4), np.int64), np.zeros(WORDS, np.bool_)
    used = size = holes = 0
    for name in range(len(start) - 1):
        a, b = start[name], start[name + 1]
        count = split(data, a, b, fold, letters, used, words)
        if count > 0 and not person[name] and is_glued(data, a, b, keys, bits):
            count = -1
        if count > 0:
            mark(letters, words, keys, bits, person[name], told, count)
            used = words[count - 1, 1]
        pattern[size] = _NOT if count < 0 else (_OF_PERSON if person[name] else _OF_ENTITY)
        size += 1
        for word in range(count):
            if word:
                pattern[size] = SPACE if person[name] else gap(data, words, word)
                size += 1
            if told[word]:
                size = copied(letters, words[word, 0], words[word, 1], pattern, size)
            else:
                spans[holes, 0], spans[holes, 1] = words[word, 0], words[word, 1]
                pattern[size] = HOLE
                size, holes = size + 1, holes + 1
        pattern[size] = END
        size += 1
        ends[name + 1] = holes
    return size


@compiled
def put(letters: Bytes, start: int, end: int, out: Bytes, at: int) -> int:
    """Write a word, a number without leading zeros; where it ends."""
    if is_number(letters, start, end):
        while start < end - 1 and letters[start] == _ZERO:
            start += 1
    return copied(letters, start, end, out, at)


@compiled
def fill(cut: Cut, recipe: Bytes, start: Longs, text: Bytes, ends: Longs, form: Bytes) -> None:
    """Each name by its recipe: the number of its form, then its words, bytes below 32 for holes."""
    letters, spans, holes, _ = cut
    at = 0
    for name in range(len(start) - 1):
        hole = holes[name] - 1
        if start[name] < start[name + 1]:
            form[name] = recipe[start[name]]
        for place in range(start[name] + 1, start[name + 1]):
            sign = whole(recipe[place])
            if sign < SPACE:
                at = put(letters, spans[hole + sign, 0], spans[hole + sign, 1], text, at)
            else:
                text[at] = sign
                at += 1
        ends[name + 1] = at


@compiled
def join(text: Bytes, start: Longs, spellings: Spelled, out: Bytes, ends: Longs) -> None:
    """Each name without spaces, and without what spellings of it differ in.

    **Shape**: ``spellings`` are rows of two letters and the one that stands for them.
    """
    at = 0
    for name in range(len(start) - 1):
        first = at
        for place in range(start[name], start[name + 1]):
            if text[place] != SPACE:
                out[at] = text[place]
                at += 1
        for row in range(len(spellings)):
            at = replaced(out, first, at, spellings, row)
        ends[name + 1] = at


@compiled
def replaced(out: Bytes, first: int, last: int, spellings: Spelled, row: int) -> int:
    """Write one letter for two wherever they stand; where the text ends then."""
    at = place = first
    one, two = spellings[row, 0], spellings[row, 1]
    while place < last:
        both = place + 1 < last and out[place] == one and out[place + 1] == two
        out[at] = spellings[row, 2] if both else out[place]
        place += 2 if both else 1
        at += 1
    return at
