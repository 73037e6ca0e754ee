"""Benjamini and Hochberg: what a p-value is worth among many tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def adjusted(p: Floats) -> Floats:
    """The q-value of each p: the least false-discovery rate at which it would be told.

    **Source**: Benjamini and Hochberg, Controlling the false discovery rate (1995).

    >>> adjusted(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.04, 0.04]
    """
    count = len(p)
    order = np.argsort(p)
    raw = p[order] * count / np.arange(1, count + 1)
    least = np.minimum.accumulate(raw[::-1])[::-1] if count else raw
    q = np.empty(count)
    q[order] = np.minimum(least, 1.0)
    return q
