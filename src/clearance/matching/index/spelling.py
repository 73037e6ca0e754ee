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
from clearance.matching.index.layout import Asked, Bytes, Index
from clearance.matching.index.letters import one_edit, same, words_of
from clearance.matching.index.scratch import TERMS, WORDS, Scratch

SHORTEST = 4
LONGEST = 24
VARIANTS = 24
KNOWN = 32 * 6
"""How far below the rarest a word's weight lies if it is taken as it is written."""


@compiled
def rarest(index: Index) -> int:
    """The weight of a word that one row holds."""
    return int(32.0 * np.log2(1.0 + len(index.party)))


@compiled
def find_word(index: Index, data: Bytes, start: int, end: int) -> int:
    """The number of a word, or -1."""
    low, high = span(index.word_directory, index.word_tag, hash_of(data, start, end, -1))
    for word in range(low, high):
        a, b = whole(index.word_text_start[word]), whole(index.word_text_start[word + 1])
        if b <= len(index.word_text) and same(index.word_text, a, b, data, start, end):
            return word
    return -1


@compiled
def add_term(index: Index, scratch: Scratch, count: int, word: int, token: int, exact: bool) -> int:
    """One more word that may stand for a word of the question; how many there are then."""
    if count == TERMS or word < 0 or word >= len(index.word_weight):
        return count
    for at in range(count):
        if scratch.term[at] == word:
            return count
    weight = whole(index.word_weight[word])
    scratch.term[count] = word
    scratch.term_word[count] = token
    scratch.term_weight[count] = weight if exact else weight * 3 // 4
    return count + 1


@compiled
def add_if_near(
    index: Index,
    data: Bytes,
    start: int,
    end: int,
    word: int,
    scratch: Scratch,
    count: int,
    token: int,
) -> int:
    """A variant, if its text is one letter apart."""
    if word < 0 or word >= len(index.word_weight):
        raise IndexError("a word lies outside the index")
    a, b = whole(index.word_text_start[word]), whole(index.word_text_start[word + 1])
    if b <= len(index.word_text) and one_edit(index.word_text, a, b, data, start, end):
        return add_term(index, scratch, count, word, token, False)
    return count


@compiled
def add_variants(
    index: Index, data: Bytes, start: int, end: int, scratch: Scratch, count: int, token: int
) -> int:
    """Every variant of a word, at most so many; how many terms there are then."""
    most = min(count + VARIANTS, TERMS)
    for without in range(start - 1, end):
        left_out = -1 if without < start else without
        key = hash_of(data, start, end, left_out)
        if left_out >= 0:
            low, high = span(index.word_directory, index.word_tag, key)
            for word in range(low, high):
                if count < most:
                    count = add_if_near(index, data, start, end, word, scratch, count, token)
        low, high = span(index.near_directory, index.near_tag, key)
        for at in range(low, high):
            if count < most:
                word = whole(index.near_word[at])
                count = add_if_near(index, data, start, end, word, scratch, count, token)
    return count


@compiled
def read(index: Index, asked: Asked, question: int, scratch: Scratch) -> tuple[int, int, int]:
    """The words of a question's name and the terms for them: words, words with pairs, terms.

    **Shape**: ``scratch.words`` holds the words of the name, then pairs of raw letters (their
    places count from the end of the text); ``scratch.weights`` what each weighs.
    """
    start, end = asked.text_start[question], asked.text_start[question + 1]
    words = words_of(asked.text, start, end, scratch.words[:WORDS], 0)
    start, end = asked.extra_start[question], asked.extra_start[question + 1]
    total = words_of(asked.extra, start, end, scratch.words, words)
    terms = 0
    for token in range(total):
        data = asked.text if token < words else asked.extra
        terms = add_word(index, data, scratch, terms, token, token < words)
    return words, total, terms


@compiled
def add_word(
    index: Index, data: Bytes, scratch: Scratch, count: int, token: int, spelled: bool
) -> int:
    """The terms of one word, and its weight; how many terms there are then."""
    start, end = scratch.words[token, 0], scratch.words[token, 1]
    most = rarest(index)
    word = find_word(index, data, start, end)
    before = count
    weight = most
    if word >= 0:
        weight = whole(index.word_weight[word])
        count = add_term(index, scratch, count, word, token, True)
    if spelled and SHORTEST <= end - start <= LONGEST and weight > most - KNOWN:
        count = add_variants(index, data, start, end, scratch, count, token)
    if word < 0:
        for at in range(before, count):
            weight = min(weight, whole(index.word_weight[scratch.term[at]]))
    scratch.weights[token] = weight
    return count
