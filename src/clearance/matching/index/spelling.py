"""Which words of the index may stand for the words of a question: the same, or one letter apart.

1. A word is found by its hash; a word with one letter more, less, other or swapped by the hash of
   what is left when a letter is left out, on either side. The texts decide.
2. A variant counts three quarters of its own weight.
3. A word that is not rare is taken as it is written: it is hardly a slip of the pen.

**Source**: deletions on both sides after W. Garbe, SymSpell (2012).
"""

from __future__ import annotations

import numpy as np

from clearance.matching.index.compiled import compiled, whole
from clearance.matching.index.hashing import hash_of, span
from clearance.matching.index.layout import Asked, Bytes, Index, Table, Vocabulary
from clearance.matching.index.letters import one_edit, same, words_of
from clearance.matching.index.scratch import TERMS, WORDS, Reading, Terms

Spot = tuple[int, int, int]
"""Where a word of a question starts and ends, and which of its words it is."""

SHORTEST = 4
LONGEST = 24
VARIANTS = 24
KNOWN = 32 * 6
"""How far below the rarest a word's weight lies if it is taken as it is written."""


@compiled
def rarest(rows: int) -> int:
    """The weight of a word that one row of so many holds."""
    return int(32.0 * np.log2(1.0 + rows))


@compiled
def text_of(words: Vocabulary, word: int) -> tuple[int, int]:
    """Where a word's letters start and end."""
    if word < 0 or word >= len(words.weight):
        raise IndexError("a word lies outside the index of names")
    start, end = whole(words.text_start[word]), whole(words.text_start[word + 1])
    if start > end or end > len(words.text):
        raise IndexError("a word's letters lie outside the index of names")
    return start, end


@compiled
def find_word(words: Vocabulary, data: Bytes, start: int, end: int) -> int:
    """The number of a word, or -1."""
    low, high = span(words.directory, words.tag, hash_of(data, start, end, -1))
    for word in range(low, high):
        a, b = text_of(words, word)
        if same(words.text, a, b, data, start, end):
            return word
    return -1


@compiled
def add_term(terms: Terms, count: int, word: int, token: int, weight: int) -> int:
    """One more word that may stand for a word of the question; how many there are then."""
    if count == TERMS:
        return count
    for at in range(count):
        if terms.item[at] == word:
            return count
    terms.item[count] = word
    terms.word[count] = token
    terms.weight[count] = weight
    return count + 1


@compiled
def add_near(
    words: Vocabulary, word: int, data: Bytes, spot: Spot, terms: Terms, count: int
) -> int:
    """A variant of the word at ``spot``, if one letter apart; how many terms there are then."""
    start, end, token = spot
    a, b = text_of(words, word)
    if not one_edit(words.text, a, b, data, start, end):
        return count
    return add_term(terms, count, word, token, whole(words.weight[word]) * 3 // 4)


@compiled
def add_variants(
    words: Vocabulary,
    near: Table,
    data: Bytes,
    spot: tuple[int, int, int],
    terms: Terms,
    count: int,
) -> int:
    """Every variant of the word at ``spot``, at most so many; how many terms there are then."""
    start, end, _ = spot
    most = min(count + VARIANTS, TERMS)
    for without in range(start - 1, end):
        key = hash_of(data, start, end, without if without >= start else -1)
        low, high = span(words.directory, words.tag, key)
        if without >= start:
            for word in range(low, high):
                if count < most:
                    count = add_near(words, word, data, spot, terms, count)
        low, high = span(near.directory, near.tag, key)
        for at in range(low, high):
            if count < most:
                count = add_near(words, whole(near.item[at]), data, spot, terms, count)
    return count


@compiled
def read(
    index: Index, asked: Asked, question: int, reading: Reading, terms: Terms
) -> tuple[int, int, int]:
    """The words of a question's name and the terms for them: words, words with pairs, terms."""
    start, end = asked.name.text_start[question], asked.name.text_start[question + 1]
    words = words_of(asked.name.text, start, end, reading.words[:WORDS], 0)
    start, end = asked.name.extra_start[question], asked.name.extra_start[question + 1]
    total = words_of(asked.name.extra, start, end, reading.words, words)
    most = rarest(len(index.names.party))
    count = 0
    for token in range(total):
        data = asked.name.text if token < words else asked.name.extra
        start, end = reading.words[token, 0], reading.words[token, 1]
        spot = (start, end, token)
        before = count
        word = find_word(index.words, data, start, end)
        weight = whole(index.words.weight[word]) if word >= 0 else most
        if word >= 0:
            count = add_term(terms, count, word, token, weight)
        if token < words and SHORTEST <= end - start <= LONGEST and weight > most - KNOWN:
            count = add_variants(index.words, index.near, data, spot, terms, count)
        if word < 0:
            for at in range(before, count):
                weight = min(weight, whole(index.words.weight[terms.item[at]]))
        reading.weight[token] = weight
    return words, total, count
