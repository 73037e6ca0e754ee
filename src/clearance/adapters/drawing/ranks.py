"""Which layer each node stands in, and in which order inside it.

The first half of a layered drawing:

1. Loops are opened: an edge that closes one, met depth first, counts backwards.
2. A node stands one layer above the highest node it points to.
3. An edge over several layers gets a bend in each layer it crosses.
4. Orders follow the mean place of neighbours, swept up and down; the one with fewest crossings
   is kept, so the same picture always gives the same drawing.

**Source**: Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system
structures", IEEE SMC 11 (1981).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Bend:
    """Where edge number ``edge`` passes layer ``layer``."""

    edge: int
    layer: int


Node = str | Bend


@dataclass(frozen=True, slots=True)
class Layers:
    """**Shape**: ``layers[0]`` is the lowest; ``chains[e]`` are the nodes edge *e* passes, from
    its upper to its lower end; ``reversed_edges`` run upwards."""

    layers: tuple[tuple[Node, ...], ...]
    chains: tuple[tuple[Node, ...], ...]
    reversed_edges: frozenset[int]


def layered(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> Layers:
    """Layers and orders of a graph whose edges point downwards.

    **Cost**: edges times layers times ``SWEEPS``; for drawings of up to a few hundred nodes.
    """
    back = _closing(nodes, edges)
    downward = [(low, high) if at in back else (high, low) for at, (high, low) in enumerate(edges)]
    rank = _ranks(nodes, downward)
    layers: list[list[Node]] = [[] for _ in range(max(rank.values(), default=0) + 1)]
    for node in nodes:
        layers[rank[node]].append(node)
    chains: list[tuple[Node, ...]] = []
    for at, (high, low) in enumerate(downward):
        bends = [Bend(at, layer) for layer in range(rank[high] - 1, rank[low], -1)]
        for bend in bends:
            layers[bend.layer].append(bend)
        chains.append((high, *bends, low))
    return Layers(_ordered(layers, chains), tuple(chains), frozenset(back))


def _closing(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> set[int]:
    """Edges that close a loop, met depth first in the order of ``nodes``."""
    leaving: dict[str, list[int]] = {node: [] for node in nodes}
    for at, (high, _) in enumerate(edges):
        leaving[high].append(at)
    state: dict[str, int] = {}
    closing: set[int] = set()
    for root in nodes:
        if root in state:
            continue
        state[root] = 1
        stack = [(root, iter(leaving[root]))]
        while stack:
            node, rest = stack[-1]
            edge = next(rest, None)
            if edge is None:
                state[node] = 2
                stack.pop()
                continue
            below = edges[edge][1]
            if state.get(below) == 1:
                closing.add(edge)
            elif below not in state:
                state[below] = 1
                stack.append((below, iter(leaving[below])))
    return closing


def _ranks(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Longest way down; a self-loop has none."""
    below: dict[str, list[str]] = {node: [] for node in nodes}
    above: dict[str, list[str]] = {node: [] for node in nodes}
    for high, low in edges:
        if high != low:
            below[high].append(low)
            above[low].append(high)
    waiting = {node: len(below[node]) for node in nodes}
    ready = [node for node in nodes if not waiting[node]]
    rank = dict.fromkeys(nodes, 0)
    while ready:
        node = ready.pop()
        for high in above[node]:
            rank[high] = max(rank[high], rank[node] + 1)
            waiting[high] -= 1
            if not waiting[high]:
                ready.append(high)
    return rank


def _ordered(
    layers: list[list[Node]], chains: Iterable[tuple[Node, ...]]
) -> tuple[tuple[Node, ...], ...]:
    pairs = [pair for chain in chains for pair in itertools.pairwise(chain)]
    down: dict[Node, list[Node]] = {}
    up: dict[Node, list[Node]] = {}
    for high, low in pairs:
        down.setdefault(high, []).append(low)
        up.setdefault(low, []).append(high)
    best = [list(layer) for layer in layers]
    least = _crossings(best, down)
    current = [list(layer) for layer in layers]
    for sweep in range(SWEEPS):
        if not least:
            break
        upward = sweep % 2 == 0
        order = range(1, len(current)) if upward else range(len(current) - 2, -1, -1)
        for at in order:
            fixed = current[at - 1 if upward else at + 1]
            current[at] = _by_neighbours(current[at], fixed, down if upward else up)
        count = _crossings(current, down)
        if count < least:
            best, least = [list(layer) for layer in current], count
    return tuple(tuple(layer) for layer in best)


def _by_neighbours(
    layer: list[Node], fixed: list[Node], neighbours: Mapping[Node, list[Node]]
) -> list[Node]:
    place = {node: at for at, node in enumerate(fixed)}

    def mean(item: tuple[int, Node]) -> float:
        at, node = item
        places = [place[other] for other in neighbours.get(node, ()) if other in place]
        return sum(places) / len(places) if places else float(at)

    return [node for _, node in sorted(enumerate(layer), key=mean)]


def _crossings(layers: list[list[Node]], down: Mapping[Node, list[Node]]) -> int:
    total = 0
    for low, high in itertools.pairwise(layers):
        place = {node: at for at, node in enumerate(low)}
        ends = [sorted(place[n] for n in down.get(node, ()) if n in place) for node in high]
        flat = [end for group in ends for end in group]
        total += sum(1 for at, left in enumerate(flat) for right in flat[at + 1 :] if right < left)
    return total
