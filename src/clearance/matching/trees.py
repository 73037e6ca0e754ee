"""Boosted trees as flat arrays: the model's sum over its trees.

1. A node has a feature (a column of the matrix), a threshold and two children; a row goes left if
   its value is at most the threshold. Values are never missing.
2. A leaf is a child below zero: ``-1 - leaf``.

Only prediction is here, so that whoever matches needs no training library and every machine adds
the same figures in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clearance.matching.index.compiled import compiled

Matrix = NDArray[np.float64]
Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Trees:
    """An ensemble.

    **Shape**: ``feature``, ``threshold``, ``left`` and ``right`` by node, all trees after each
    other; ``value`` by leaf; ``roots`` the root of each tree, below zero for a tree of one leaf.
    """

    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    roots: Ints

    def margins(self, matrix: Matrix) -> Floats:
        """The log-odds of each row, uncalibrated.

        **Cost**: half a microsecond a row for a hundred trees of sixteen leaves.
        """
        out = np.zeros(len(matrix))
        tables = (self.feature, self.threshold, self.left, self.right, self.value, self.roots)
        _add_up(np.ascontiguousarray(matrix), *tables, out)
        return out


@compiled
def _add_up(
    matrix: Matrix,
    feature: Ints,
    threshold: Floats,
    left: Ints,
    right: Ints,
    value: Floats,
    roots: Ints,
    out: Floats,
) -> None:
    for row in range(len(matrix)):
        total = 0.0
        for root in roots:
            node = root
            while node >= 0:
                below = matrix[row, feature[node]] <= threshold[node]
                node = left[node] if below else right[node]
            total += value[-1 - node]
        out[row] = total
