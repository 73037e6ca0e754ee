"""Whom nothing restricted comes near: for them one empty certificate serves.

A party is *near* if any interest that may be live leads down to it from somebody who may be
reached or is not known, or if a nominee holds it. Nobody else has such an ancestor.
"""

from __future__ import annotations

import numpy as np

from clearance.model.interest import InterestType
from clearance.ownership.attribute import Attribution
from clearance.ownership.graph import Bool, Graph, Int64
from clearance.ownership.index import spread
from clearance.ownership.live import Live


def near(answer: Attribution) -> Bool:
    """Which parties have an ancestor, or are one, that may be restricted.

    **Cost**: one pass over the interests of those near.
    """
    found = np.zeros(answer.graph.size, dtype=np.bool_)
    live = answer.live
    if live is None:
        return found
    found |= answer.seeds.possible | live.unknown
    found[list(answer.loops)] = True
    for arrays in answer.answered:
        found |= arrays.owned.possible | arrays.wide.possible
    _nominations(found, answer.graph, live)
    _downward(found, answer.graph, live)
    return found


def _nominations(found: Bool, graph: Graph, live: Live) -> None:
    """Whose holding a nominee's is may be anybody: its subjects are near."""
    rows = graph.nominee_rows[live.may[graph.nominee_rows]]
    nominee = graph.interests.type[rows] == InterestType.nominee
    found[graph.interests.subject[rows[nominee]]] = True


def _downward(found: Bool, graph: Graph, live: Live) -> None:
    heads = graph.parties.branch_of[graph.branches]
    frontier: Int64 = np.flatnonzero(found)
    while len(frontier):
        rows = graph.by_holder[spread(graph.holder_start, frontier)]
        below = graph.interests.subject[rows[live.may[rows]]]
        branches = graph.branches[found[heads]]
        reached = np.unique(np.concatenate([below, branches]))
        frontier = reached[~found[reached]].astype(np.int64)
        found[frontier] = True
