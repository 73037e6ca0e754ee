"""Infrastructure seeds: actors bound by shared cards, by rare addresses on a day, and by echoes.

1. Actors and the things that they share are the nodes of one graph; nobody is paired with anybody,
   so cost grows with what is shared and not with its square.
2. An edge to a thing weighs less the more actors have it. Communities are found by Leiden.

**Source**: Traag, Waltman and van Eck, From Louvain to Leiden (2019); graspologic-native (MIT).
"""

from __future__ import annotations

import numpy as np
from graspologic_native import leiden_csr
from numpy.typing import NDArray
from scipy.sparse import coo_array

from clearance.campaigns.anchors import FEWEST
from clearance.campaigns.evidence import Cohort, Int64, Seed
from clearance.campaigns.log_view import LogView, Pairs

MOST_EDGES = 16
"""Things of one kind that an actor is bound by: the same ones for everybody who shares them."""

_SEED = 7
_RESOLUTION = 1.0


def bound(view: LogView) -> tuple[Cohort, ...]:
    """The communities of at least five actors, in order of their first.

    **Cost**: some microseconds an edge.
    """
    kinds = [_sampled(one) for one in (view.cards, view.addresses, view.echoes)]
    if not sum(len(one.actor) for one in kinds):
        return ()
    label = _communities(view.actors, kinds)
    order = np.argsort(label, kind="stable")
    ends = np.flatnonzero(np.append(label[order][1:] != label[order][:-1], True)) + 1
    cohorts: list[Cohort] = []
    for start, end in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True):
        members = order[start:end]
        if label[members[0]] >= 0 and len(members) >= FEWEST:
            cohorts.append(Cohort(Seed.INFRASTRUCTURE, np.sort(members).astype(np.int64)))
    return tuple(sorted(cohorts, key=lambda one: int(one.members[0])))


def _sampled(kind: Pairs) -> Pairs:
    """At most so many things an actor, chosen by a mix of the thing's number."""
    mixed = (kind.item * 0x9E3779B1 + 0x85EBCA6B) & 0xFFFFFFFF
    order = np.lexsort((mixed, kind.actor))
    actor = kind.actor[order]
    first = np.searchsorted(actor, actor)
    kept = np.sort(order[np.arange(len(order)) - first < MOST_EDGES])
    return Pairs(kind.actor[kept], kind.item[kept], kind.count)


def _communities(actors: int, kinds: list[Pairs]) -> Int64:
    """The community of each actor, -1 for an actor that shares nothing."""
    things = np.cumsum([actors, *(len(one.count) for one in kinds)])
    actor = np.concatenate([one.actor for one in kinds])
    thing = np.concatenate([one.item + base for one, base in zip(kinds, things, strict=False)])
    count = np.concatenate([one.count[one.item] for one in kinds])
    used, at = np.unique(np.concatenate((actor, thing)), return_inverse=True)
    half = len(actor)
    weight: NDArray[np.float64] = 1.0 / np.sqrt(count.astype(np.float64))
    rows, columns = at[:half], at[half:]
    both = (np.concatenate((rows, columns)), np.concatenate((columns, rows)))
    graph = coo_array((np.concatenate((weight, weight)), both), shape=(len(used), len(used)))
    matrix = graph.tocsr()
    _, labels = leiden_csr(
        matrix.indptr.astype(np.int64),
        matrix.indices.astype(np.int32),
        matrix.data,
        len(used),
        resolution=_RESOLUTION,
        seed=_SEED,
    )
    of = np.full(actors, -1, np.int64)
    nodes = used < actors
    label = np.full(len(used), -1, np.int64)
    label[np.fromiter(labels.keys(), np.int64)] = np.fromiter(labels.values(), np.int64)
    of[used[nodes]] = label[nodes]
    return of
