"""The ancestors of one party in the order in which they can be worked out: owners first.

Loops come as one group. Everything here is about one party's ancestors, which are few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clearance.ownership.checker.equations import Equations


def family_of(equations: Equations, party: str) -> dict[str, tuple[str, ...]]:
    """The party and its ancestors, each with those its totals depend on, in id order."""
    found: dict[str, tuple[str, ...]] = {}
    waiting = [party]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = equations.holders(name)
            waiting.extend(found[name])
    return dict(sorted(found.items()))


def groups_of(family: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Strongly connected groups, owners before what they own; ids ascend inside a group.

    **Source**: Tarjan 1972, made iterative.
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    standing: set[str] = set()
    for root in family:
        if root in number:
            continue
        work = [(root, iter(family[root]))]
        number[root] = lowest[root] = len(number)
        stack.append(root)
        standing.add(root)
        while work:
            name, rest = work[-1]
            following = next((other for other in rest if other not in number), None)
            if following is not None:
                number[following] = lowest[following] = len(number)
                stack.append(following)
                standing.add(following)
                work.append((following, iter(family[following])))
                continue
            work.pop()
            seen = [number[other] for other in family[name] if other in standing]
            below = [lowest[other] for other in family[name] if other in standing]
            lowest[name] = min([lowest[name], *seen, *below])
            if lowest[name] == number[name]:
                group = stack[stack.index(name) :]
                del stack[stack.index(name) :]
                standing.difference_update(group)
                yield tuple(sorted(group))
