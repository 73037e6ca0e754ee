"""Columns of strings that are never all loaded: read by position, mapped or in memory."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from clearance.model.errors import IntegrityError

Positions = NDArray[np.int32] | NDArray[np.int64]

_TWO = struct.Struct("=2q")


class TextFile:
    """Where the strings of a mapped column lie in its file.

    Use this where few are read: what is read here does not stay in this process's memory.

    **Shape**: ``base`` is the address at which the file is mapped.

    **Cost**: a microsecond a read.
    """

    def __init__(self, path: Path, array: pa.Array, base: int) -> None:
        _, starts, data = array.buffers()
        self._starts = starts.address - base + 8 * array.offset
        self._data = data.address - base
        self._file = os.open(path, os.O_RDONLY)

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            os.close(self._file)

    def ends(self, position: int) -> tuple[int, int]:
        """Where the string at a position starts and ends; (0, -1) if the file ends before."""
        found = os.pread(self._file, _TWO.size, self._starts + _TWO.size // 2 * position)
        start, end = _TWO.unpack(found) if len(found) == _TWO.size else (0, -1)
        return start, end

    def read(self, start: int, end: int) -> bytes:
        """The bytes between two places."""
        return os.pread(self._file, end - start, self._data + start)


class Texts(Sequence[str]):
    """Strings by position; a column that holds nothing takes no room.

    **Shape**: one Arrow array of ``large_string``, or of ``null`` where every string is empty;
    single strings are read from ``file`` where there is one.
    """

    __slots__ = ("_data", "_end", "_file", "_offsets", "_size", "_starts", "array", "name")

    def __init__(self, array: pa.Array, name: str = "", file: TextFile | None = None) -> None:
        self.array = array
        self.name = name
        self._file = file
        buffers = array.buffers() if pa.types.is_large_string(array.type) else (None, None, None)
        end = array.offset + len(array) + 1
        self._offsets = _numbers(buffers[1])[array.offset : end]
        self._starts = self._offsets.data
        self._data = memoryview(buffers[2] or b"")
        self._size, self._end = max(len(self._starts) - 1, 0), len(self._data)

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, position: int) -> str:  # type: ignore[override]
        if not 0 <= position < self._size:
            return _nothing(position, 0 if self._size else len(self.array))
        file = self._file
        start, end = file.ends(position) if file else self._starts[position : position + 2]
        if not 0 <= start <= end <= self._end:
            raise self._broken()
        text = file.read(start, end) if file else self._data[start:end]
        if file and len(text) != end - start:
            raise self._broken()
        try:
            return str(text, "utf-8")
        except UnicodeDecodeError:
            raise self._broken() from None

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self.array), 65_536):
            for text in self.array.slice(start, 65_536).to_pylist():
                yield text or ""

    def take(self, positions: Positions) -> list[str]:
        """The strings at these positions; a negative position is an empty string."""
        if pa.types.is_null(self.array.type):
            return [""] * len(positions)
        self._check(positions[positions >= 0])
        taken = self.array.take(pa.array(positions, mask=positions < 0))
        found: list[str] = taken.fill_null("").to_pylist()
        return found

    def find(self, text: str) -> int:
        """The position of ``text`` in an ascending column, or -1. **Cost**: about 24 looks."""
        low, high = 0, len(self.array)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < text:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.array) and self[low] == text else -1

    def find_all(self, texts: Sequence[str]) -> Positions:
        """The position of each text in an ascending column, or -1.

        Use this when many are asked for: all of them are looked for in step.

        **Cost**: about 24 takes from the column, whatever the number of texts.
        """
        size, wanted = len(self.array), pa.array(texts, pa.large_string())
        low, high = np.zeros(len(texts), np.int64), np.full(len(texts), size, np.int64)
        if not len(self._starts):
            return np.array([self.find(text) for text in texts], np.int64)
        while (open := low < high).any():
            middle = np.minimum((low + high) // 2, size - 1)
            before = open & self._compared(pc.less, middle, wanted)
            low, high = np.where(before, middle + 1, low), np.where(open & ~before, middle, high)
        there = (low < size) & self._compared(pc.equal, np.minimum(low, size - 1), wanted)
        return np.where(there, low, -1)

    def _compared(
        self, how: Callable[[pa.Array, pa.Array], pa.Array], at: Positions, wanted: pa.Array
    ) -> NDArray[np.bool_]:
        """How the texts at these positions compare with those wanted."""
        self._check(at)
        found: NDArray[np.bool_] = how(self.array.take(pa.array(at)), wanted).to_numpy(
            zero_copy_only=False
        )
        return found

    def _check(self, positions: Positions) -> None:
        """Nothing if these strings lie inside the column's bytes: mapped files may be damaged."""
        if len(self._offsets) and len(positions):
            start, end = self._offsets[positions], self._offsets[positions + 1]
            if start.min() < 0 or end.max() > len(self._data) or bool((start > end).any()):
                raise self._broken()

    def _broken(self) -> IntegrityError:
        return IntegrityError(
            "a text lies outside the file", file=self.name or None, remedy="validate the snapshot"
        )


def _numbers(buffer: pa.Buffer | None) -> NDArray[np.int64]:
    return np.zeros(0, np.int64) if buffer is None else np.frombuffer(buffer, np.int64)


def _nothing(position: int, size: int) -> str:
    if not 0 <= position < size:
        raise IndexError(position)
    return ""


def column_of(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """One array of ``large_string``, or of ``null`` if nothing stands in it; nulls become empty."""
    if isinstance(texts, pa.ChunkedArray):
        texts = pa.chunked_array(texts.chunks, texts.type).cast(pa.large_string()).combine_chunks()
    if isinstance(texts, pa.ChunkedArray):
        texts = pa.concat_arrays(texts.chunks) if texts.num_chunks else pa.array([], texts.type)
    if pa.types.is_null(texts.type) or not len(texts):
        return pa.nulls(len(texts))
    filled = texts.cast(pa.large_string()).fill_null("")
    if not pc.any(pc.not_equal(filled, "")).as_py():
        return pa.nulls(len(filled))
    return filled


def picked(column: pa.Array, rows: Positions) -> pa.Array:
    """The strings of ``rows`` in that order; a negative row is an empty string."""
    if pa.types.is_null(column.type):
        return pa.nulls(len(rows))
    return column_of(column.take(pa.array(rows, mask=rows < 0)))
