"""The five share columns of a row as one interval in units.

1. ``share`` is exact; or ``minimum`` and ``maximum``, either of which may be left out (0, 100).
2. ``exclusive_minimum`` and ``exclusive_maximum`` are said in either of two ways: as yes or no, of
   the end beside them; or, as BODS 0.4 does, as the excluded percentage itself.
   ``1`` and ``0`` are yes and no beside a stated end; without one, 1 is a percentage, 0 nothing.
3. Nothing stated is 0 to 100 without the ``STATED`` flag.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from clearance.adapters.formats.csv_cells import (
    YES,
    Cells,
    decode,
    decode_percent,
    read_percent,
)
from clearance.adapters.formats.plain_faults import Faults
from clearance.adapters.formats.plain_table import Column
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import HIGH_OPEN, LOW_OPEN, STATED, Bool, Int64

_NUMBER = 2


def shares(column: Column, faults: Faults) -> tuple[Int64, Int64, NDArray[np.uint8]]:
    """Low, high and flags of every row; rows that contradict themselves are noted as faults."""
    exact = faults.cells("share", decode_percent(column("share")))
    least = faults.cells("minimum", decode_percent(column("minimum")))
    most = faults.cells("maximum", decode_percent(column("maximum")))
    over = faults.cells("exclusive_minimum", decode(column("exclusive_minimum"), read_exclusive))
    under = faults.cells("exclusive_maximum", decode(column("exclusive_maximum"), read_exclusive))

    one = exact.values[2] == 1
    low, low_told, low_open = _end(least, over, one, 0, 0)
    high, high_told, high_open = _end(most, under, one, 1, WHOLE)
    ends = low_told | high_told
    _contradictions(exact, (low, high), ends, faults)
    _excluded_twice("minimum", least, over, faults)
    _excluded_twice("maximum", most, under, faults)
    low = np.where(one, exact.values[0], low)
    high = np.where(one, exact.values[1], high)
    low_open |= _rounded(exact) | _rounded(least)
    high_open |= _rounded(exact) | _rounded(most)
    faults.where(
        low > high, "minimum", "the minimum is above the maximum; give the smaller end first"
    )
    shut = (low == high) & (low_open | high_open)
    faults.where(
        shut, "exclusive_minimum", "an exact share is not exclusive; leave exclusive_* empty"
    )
    flags = (one | ends) * STATED + low_open * LOW_OPEN + high_open * HIGH_OPEN
    return low, high, flags.astype(np.uint8)


@lru_cache(maxsize=100_000)
def read_exclusive(text: str) -> tuple[int, ...]:
    """``(low, high, told)``: told 0 no, 1 yes, 2 a number, which then is the excluded end."""
    word = text.strip().lower()
    if word in YES and not word.isdigit():
        return 0, 0, YES[word]
    low, high, told = read_percent(text)
    return low, high, _NUMBER * told


def _end(
    stated: Cells, exclusive: Cells, exact: Bool, part: int, default: int
) -> tuple[Int64, Bool, Bool]:
    """One end: its units, whether anything states it, whether it is open."""
    beside = (stated.values[2] == 1) | exact
    number = exclusive.values[2] == _NUMBER
    excluded = number & ~beside & (exclusive.values[1] > 0)
    same = number & beside & (exclusive.values[1] == stated.values[1]) & ~exact
    one = number & beside & (exclusive.values[1] == WHOLE // 100)
    value = np.where(excluded, exclusive.values[part], default)
    value = np.where(stated.values[2] == 1, stated.values[part], value)
    said_yes = exclusive.values[2] == 1
    told = (stated.values[2] == 1) | excluded | (said_yes & ~exact)
    return value, told, excluded | same | one | said_yes


def _rounded(stated: Cells) -> Bool:
    """Where a cell lies between two units, so that the truth is beyond the end they give."""
    low, high, _ = stated.values
    found: Bool = low < high
    return found


def _contradictions(exact: Cells, ends: tuple[Int64, Int64], told: Bool, faults: Faults) -> None:
    both = (exact.values[2] == 1) & told
    differs = both & ((ends[0] != exact.values[0]) | (ends[1] != exact.values[1]))
    faults.where(differs, "share", "share and minimum or maximum differ; give one of them")


def _excluded_twice(name: str, stated: Cells, exclusive: Cells, faults: Faults) -> None:
    number = (exclusive.values[2] == _NUMBER) & (stated.values[2] == 1)
    flag = (exclusive.values[1] == 0) | (exclusive.values[1] == WHOLE // 100)
    differs = number & ~flag & (exclusive.values[1] != stated.values[1])
    faults.where(
        differs,
        f"exclusive_{name}",
        f"{name} and exclusive_{name} differ; write yes, or one number",
    )
