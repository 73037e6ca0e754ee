"""Words that repeat (regions, sources, reasons) as numbers, in the order of code points."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from clearance.ownership.arrays.graph import Int32


class Vocabulary:
    """Numbers for words as they come; ``sealed`` numbers them anew in order.

    **Shape**: 0 is the empty word, before and after.
    """

    def __init__(self) -> None:
        self._codes: dict[str, int] = {"": 0}

    def encode(self, column: pa.ChunkedArray) -> Int32:
        """The number of each word; null is the empty word."""
        parts = [self._part(chunk) for chunk in column.chunks]
        return np.concatenate(parts) if parts else np.zeros(0, np.int32)

    def code(self, word: str) -> int:
        """The number of one word."""
        return self._codes.setdefault(word, len(self._codes))

    def words(self) -> tuple[str, ...]:
        """Every word, by its number."""
        return tuple(self._codes)

    def sealed(self) -> tuple[tuple[str, ...], Int32]:
        """Every word in order, and the new number of each old one."""
        words = tuple(sorted(self._codes))
        new = np.zeros(len(words), np.int32)
        for number, word in enumerate(words):
            new[self._codes[word]] = number
        return words, new

    def _part(self, chunk: pa.Array) -> Int32:
        coded = chunk.dictionary_encode()
        known = np.array([self.code(word) for word in coded.dictionary.to_pylist()] + [0], np.int32)
        indices = coded.indices.fill_null(len(known) - 1).to_numpy(zero_copy_only=False)
        found: Int32 = known[indices]
        return found
