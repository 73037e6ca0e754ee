"""An order in which parties can be solved: levels, and the groups that only go together.

1. A group is a strongly connected set of several parties; it shares one level.
2. A level is above the levels of all owners outside the party's own group.

Not here: the order of the whole graph, which is found once at build (``graph``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from clearance.ownership.arrays.index import Int32


def components(before: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, ...]]:
    """Strongly connected sets, each after all that stand before it.

    **Shape**: ``before[x]`` are those that *x* needs; every one is a key. Sets are sorted, their
    order follows that of the keys.

    **Cost**: linear. **Source**: Tarjan 1972, kept on a stack of its own instead of the machine's.

    >>> list(components({1: [2], 2: [1, 3], 3: []}))
    [(3,), (1, 2)]
    """
    number: dict[int, int] = {}
    lowest: dict[int, int] = {}
    open_: list[int] = []
    pending: set[int] = set()
    for start in before:
        if start in number:
            continue
        path = [(start, iter(before[start]))]
        number[start] = lowest[start] = len(number)
        open_.append(start)
        pending.add(start)
        while path:
            here, rest = path[-1]
            there = next(rest, None)
            if there is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[here])
                if lowest[here] == number[here]:
                    found = [open_.pop()]
                    while found[-1] != here:
                        found.append(open_.pop())
                    pending.difference_update(found)
                    yield tuple(sorted(found))
            elif there not in number:
                number[there] = lowest[there] = len(number)
                open_.append(there)
                pending.add(there)
                path.append((there, iter(before[there])))
            elif there in pending:
                lowest[here] = min(lowest[here], number[there])


def levels_of(holder: Int32, subject: Int32, parties: int) -> tuple[Int32, Int32]:
    """Level and group (or -1) of every party, from these holdings alone.

    **Shape**: pairs of party indexes; two arrays of ``parties`` values.
    """
    before: dict[int, list[int]] = {}
    for owner, owned in zip(holder.tolist(), subject.tolist(), strict=True):
        before.setdefault(owned, []).append(owner)
        before.setdefault(owner, [])
    level = np.zeros(parties, dtype=np.int32)
    group = np.full(parties, -1, dtype=np.int32)
    for number, found in enumerate(components(before)):
        inside = set(found)
        owners = (owner for one in found for owner in before[one] if owner not in inside)
        height = max((int(level[owner]) + 1 for owner in owners), default=0)
        for one in found:
            level[one] = height
            if len(found) > 1:
                group[one] = number
    return level, group
