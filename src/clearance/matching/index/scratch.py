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


class Scratch(NamedTuple):
    """Room for one thread.

    **Shape**: ``sums`` and ``seen`` have a value a row, all 0 between questions; the rest is
    overwritten.
    """

    sums: Shorts
    seen: Bytes
    touched: Ints
    words: Longs
    others: Longs
    weights: Ints
    term: Ints
    term_word: Ints
    term_weight: Ints
    term_start: Longs
    term_end: Longs
    order: Ints
    counts: Ints
    picks: Ints
    picked: Ints
    grams: Ints
    places: Hashes
    used: Bytes


def scratch_for(index: Index) -> Scratch:
    """Clean room for a thread that searches this index."""
    rows = len(index.party)
    return Scratch(
        sums=np.zeros(rows, np.uint16),
        seen=np.zeros(rows, np.uint8),
        touched=np.zeros(min(TOUCHED, rows + 1), np.int32),
        words=np.zeros((2 * WORDS, 2), np.int64),
        others=np.zeros((WORDS, 2), np.int64),
        weights=np.zeros(2 * WORDS, np.int32),
        term=np.zeros(TERMS, np.int32),
        term_word=np.zeros(TERMS, np.int32),
        term_weight=np.zeros(TERMS, np.int32),
        term_start=np.zeros(TERMS, np.int64),
        term_end=np.zeros(TERMS, np.int64),
        order=np.zeros(TERMS, np.int32),
        counts=np.zeros(STEPS + 1, np.int32),
        picks=np.zeros(PICKS, np.int32),
        picked=np.zeros(4 * PICKS, np.int32),
        grams=np.zeros(TERMS, np.int32),
        places=np.zeros(256, np.uint64),
        used=np.zeros(2 * WORDS, np.uint8),
    )
