"""What one thread writes on while it searches; made once, left clean after every question."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from clearance.matching.index.layout import Bytes, Hashes, Index, Ints, Longs, Shorts

WORDS = 24
"""Words of a name that count, and as many pairs of raw letters."""
TERMS = 96
"""Words of the index that may stand for the words of a question, spelling variants included."""
TOUCHED = 1 << 20
PICKS = 2048
STEPS = 1024
"""Into how many steps a share of weight is divided when the best rows are picked."""


class Reading(NamedTuple):
    """A question's name as it was read, and a row's words beside it.

    **Shape**: ``words`` holds where each word of the name starts and ends, then each pair of raw
    letters; ``weight`` what each weighs; ``places`` a bit for each place a letter stands in;
    ``others`` where the words of the row start and end.
    """

    words: Longs
    weight: Ints
    places: Hashes
    others: Longs


class Terms(NamedTuple):
    """Lists of rows to be summed: of what, for which word of the question, from where to where.

    **Shape**: ``order`` is the order in which they are read; ``used`` marks words of the question.
    """

    item: Ints
    word: Ints
    weight: Ints
    start: Longs
    end: Longs
    order: Ints
    used: Bytes


class Sums(NamedTuple):
    """Rows met and what they have in common with the question.

    **Shape**: ``value`` has a number a row, all 0 between questions; ``touched`` are the rows met,
    ``share`` their shares in steps, ``steps`` how many rows have which, ``picks`` the best.
    """

    value: Shorts
    touched: Ints
    share: Shorts
    steps: Ints
    picks: Ints


class Scratch(NamedTuple):
    """Room for one thread.

    **Shape**: ``seen`` marks rows ranked for this question, all 0 between questions; ``ranked``
    are those rows; ``grams`` are the question's.
    """

    reading: Reading
    terms: Terms
    sums: Sums
    seen: Bytes
    ranked: Ints
    grams: Ints


def scratch_for(index: Index) -> Scratch:
    """Clean room for a thread that searches this index.

    **Cost**: three bytes a row, and twelve megabytes at most.
    """
    rows = len(index.names.party)
    most = min(TOUCHED, rows + 1)
    return Scratch(
        Reading(
            np.zeros((2 * WORDS, 2), np.int64), np.zeros(2 * WORDS, np.int32),
            np.zeros(256, np.uint64), np.zeros((WORDS, 2), np.int64),
        ),
        Terms(
            np.zeros(TERMS, np.int32), np.zeros(TERMS, np.int32), np.zeros(TERMS, np.int32),
            np.zeros(TERMS, np.int64), np.zeros(TERMS, np.int64), np.zeros(TERMS, np.int32),
            np.zeros(2 * WORDS, np.uint8),
        ),
        Sums(
            np.zeros(rows, np.uint16), np.zeros(most, np.int32), np.zeros(most, np.uint16),
            np.zeros(STEPS + 1, np.int32), np.zeros(PICKS, np.int32),
        ),
        np.zeros(rows, np.uint8), np.zeros(4 * PICKS, np.int32), np.zeros(TERMS, np.int32),
    )  # fmt: skip
