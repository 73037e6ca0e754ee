"""Boosted trees by LightGBM: needed where a model is trained, never where it is used.

One thread, rows as they come, fixed seeds: the same examples give the same trees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clearance.matching.features import FEATURES, SPEAKS, Matrix
from clearance.matching.trees import Trees

ROUNDS = 100
DIGITS = 6
"""Of thresholds and values, so that a model file is small and the same on every machine."""
SETTINGS: Mapping[str, object] = {
    "objective": "binary",
    "num_leaves": 40,
    "learning_rate": 0.1,
    "min_data_in_leaf": 40,
    "lambda_l2": 5.0,
    "feature_fraction": 0.8,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "use_missing": False,
    "monotone_constraints": list(SPEAKS),
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}


def boosted(matrix: Matrix, matches: NDArray[np.bool_]) -> Trees:
    """The trees that tell the matches from the others.

    **Cost**: two seconds per hundred thousand rows.
    """
    import lightgbm

    data = lightgbm.Dataset(matrix, matches.astype(np.int8), feature_name=list(FEATURES))
    learned = lightgbm.train(dict(SETTINGS), data, ROUNDS)
    flat = _Flat()
    for tree in learned.dump_model()["tree_info"]:
        flat.roots.append(flat.add(tree["tree_structure"]))
    return flat.trees()


Node = Mapping[str, object]


@dataclass(slots=True)
class _Flat:
    """Trees on their way into arrays."""

    feature: list[int] = field(default_factory=list)
    threshold: list[float] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    roots: list[int] = field(default_factory=list)

    def add(self, node: Node) -> int:
        """The node's number, below zero for a leaf."""
        if "leaf_value" in node:
            self.value.append(_rounded(node["leaf_value"]))
            return -len(self.value)
        place = len(self.feature)
        self.feature.append(int(str(node["split_feature"])))
        self.threshold.append(_rounded(node["threshold"]))
        self.left.append(0)
        self.right.append(0)
        for children, name in ((self.left, "left_child"), (self.right, "right_child")):
            child = node[name]
            assert isinstance(child, Mapping)  # noqa: S101 - the shape of LightGBM's own dump
            children[place] = self.add(child)
        return place

    def trees(self) -> Trees:
        ints = (
            np.array(x, dtype=np.int32) for x in (self.feature, self.left, self.right, self.roots)
        )
        feature, left, right, roots = ints
        return Trees(feature, np.array(self.threshold), left, right, np.array(self.value), roots)


def _rounded(figure: object) -> float:
    return float(f"{float(str(figure)):.{DIGITS}g}")
