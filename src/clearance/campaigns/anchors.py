"""Template seeds: actors that keep to the same rare passage.

1. An actor keeps to a token if at least 3 and at least a tenth of its requests hold it.
2. A token that at least 5 actors keep to is an anchor; an actor's anchors are its rarest ones, so
   that a popular wrapper never hides what is said inside it.
3. Anchors of one template have nearly the same actors: anchors whose actors agree to four fifths
   make one cohort.
"""

from __future__ import annotations

import numpy as np

from clearance.campaigns.evidence import Cohort, Int64, Seed
from clearance.campaigns.log_view import LogView

FEWEST = 5
"""Actors that make a cohort."""

LEAST_USES = 3
LEAST_PART = 0.1
ALIKE = 0.8
_SIGNATURE = 4


def anchored(view: LogView) -> tuple[Cohort, ...]:
    """The cohorts that share a template, largest first.

    **Cost**: linear in pairs of actors and tokens that they keep to.
    """
    rarest = _rarest(view)
    ends = np.cumsum(view.focus.count)
    starts = ends - view.focus.count
    order = rarest[np.lexsort((view.tokens[rarest], -view.focus.count[rarest]))]
    groups: list[tuple[Int64, list[int]]] = []
    leaders: dict[int, list[int]] = {}
    for item in order.tolist():
        members = view.focus.actor[starts[item] : ends[item]]
        signature = _signature(members)
        group = _like(members, signature, groups, leaders)
        if group is None:
            group = len(groups)
            groups.append((members, []))
            for sign in signature:
                leaders.setdefault(sign, []).append(group)
        groups[group][1].append(int(view.tokens[item]))
    return tuple(Cohort(Seed.TEMPLATE, members, tuple(tokens)) for members, tokens in groups)


def _rarest(view: LogView) -> Int64:
    """The items that are some actor's rarest among those that enough actors keep to."""
    enough = view.focus.count[view.focus.item] >= FEWEST
    actor, item = view.focus.actor[enough], view.focus.item[enough]
    order = np.lexsort((view.tokens[item], view.focus.count[item], actor))
    first = np.ones(len(order), np.bool_)
    first[1:] = actor[order][1:] != actor[order][:-1]
    found: Int64 = np.unique(item[order][first])
    return found


def _signature(members: Int64) -> list[int]:
    """The few members whose mixed number is smallest: alike sets have some in common."""
    mixed = (members * 0x9E3779B1 + 0x7F4A7C15) & 0xFFFFFFFF
    if len(mixed) > _SIGNATURE:
        mixed = np.partition(mixed, _SIGNATURE)[:_SIGNATURE]
    signs: list[int] = mixed.tolist()
    return signs


def _like(
    members: Int64,
    signature: list[int],
    groups: list[tuple[Int64, list[int]]],
    leaders: dict[int, list[int]],
) -> int | None:
    """The first group whose members agree with these."""
    for group in sorted({group for sign in signature for group in leaders.get(sign, ())}):
        others = groups[group][0]
        if min(len(members), len(others)) < ALIKE * max(len(members), len(others)):
            continue
        both = len(np.intersect1d(members, others, assume_unique=True))
        if both >= ALIKE * (len(members) + len(others) - both):
            return group
    return None
