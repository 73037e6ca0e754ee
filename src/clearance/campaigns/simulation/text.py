"""Invented prompts and outputs as UTF-8, from counted randomness: the same row, the same text.

1. A word is one of ``VOCABULARY`` invented ones; which, follows from the seed, the row and place.
2. A prompt is a template's first words, what fills it, and its last words; an echo is filled with
   the output of the row that it names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from clearance.campaigns.simulation.draft import NONE, VOCABULARY, Int32, Int64
from clearance.campaigns.sketch.siphash import Bytes

_M1, _M2, _30 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB), np.uint64(30)
_SPACE = 32
_OUTPUT = 1 << 40
"""What is added to a row's number where its output is meant, not its prompt."""


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of texts: bytes one after another and where each begins."""

    data: Bytes
    offsets: Int64


@dataclass(frozen=True, slots=True)
class Words:
    """Words one after another: the vocabulary as bytes, or templates as numbers of words."""

    flat: NDArray[np.int32]
    starts: Int64


def vocabulary(rng: np.random.Generator) -> Words:
    """Invented words of two to four syllables, as bytes."""
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    lengths = rng.integers(2, 5, VOCABULARY)
    drawn = rng.integers(0, len(syllables), int(lengths.sum()))
    ends = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths * 2)))
    text = "".join(syllables[one] for one in drawn).encode()
    return Words(np.frombuffer(text, np.uint8).astype(np.int32), ends)


def joined(parts: list[Int32]) -> Words:
    """Lists of words as one flat list."""
    sizes = np.array([len(part) for part in parts], np.int64)
    flat = np.concatenate([np.zeros(0, np.int32), *parts])
    return Words(flat, np.concatenate((np.zeros(1, np.int64), sizes.cumsum())))


@njit(inline="always")
def _drawn(seed: int, row: int, place: int) -> np.int64:
    """A counted random word: mixes seed, row and place (splitmix64)."""
    value = np.uint64(seed) * _M2 ^ (np.uint64(row) << np.uint64(10)) + np.uint64(place)
    value = (value ^ (value >> _30)) * _M1
    value = (value ^ (value >> np.uint64(27))) * _M2
    return np.int64((value ^ (value >> np.uint64(31))) >> np.uint64(1)) % VOCABULARY


@njit(inline="always")
def _size(flat: Int32, starts: Int64, template: int) -> int:
    return 0 if template < 0 else starts[template + 1] - starts[template]


@njit(cache=True)
def _word(
    at: int, row: int, echo: int, seed: int, head: int, filled: int, before: Int32, after: Int32
) -> np.int64:
    """The word at a place of a prompt."""
    if at < head:
        return np.int64(before[at])
    if at >= head + filled:
        return np.int64(after[at - head - filled])
    if echo >= 0:
        return _drawn(seed, echo + _OUTPUT, at - head)
    return _drawn(seed, row, at - head)


@njit(parallel=True, cache=True)
def _write(
    rows: Int64,
    template: Int64,
    echo: Int64,
    fill: Int64,
    seed: int,
    heads: tuple[Int32, Int64],
    tails: tuple[Int32, Int64],
    book: tuple[Int32, Int64],
    offsets: Int64,
    data: Bytes,
) -> None:
    """Measure where ``data`` is empty, else write every prompt at its offset."""
    words, starts = book
    measuring = len(data) == 0
    for at in prange(len(rows)):
        one = template[at]
        before = heads[0][heads[1][one] : heads[1][one + 1]] if one >= 0 else heads[0][:0]
        after = tails[0][tails[1][one] : tails[1][one + 1]] if one >= 0 else tails[0][:0]
        total = len(before) + fill[at] + len(after)
        size = 0
        for place in range(total):
            word = _word(place, rows[at], echo[at], seed, len(before), fill[at], before, after)
            if not measuring:
                to = offsets[at] + size
                for byte in range(starts[word], starts[word + 1]):
                    data[to] = words[byte]
                    to += 1
                if place + 1 < total:
                    data[to] = _SPACE
            size += starts[word + 1] - starts[word] + 1
        if measuring:
            offsets[at + 1] = max(0, size - 1)


def prompts(
    rows: Int64,
    template: Int64,
    echo: Int64,
    fill: Int64,
    seed: int,
    books: tuple[Words, Words, Words],
) -> Texts:
    """The prompts of these rows.

    Args:
        rows: the numbers of the rows, which decide what is drawn.
        template: each row's template, or -1.
        echo: the row whose output fills it, or -1.
        fill: how many words fill it.
        seed: of the log.
        books: templates' first words, templates' last words, the vocabulary.

    **Cost**: about 2 µs a prompt of 60 words.
    """
    sizes = np.zeros(len(rows) + 1, np.int64)
    heads, tails, book = ((one.flat, one.starts) for one in books)
    nothing = np.empty(0, np.uint8)
    _write(rows, template, echo, fill, seed, heads, tails, book, sizes, nothing)
    offsets = sizes.cumsum()
    data = np.empty(max(1, int(offsets[-1])), np.uint8)
    _write(rows, template, echo, fill, seed, heads, tails, book, offsets, data)
    return Texts(data[: int(offsets[-1])], offsets)


def outputs(rows: Int64, length: Int64, seed: int, books: tuple[Words, Words, Words]) -> Texts:
    """What the model answered in these rows."""
    none = np.full(len(rows), NONE, np.int64)
    return prompts(rows + _OUTPUT, none, none, length, seed, books)
