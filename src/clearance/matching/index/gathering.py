"""Rows that share words or grams with a question: weights summed, the best picked.

1. Lists are read shortest first. A row is met as long as the words still unread weigh enough for a
   good row to hold none of those read; from then on only rows met before are added to.
2. Lists longer than the budget are left out: their words weigh little.
3. The best are those with the largest share of weight in common, 2 · common ÷ (question + row).
   If they are few parties with many names, more are taken.
"""

from __future__ import annotations

import numpy as np

from clearance.matching.index.compiled import compiled, whole
from clearance.matching.index.layout import Index, Ints, Longs, Shorts
from clearance.matching.index.scratch import PICKS, STEPS, Scratch
from clearance.matching.index.spelling import rarest

WORTH = 300
"""Of a thousand parts of a question's weight: with less in common a row is no candidate."""
MET = 200_000
READ = 1_500_000
GRAMS_READ = 14


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
def cut(rows: Ints, starts: Longs, list: int, first: int, last: int) -> tuple[int, int]:
    """Where the rows from ``first`` to before ``last`` stand in one list."""
    low, high = starts[list], min(starts[list + 1], whole(len(rows)))
    if low < 0 or low > high:
        raise IndexError("a list of rows lies outside the index")
    if first > 0:
        low = first_from(rows, low, high, first)
    return low, first_from(rows, low, high, last)


@compiled
def in_order(scratch: Scratch, count: int) -> None:
    """The order of the terms by the length of their lists."""
    for at in range(count):
        place = at
        size = scratch.term_end[at] - scratch.term_start[at]
        while place > 0:
            before = scratch.order[place - 1]
            if scratch.term_end[before] - scratch.term_start[before] <= size:
                break
            scratch.order[place] = before
            place -= 1
        scratch.order[place] = at


@compiled
def meet(
    rows: Ints, low: int, high: int, weight: int, sums: Shorts, touched: Ints, count: int
) -> int:
    """Add a weight to every row of a list, noting those met first; how many are noted then."""
    size = len(sums)
    for at in range(low, high):
        row = rows[at]
        if row < 0 or row >= size:
            raise IndexError("a row lies outside the index")
        if sums[row] == 0:
            if count == len(touched):
                break
            touched[count] = row
            count += 1
        sums[row] += np.uint16(weight)
    return count


@compiled
def add(rows: Ints, low: int, high: int, weight: int, sums: Shorts) -> None:
    """Add a weight to those rows of a list that were met before."""
    size = len(sums)
    for at in range(low, high):
        row = rows[at]
        if row < 0 or row >= size:
            raise IndexError("a row lies outside the index")
        if sums[row]:
            sums[row] += np.uint16(weight)


@compiled
def sum_lists(rows: Ints, scratch: Scratch, terms: int, total: int, done: int) -> int:
    """Sum the lists of ``terms`` terms; how many rows were met.

    **Shape**: ``total`` is the question's weight; ``scratch.used`` is 0 for words not read yet.
    """
    count, read, left = 0, 0, total
    in_order(scratch, terms)
    for place in range(terms):
        at = whole(scratch.order[place])
        low, high = scratch.term_start[at], scratch.term_end[at]
        if high == low:
            continue
        read += high - low
        if left * 1000 >= total * WORTH and (count == 0 or high - low + count <= MET):
            count = meet(
                rows, low, high, scratch.term_weight[at], scratch.sums, scratch.touched, count
            )
        elif read <= READ:
            add(rows, low, high, scratch.term_weight[at], scratch.sums)
        word = scratch.term_word[at]
        if scratch.used[word] == 0:
            scratch.used[word] = 1
            left -= scratch.weights[word]
    return count


@compiled
def share(sums: Shorts, totals: Shorts, row: int, total: int) -> int:
    """What a row and the question have in common, in steps."""
    both = total + whole(totals[row])
    return min(2 * STEPS * whole(sums[row]) // max(both, 1), STEPS)


@compiled
def pick(index: Index, scratch: Scratch, totals: Shorts, count: int, total: int, want: int) -> int:
    """The best rows met, into ``scratch.picks``; how many. Sums are 0 again afterwards."""
    sums, touched, counts = scratch.sums, scratch.touched, scratch.counts
    counts[:] = 0
    for at in range(count):
        counts[share(sums, totals, touched[at], total)] += 1
    most = min(want, PICKS)
    while True:
        least, above = STEPS, whole(counts[STEPS])
        while least > 1 and above + counts[least - 1] <= most:
            least -= 1
            above += counts[least]
        picks = fill(scratch, totals, count, total, least, most)
        if picks == count or most == PICKS or enough(index, scratch, picks, want // 3):
            break
        most = min(4 * most, PICKS)
    for at in range(count):
        sums[touched[at]] = 0
    return picks


@compiled
def fill(scratch: Scratch, totals: Shorts, count: int, total: int, least: int, most: int) -> int:
    """All rows above a step, then rows of the step below as long as there is room."""
    picks = 0
    for at in range(count):
        row = scratch.touched[at]
        if picks < most and share(scratch.sums, totals, row, total) >= least:
            scratch.picks[picks] = row
            picks += 1
    for at in range(count):
        if picks >= most:
            break
        row = scratch.touched[at]
        if share(scratch.sums, totals, row, total) == least - 1:
            scratch.picks[picks] = row
            picks += 1
    return picks


@compiled
def enough(index: Index, scratch: Scratch, picks: int, parties: int) -> bool:
    """Do the rows picked belong to that many parties?"""
    found = 0
    last = -1
    for at in range(picks):
        party = index.party[scratch.picks[at]]
        if party != last:
            found += 1
        last = party
    return found >= parties


@compiled
def by_words(
    index: Index, scratch: Scratch, first: int, last: int, words: int, terms: int, want: int
) -> int:
    """Rows in a range by words; how many are in ``scratch.picks``."""
    total = 0
    for word in range(words):
        total += scratch.weights[word]
    scratch.used[:] = 0
    for at in range(terms):
        low, high = cut(index.word_row, index.word_row_start, scratch.term[at], first, last)
        scratch.term_start[at], scratch.term_end[at] = low, high
    count = sum_lists(index.word_row, scratch, terms, total, 0)
    return pick(index, scratch, index.weight, count, total, want)


@compiled
def by_grams(index: Index, scratch: Scratch, first: int, last: int, grams: int, want: int) -> int:
    """Rows in a range by the rarest grams; how many are in ``scratch.picks``.

    **Shape**: ``scratch.grams`` holds the grams of the question, each once.
    """
    starts, rows = index.gram_row_start, index.gram_row
    total, count = 0, 0
    for at in range(grams):
        place = first_from(index.gram, 0, len(index.gram), scratch.grams[at])
        if place == len(index.gram) or index.gram[place] != scratch.grams[at]:
            total += rarest(index)
            continue
        low, high = cut(rows, starts, place, first, last)
        scratch.term_start[count], scratch.term_end[count] = low, high
        scratch.term_weight[count] = index.gram_weight[place]
        total += scratch.term_weight[count]
        count += 1
    in_order(scratch, count)
    met = sum_grams(rows, scratch, count, total)
    return pick(index, scratch, index.gram_total, met, total, want)


@compiled
def sum_grams(rows: Ints, scratch: Scratch, grams: int, total: int) -> int:
    """Sum the lists of the rarest grams; how many rows were met."""
    count, read, left = 0, 0, total
    for place in range(min(grams, GRAMS_READ)):
        at = whole(scratch.order[place])
        low, high = scratch.term_start[at], scratch.term_end[at]
        read += high - low
        weight = whole(scratch.term_weight[at])
        if left * 1000 >= total * 600 and (count == 0 or high - low + count <= MET):
            count = meet(rows, low, high, weight, scratch.sums, scratch.touched, count)
        elif read <= READ:
            add(rows, low, high, weight, scratch.sums)
        left -= weight
    return count
