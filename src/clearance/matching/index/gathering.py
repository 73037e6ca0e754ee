"""Rows that share words or grams with a question: weights summed, the best picked.

1. Lists are read shortest first. A row is met as long as what is still unread weighs enough for a
   good row to hold none of what was read; from then on only rows met before are added to.
2. Lists beyond the budget are left out: what they stand for weighs little.
3. The best are those with the largest share of weight in common, 2 · common ÷ (question + row).
   If they are few parties with many names, more are taken.
"""

from __future__ import annotations

import numpy as np

from clearance.matching.index.compiled import compiled, whole
from clearance.matching.index.layout import Grams, Ints, Longs, Names, Shorts, Vocabulary
from clearance.matching.index.scratch import PICKS, STEPS, Reading, Sums, Terms

WORDS_WORTH = 300
"""Of a thousand parts of a question's weight: with less in common a row is no candidate."""
GRAMS_WORTH = 600
MET = 200_000
READ = 1_500_000
GRAMS_READ = 14
"""Of a question's grams so many are read, the rarest there."""


@compiled
def first_from(rows: Ints, low: int, high: int, row: int) -> int:
    """The first place whose row is not below ``row``."""
    while low < high:
        middle = (low + high) // 2
        if rows[middle] < row:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def cut(rows: Ints, starts: Longs, item: int, first: int, last: int) -> tuple[int, int]:
    """Where the rows from ``first`` to before ``last`` stand in the list of an item."""
    low, high = starts[item], starts[item + 1]
    if low < 0 or low > high or high > len(rows):
        raise IndexError("a list of rows lies outside the index of names")
    if first > 0:
        low = first_from(rows, low, high, first)
    return low, first_from(rows, low, high, last)


@compiled
def in_order(terms: Terms, count: int) -> None:
    """The order of the terms by the length of their lists."""
    for at in range(count):
        place = at
        size = terms.end[at] - terms.start[at]
        while place > 0:
            before = terms.order[place - 1]
            if terms.end[before] - terms.start[before] <= size:
                break
            terms.order[place] = before
            place -= 1
        terms.order[place] = at


@compiled
def meet(rows: Ints, spot: tuple[int, int], weight: int, sums: Sums, count: int) -> int:
    """Add a weight to every row of a list, noting those met first; how many are noted then."""
    value, touched = sums.value, sums.touched
    for at in range(spot[0], spot[1]):
        row = rows[at]
        if row < 0 or row >= len(value):
            raise IndexError("a row lies outside the index of names")
        if value[row] == 0:
            if count == len(touched):
                break
            touched[count] = row
            count += 1
        value[row] += np.uint16(weight)
    return count


@compiled
def add(rows: Ints, spot: tuple[int, int], weight: int, value: Shorts) -> None:
    """Add a weight to those rows of a list that were met before."""
    for at in range(spot[0], spot[1]):
        row = rows[at]
        if row < 0 or row >= len(value):
            raise IndexError("a row lies outside the index of names")
        if value[row]:
            value[row] += np.uint16(weight)


@compiled
def sum_lists(
    rows: Ints, terms: Terms, weight: Ints, sums: Sums, sizes: tuple[int, int, int]
) -> int:
    """Sum the lists of terms; how many rows were met.

    **Shape**: ``weight`` is that of each word of the question; ``sizes`` are how many terms there
    are, the question's weight, and into how much the budget is divided.
    """
    terms.used[:] = 0
    count, total, thrift = sizes
    met, read, left = 0, 0, total
    for place in range(count):
        at = whole(terms.order[place])
        spot = (terms.start[at], terms.end[at])
        size = spot[1] - spot[0]
        read += size
        if left * 1000 >= total * WORDS_WORTH and (met == 0 or size + met <= MET // thrift):
            met = meet(rows, spot, terms.weight[at], sums, met)
        elif read <= READ // thrift:
            add(rows, spot, terms.weight[at], sums.value)
        word = terms.word[at]
        if terms.used[word] == 0:
            terms.used[word] = 1
            left -= weight[word]
    return met


@compiled
def share(value: int, total: int) -> int:
    """What a row and the question have in common of what both weigh, in steps."""
    return min(whole(2 * STEPS * np.float64(value) / np.float64(max(total, 1))), STEPS)


@compiled
def pick(party: Ints, totals: Shorts, sums: Sums, sizes: tuple[int, int, int]) -> int:
    """The best rows met, into ``sums.picks``; how many. Values are 0 again afterwards.

    **Shape**: ``sizes`` are how many rows were met, the question's weight, how many are wanted.
    """
    met, total, want = sizes
    value, steps, shares, touched = sums.value, sums.steps, sums.share, sums.touched
    steps[:] = 0
    for at in range(met):
        row = touched[at]
        step = share(value[row], total + totals[row])
        shares[at] = step
        steps[step] += 1
        value[row] = 0
    most = min(want, PICKS)
    while True:
        picks = fill(sums, met, most)
        if picks == met or most == PICKS or enough(party, sums.picks, picks, want // 3):
            return picks
        most = min(4 * most, PICKS)


@compiled
def fill(sums: Sums, met: int, most: int) -> int:
    """The rows of the highest steps, then of the step below as long as there is room."""
    steps, shares, touched, found = sums.steps, sums.share, sums.touched, sums.picks
    least, above = STEPS + 1, 0
    while least > 1 and above + steps[least - 1] <= most:
        least -= 1
        above += steps[least]
    picks, room = 0, most - above
    for at in range(met):
        step = shares[at]
        if step >= least or (step == least - 1 and room > 0):
            room -= step < least
            found[picks] = touched[at]
            picks += 1
    return picks


@compiled
def enough(party: Ints, picks: Ints, count: int, parties: int) -> bool:
    """Do the rows picked belong to that many parties?"""
    found, last = 0, -1
    for at in range(count):
        if party[picks[at]] != last:
            found += 1
            last = party[picks[at]]
    return found >= parties


@compiled
def by_words(
    words: Vocabulary,
    names: Names,
    reading: Reading,
    terms: Terms,
    sums: Sums,
    span: tuple[int, int],
    sizes: tuple[int, int, int, int],
) -> int:
    """Rows in a range by words; how many are in ``sums.picks``.

    **Shape**: ``sizes`` are how many words the question has, how many terms, how many rows are
    wanted, and into how much the budget is divided.
    """
    tokens, count, want, thrift = sizes
    total = 0
    for token in range(tokens):
        total += reading.weight[token]
    for at in range(count):
        low, high = cut(words.row, words.row_start, terms.item[at], span[0], span[1])
        terms.start[at], terms.end[at] = low, high
    in_order(terms, count)
    met = sum_lists(words.row, terms, reading.weight, sums, (count, total, thrift))
    return pick(names.party, names.weight, sums, (met, total, want))


@compiled
def by_grams(
    grams: Grams,
    names: Names,
    asked: Ints,
    terms: Terms,
    sums: Sums,
    span: tuple[int, int],
    sizes: tuple[int, int, int, int],
) -> int:
    """Rows in a range by the rarest grams; how many are in ``sums.picks``.

    **Shape**: ``asked`` are the grams of the question, each once; ``sizes`` are how many there are,
    the weight of one that is in no row, how many rows are wanted, and into how much the budget is
    divided.
    """
    count, unknown, want, thrift = sizes
    total, found = 0, 0
    for at in range(count):
        place = first_from(grams.code, 0, len(grams.code), asked[at])
        if place == len(grams.code) or grams.code[place] != asked[at]:
            total += unknown
            continue
        low, high = cut(grams.row, grams.row_start, place, span[0], span[1])
        terms.start[found], terms.end[found] = low, high
        terms.weight[found] = grams.weight[place]
        total += terms.weight[found]
        found += 1
    in_order(terms, found)
    met = sum_grams(grams.row, terms, sums, (min(found, GRAMS_READ), total, thrift))
    return pick(names.party, names.gram_total, sums, (met, total, want))


@compiled
def sum_grams(rows: Ints, terms: Terms, sums: Sums, sizes: tuple[int, int, int]) -> int:
    """Sum the lists of the rarest grams; how many rows were met.

    **Shape**: ``sizes`` are how many lists there are, the question's weight, and into how much the
    budget is divided.
    """
    count, total, thrift = sizes
    met, read, left = 0, 0, total
    for place in range(count):
        at = whole(terms.order[place])
        spot = (terms.start[at], terms.end[at])
        size = spot[1] - spot[0]
        read += size
        weight = terms.weight[at]
        if left * 1000 >= total * GRAMS_WORTH and (met == 0 or size + met <= MET // thrift):
            met = meet(rows, spot, weight, sums, met)
        elif read <= READ // thrift:
            add(rows, spot, weight, sums.value)
        left -= weight
    return met
