"""Functions over arrays compiled to machine code, once a machine.

1. What was compiled is kept beside the source, else in the user's cache folder, else where
   ``NUMBA_CACHE_DIR`` says; where none of them can be written, every process compiles anew.
2. Compiled code holds no lock of the interpreter: threads search side by side.
3. No sum of fractions is reordered: the same input gives the same bits on every machine.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numpy as np
from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code, made at its first call.

    **Cost**: seconds at the first call ever, milliseconds at the first of a process.
    """
    try:
        found = njit(function, nogil=True, cache=True)
    except RuntimeError:  # no folder for the cache can be written
        found = njit(function, nogil=True)
    return cast(Callable[P, R], found)


@compiled
def whole(value: float | np.uint64) -> int:
    """A number of any width as a signed one: mixed with unsigned ones it would turn a fraction."""
    return np.int64(value)  # type: ignore[return-value]
