"""What one source says, gathered row by row: its blocks, and every distinct word once.

1. A row that says nothing keeps its block: it takes back what a wider block says.
2. A block that is said twice must say the same; two rows that contradict each other stop the build.
3. A file without a row stops it, too: silence would look like an address that nobody objects to.
"""

from __future__ import annotations

from array import array
from bisect import bisect
from collections.abc import Iterable

import numpy as np

from clearance.adapters.network.words import SILENCE, Row, Word
from clearance.model.errors import SourceError
from clearance.network.origin import Vote
from clearance.network.partition import NOTHING, Blocks, contradiction
from clearance.network.source import Source

_EMPTY = "fetch the file again, or take it off the list"


class Gathered:
    """The rows of a source's files.

    **Cost**: 48 bytes a row.
    """

    __slots__ = ("_files", "_first", "_last", "_lines", "_numbers", "_words")

    def __init__(self) -> None:
        self._first = bytearray()
        self._last = bytearray()
        self._numbers = array("q")
        self._lines = array("q")
        self._words: dict[Word, int] = {}
        self._files: dict[int, str] = {}

    def add(self, file: str, rows: Iterable[Row], usual: Word = SILENCE) -> None:
        """Take the rows of a file; ``usual`` is said where a row is silent.

        Raises:
            SourceError: there is none.
        """
        self._files[len(self._lines)] = file
        numbers: dict[Word, int] = {}
        for line, first, last, word in rows:
            number = numbers.get(word)
            if number is None:
                number = numbers[word] = self._number(word.or_else(usual))
            self._first += first
            self._last += last
            self._numbers.append(number)
            self._lines.append(line)
        if not numbers:
            raise SourceError("names no address at all", file=file, remedy=_EMPTY)

    @property
    def count(self) -> int:
        """How many rows say something."""
        return len(self._numbers) - self._numbers.count(NOTHING)

    def votes(self, source: Source) -> tuple[Vote, ...]:
        """The distinct words as votes of a source; what ``blocks`` counts."""
        return tuple(
            Vote(
                source.id,
                word.country,
                word.asn,
                word.kinds,
                source.as_of,
                word.operator,
                source.voice,
            )
            for word in self._words
        )

    def blocks(self) -> Blocks:
        """The rows as columns.

        Raises:
            SourceError: two rows say different things of one block.
        """
        found = Blocks(
            np.frombuffer(bytes(self._first), "S16"),
            np.frombuffer(bytes(self._last), "S16"),
            np.array(self._numbers, np.int64),
        )
        clash = contradiction(found)
        if clash is not None:
            one, other = sorted(clash)
            raise SourceError(
                f"says of a block what {self._place(one)} says differently",
                file=self._file(other),
                line=self._lines[other],
                remedy="keep one of the two",
            )
        return found

    def _number(self, word: Word) -> int:
        return NOTHING if word == SILENCE else self._words.setdefault(word, len(self._words))

    def _file(self, row: int) -> str:
        starts = [*self._files]
        return self._files[starts[bisect(starts, row) - 1]]

    def _place(self, row: int) -> str:
        return f"{self._file(row)}:{self._lines[row]}"
