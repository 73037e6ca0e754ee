"""Where on the sheet each node stands: the second half of a layered drawing.

1. In each layer the order is kept and neighbours stay at least ``gap`` apart.
2. Given that, nodes stand as near as they can to the mean of the nodes they are joined to, in
   the sense of least squares; layers are swept until nothing moves much.
3. The leftmost node stands at its own half width; x grows to the right.

**Source**: pool-adjacent-violators for least squares under an order (Barlow et al., 1972).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from clearance.adapters.drawing.ranks import Layers, Node

SWEEPS = 24


def centres(layers: Layers, width: Mapping[Node, float], gap: float) -> dict[Node, float]:
    """The centre of every node on the x axis.

    **Shape**: ``width`` for every node, bends included; all results at least half a width.
    """
    joined: dict[Node, list[Node]] = {}
    for chain in layers.chains:
        for high, low in itertools.pairwise(chain):
            joined.setdefault(high, []).append(low)
            joined.setdefault(low, []).append(high)
    level = {node: at for at, layer in enumerate(layers.layers) for node in layer}
    x: dict[Node, float] = {}
    for layer in layers.layers:
        x.update(_spread(layer, dict.fromkeys(layer, 0.0), width, gap))
    for sweep in range(SWEEPS):
        both = sweep >= SWEEPS - 6
        order = range(len(layers.layers))
        for at in order if sweep % 2 else reversed(order):
            wanted: dict[Node, float] = {}
            for node in layers.layers[at]:
                near = [
                    x[other]
                    for other in joined.get(node, ())
                    if both or (level[other] < at if sweep % 2 else level[other] > at)
                ]
                wanted[node] = sum(near) / len(near) if near else x[node]
            x.update(_spread(layers.layers[at], wanted, width, gap))
    left = min((x[node] - width[node] / 2 for node in x), default=0.0)
    return {node: value - left for node, value in x.items()}


def _spread(
    layer: tuple[Node, ...], wanted: Mapping[Node, float], width: Mapping[Node, float], gap: float
) -> dict[Node, float]:
    """Nearest places to the wanted ones that keep the order and the gaps."""
    offsets: list[float] = []
    offset = 0.0
    for at, node in enumerate(layer):
        if at:
            offset += (width[layer[at - 1]] + width[node]) / 2 + gap
        offsets.append(offset)
    blocks: list[tuple[float, int]] = []
    for node, shift in zip(layer, offsets, strict=True):
        total, count = wanted[node] - shift, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            other, more = blocks.pop()
            total, count = total + other, count + more
        blocks.append((total, count))
    levels = [total / count for total, count in blocks for _ in range(count)]
    return {node: lv + shift for node, lv, shift in zip(layer, levels, offsets, strict=True)}
