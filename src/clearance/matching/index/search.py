"""The tiers of a search: exact keys, words in the country, grams, then everywhere.

1. A name that stands in the country exactly, for one party alone, ends the search if its words are
   rare enough that no other name is likely to be meant.
2. Words in the countries asked for come next, then grams if nothing found there is much alike.
3. Everywhere is searched if no country is known, or if nothing found there is enough alike: a
   country may be wrong.
"""

from __future__ import annotations

import numpy as np

from clearance.matching.index.compiled import compiled
from clearance.matching.index.gathering import by_grams, by_words
from clearance.matching.index.hashing import core_hash, joined_hash, span
from clearance.matching.index.layout import Asked, Bytes, Index, Ints, Words
from clearance.matching.index.letters import grams_of
from clearance.matching.index.ranking import AT_HOME, FORM, WHOLE, learn, likeness, place
from clearance.matching.index.scratch import PICKS, Scratch
from clearance.matching.index.spelling import find_word, rarest, read

ALIKE = 9_300
"""So alike that grams are not asked."""
HERE = 8_600
"""So alike in the country that nobody looks elsewhere."""
KEYED = 4_096
KEYS, WORDS, GRAMS, DONE = 1, 2, 3, 0
EVERYWHERE = 2
"""By how much a tier is higher if no country narrows it."""
WANT = 96


@compiled
def home(index: Index, asked: Asked, question: int, row: int) -> bool:
    """Is the row in a country that was asked for?"""
    for at in range(asked.country_start[question], asked.country_start[question + 1]):
        country = asked.country[at]
        if index.country_start[country] <= row < index.country_start[country + 1]:
            return True
    return False


@compiled
def rank(
    index: Index,
    asked: Asked,
    question: int,
    scratch: Scratch,
    picks: int,
    words: int,
    size: int,
    seen: int,
    top: Ints,
    count: int,
) -> tuple[int, int]:
    """Put the rows picked among the best; how many rows were seen, how many are best."""
    for at in range(picks):
        row = scratch.picks[at]
        if scratch.seen[row] or index.party[row] < 0:
            continue
        if seen < len(scratch.picked):
            scratch.seen[row] = 1
            scratch.picked[seen] = row
            seen += 1
        score = likeness(index, asked, scratch, row, words, size)
        score += AT_HOME if home(index, asked, question, row) else 0
        score += FORM if index.form[row] == asked.form[question] else 0
        count = place(top, count, index.party[row], row, score)
    return seen, count


@compiled
def keyed(
    directory: Words,
    tag: Words,
    rows: Ints,
    key: np.uint64,
    scratch: Scratch,
    count: int,
    size: int,
) -> int:
    """Rows that may have a key, added to ``scratch.picks``; how many there are then."""
    low, high = span(directory, tag, key)
    for at in range(low, min(high, low + KEYED)):
        row = rows[at]
        if row < 0 or row >= size:
            raise IndexError("a row lies outside the index")
        if count < PICKS:
            scratch.picks[count] = row
            count += 1
    return count


@compiled
def by_keys(index: Index, asked: Asked, question: int, scratch: Scratch) -> int:
    """Rows with the same words, or the same letters; how many are in ``scratch.picks``."""
    start, end = asked.text_start[question], asked.text_start[question + 1]
    if start == end:
        return 0
    size = len(index.party)
    key = core_hash(asked.text, start, end)
    count = keyed(index.core_directory, index.core_tag, index.core_row, key, scratch, 0, size)
    key = joined_hash(asked.text, start, end)
    return keyed(
        index.joined_directory, index.joined_tag, index.joined_row, key, scratch, count, size
    )


@compiled
def search_one(
    index: Index, asked: Asked, question: int, scratch: Scratch, top: Ints
) -> tuple[int, int]:
    """The best parties for one question, into ``top``; how many, and the last tier asked."""
    words, total, terms = read(index, asked, question, scratch)
    size = learn(asked, question, scratch)
    places = asked.country_start[question + 1] - asked.country_start[question]
    tier, place, seen, count = KEYS, 0, 0, 0
    while tier != DONE:
        picks = gathered(index, asked, question, scratch, tier, place, total, terms)
        seen, count = rank(index, asked, question, scratch, picks, words, size, seen, top, count)
        last = tier if tier == KEYS or place < places else tier + EVERYWHERE
        best = top[0, 2] if count else 0
        tier, place = following(tier, place, places, best)
        if last == KEYS and settled(index, scratch, words, top, count):
            tier = DONE
    for at in range(seen):
        scratch.seen[scratch.picked[at]] = 0
    return count, last


@compiled
def following(tier: int, place: int, places: int, best: int) -> tuple[int, int]:
    """Which tier is asked next, and in which country: the one behind the last is everywhere."""
    ahead = AT_HOME if place < places else 0
    if tier == WORDS and best < ALIKE + ahead:
        return GRAMS, place
    if tier != KEYS:
        place += 1
    if place < places or (place == places and (places == 0 or best < HERE + AT_HOME)):
        return WORDS, place
    return DONE, place


@compiled
def gathered(
    index: Index,
    asked: Asked,
    question: int,
    scratch: Scratch,
    tier: int,
    place: int,
    total: int,
    terms: int,
) -> int:
    """What a tier finds, in a country or everywhere; how many rows are in ``scratch.picks``."""
    if tier == KEYS:
        return by_keys(index, asked, question, scratch)
    at = asked.country_start[question] + place
    first, last = 0, len(index.party)
    if at < asked.country_start[question + 1]:
        country = asked.country[at]
        first, last = index.country_start[country], index.country_start[country + 1]
    if tier == WORDS:
        return by_words(index, scratch, first, last, total, terms, WANT)
    start, end = asked.text_start[question], asked.text_start[question + 1]
    grams = grams_of(asked.text, start, end, scratch.grams)
    return by_grams(index, scratch, first, last, grams, WANT)


@compiled
def settled(index: Index, scratch: Scratch, words: int, top: Ints, count: int) -> bool:
    """Is the name there exactly, in the country, for one party alone, and rare enough?"""
    exact = WHOLE + AT_HOME + FORM
    if count == 0 or top[0, 2] < exact or (count > 1 and top[1, 2] >= WHOLE):
        return False
    weight = 0
    for word in range(words):
        weight += scratch.weights[word]
    return weight >= rarest(index)


@compiled
def search_all(
    index: Index, asked: Asked, first: int, last: int, scratch: Scratch, found: Ints, counts: Ints
) -> None:
    """Every question from ``first`` to before ``last``.

    **Shape**: ``found`` has a table of best parties a question, ``counts`` how many and the tier.
    """
    for question in range(first, last):
        count, tier = search_one(index, asked, question, scratch, found[question])
        counts[question, 0], counts[question, 1] = count, tier


@compiled
def count_of(index: Index, word: Bytes) -> int:
    """In how many rows a word stands."""
    found = find_word(index, word, 0, len(word))
    return index.word_row_start[found + 1] - index.word_row_start[found] if found >= 0 else 0
