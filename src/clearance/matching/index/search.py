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
from clearance.matching.index.hashing import core_hash, hash_of, span
from clearance.matching.index.layout import Asked, Bytes, Index, Ints, Table, Vocabulary
from clearance.matching.index.letters import grams_of
from clearance.matching.index.ranking import WHOLE, learn, likeness, place
from clearance.matching.index.scratch import PICKS, Scratch
from clearance.matching.index.spelling import find_word, rarest, read

AT_HOME = 400
"""What a row in a country that was asked for is ahead, of ``WHOLE``."""
FORM = 150
"""What the same class of legal form is ahead."""
ALIKE = 9_300
"""So alike that grams are not asked."""
HERE = 8_600
"""So alike in the country that nobody looks elsewhere, and elsewhere that no grams are asked."""
KEYED = 4_096
INITIALLED = 8_000
"""What a row is alike at the least that a key leads to: where words differ, initials agree."""
WANT = 96
SPARED = 8
"""How much less is read in a country than everywhere: as many of 1,500 disturbed names were among
twenty of ten million as before, in half the time."""
THRIFT = 40
"""How much less is read everywhere if a country was asked for and searched before."""
SPARING = 2
"""How much less of grams is read where no country narrows them."""
KEYS, WORDS, GRAMS, DONE = 1, 2, 3, 0
EVERYWHERE = 2
"""By how much a tier is higher if no country narrows it."""


@compiled
def at_home(index: Index, asked: Asked, question: int, row: int) -> bool:
    """Is the row in a country that was asked for?"""
    start = index.names.country_start
    for at in range(asked.country_start[question], asked.country_start[question + 1]):
        country = asked.country[at]
        if start[country] <= row < start[country + 1]:
            return True
    return False


@compiled
def rank(
    index: Index,
    asked: Asked,
    question: int,
    scratch: Scratch,
    top: Ints,
    sizes: tuple[int, int, int],
    state: tuple[int, int, int, int],
) -> tuple[int, int]:
    """Put the rows picked among the best; how many rows were seen, how many are best.

    **Shape**: ``sizes`` as in ``likeness``; ``state`` are how many rows are picked, how many were
    seen before, how many are best, and how alike each is at the least.
    """
    picks, seen, count, least = state
    names, reading, marks = index.names, scratch.reading, scratch.seen
    for at in range(picks):
        row = scratch.sums.picks[at]
        party = names.party[row]
        if party < 0 or marks[row]:
            continue
        if seen < len(scratch.ranked):
            marks[row] = 1
            scratch.ranked[seen] = row
            seen += 1
        score = max(least, likeness(names, row, asked.name.text, reading, sizes))
        score += AT_HOME if at_home(index, asked, question, row) else 0
        score += FORM if names.form[row] == asked.name.form[question] else 0
        count = place(top, count, party, row, score)
    return seen, count


@compiled
def keyed(table: Table, key: np.uint64, picks: Ints, count: int, rows: int) -> int:
    """Rows that may have a key, added to the picks; how many there are then."""
    low, high = span(table.directory, table.tag, key)
    for at in range(low, min(high, low + KEYED)):
        row = table.item[at]
        if row < 0 or row >= rows:
            raise IndexError("a row lies outside the index of names")
        if count < PICKS:
            picks[count] = row
            count += 1
    return count


@compiled
def by_keys(index: Index, asked: Asked, question: int, picks: Ints) -> int:
    """Rows with the same words, or joined the same; how many are picked."""
    name, rows, count = asked.name, len(index.names.party), 0
    start, end = name.text_start[question], name.text_start[question + 1]
    if start < end:
        count = keyed(index.core, core_hash(name.text, start, end), picks, count, rows)
    start, end = name.joined_start[question], name.joined_start[question + 1]
    if start < end:
        key = hash_of(name.joined, start, end, -1)
        count = keyed(index.joined, key, picks, count, rows)
    return count


@compiled
def search_one(
    index: Index, asked: Asked, question: int, scratch: Scratch, top: Ints
) -> tuple[int, int]:
    """The best parties for one question, into ``top``; how many, and the last tier asked."""
    words, total, terms = read(index, asked, question, scratch.reading, scratch.terms)
    letters = learn(asked, question, scratch.reading.places)
    weight = 0
    for word in range(words):
        weight += scratch.reading.weight[word]
    places = asked.country_start[question + 1] - asked.country_start[question]
    tier, where, last, seen, count = KEYS, 0, KEYS, 0, 0
    while tier != DONE:
        last = tier if tier == KEYS or where < places else tier + EVERYWHERE
        picks = gathered(index, asked, question, scratch, (tier, where, total, terms))
        least = INITIALLED if tier == KEYS else 0
        state = (picks, seen, count, least)
        seen, count = rank(index, asked, question, scratch, top, (words, weight, letters), state)
        tier, where = following(tier, where, places, top[0, 2] if count else 0)
        if last == KEYS and settled(top, count) and weight >= rarest(len(index.names.party)):
            break
    for at in range(seen):
        scratch.seen[scratch.ranked[at]] = 0
    return count, last


@compiled
def following(tier: int, where: int, places: int, best: int) -> tuple[int, int]:
    """Which tier is asked next, and in which country: the one behind the last is everywhere."""
    enough = ALIKE + AT_HOME if where < places else HERE if places else ALIKE
    if tier == WORDS and best < enough:
        return GRAMS, where
    if tier != KEYS:
        where += 1
    if where < places or (where == places and (places == 0 or best < HERE + AT_HOME)):
        return WORDS, where
    return DONE, where


@compiled
def gathered(
    index: Index, asked: Asked, question: int, scratch: Scratch, state: tuple[int, int, int, int]
) -> int:
    """What a tier finds, in a country or everywhere; how many rows are picked.

    **Shape**: ``state`` are the tier, which of the question's countries, its words, its terms.
    """
    tier, where, total, terms = state
    if tier == KEYS:
        return by_keys(index, asked, question, scratch.sums.picks)
    rows = len(index.names.party)
    bounds = (0, rows)
    at = asked.country_start[question] + where
    home = at < asked.country_start[question + 1]
    if home:
        country = asked.country[at]
        start = index.names.country_start
        bounds = (start[country], start[country + 1])
    thrift = SPARED if home else THRIFT if where > 0 else 1
    if tier == WORDS:
        return by_words(
            index.words,
            index.names,
            scratch.reading,
            scratch.terms,
            scratch.sums,
            bounds,
            (total, terms, WANT, thrift),
        )
    start, end = asked.name.text_start[question], asked.name.text_start[question + 1]
    grams = grams_of(asked.name.text, start, end, scratch.grams)
    return by_grams(
        index.grams,
        index.names,
        scratch.grams,
        scratch.terms,
        scratch.sums,
        bounds,
        (grams, rarest(rows), WANT, thrift if home or where > 0 else SPARING),
    )


@compiled
def settled(top: Ints, count: int) -> bool:
    """Is the name there exactly, in the country, with its legal form, for one party alone?"""
    alone = count == 1 or (count > 1 and top[1, 2] < WHOLE)
    return alone and top[0, 2] >= WHOLE + AT_HOME + FORM


@compiled
def search_all(
    index: Index, asked: Asked, bounds: tuple[int, int], scratch: Scratch, found: Ints, counts: Ints
) -> None:
    """Every question of a range.

    **Shape**: ``found`` has a table of best parties a question, ``counts`` how many and the tier.
    """
    for question in range(bounds[0], bounds[1]):
        count, tier = search_one(index, asked, question, scratch, found[question])
        counts[question, 0], counts[question, 1] = count, tier


@compiled
def count_of(words: Vocabulary, word: Bytes) -> int:
    """In how many rows a word stands."""
    found = find_word(words, word, 0, len(word))
    return words.row_start[found + 1] - words.row_start[found] if found >= 0 else 0
