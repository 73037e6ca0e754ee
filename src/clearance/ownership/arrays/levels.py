"""Cycle groups and topological levels of the graph of everything ever stated.

1. Peel parties without owners, round by round: the round is the level.
2. Peel what is left from below: the rest is the cyclic core, which is tiny in real registers.
3. Strong components of the core alone are the cycle groups.
4. Continue the rounds below the core, a group counting as one party.

**Source**: peeling as in arXiv 2109.07181, where 498 of 7,970,065 parties are left.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clearance.ownership.arrays.index import Int32, Int64, distinct, order_by, spread, starts_of
from clearance.ownership.arrays.order import components

Bool = NDArray[np.bool_]

_FEW = 2000
"""Nodes below which loading scipy costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Holder to subject, indexed from both sides; loops on one party left out."""

    holder: Int32
    subject: Int32
    subject_start: Int64
    by_holder: Int32
    holder_start: Int64


def levels(edges: Edges, size: int) -> tuple[Int32, Int32]:
    """Cycle group (else -1) and level of every party.

    **Cost**: linear, a vectorised round a level.
    """
    level = np.zeros(size, dtype=np.int32)
    cycle = np.full(size, -1, dtype=np.int32)
    loop = edges.holder == edges.subject
    waiting = np.diff(edges.subject_start).astype(np.int32)
    np.subtract.at(waiting, edges.subject[loop], 1)
    done = _rounds(edges.holder_start, edges.by_holder, edges.subject, waiting, level)
    left = np.flatnonzero(~done).astype(np.int32)
    if len(left):
        _below(edges, left, done, cycle, level)
    return cycle, level


def _rounds(starts: Int64, by_holder: Int32, subject: Int32, waiting: Int32, level: Int32) -> Bool:
    """Kahn's rounds; ``level`` is filled in; which parties were reached."""
    done: Bool = waiting == 0
    front = np.flatnonzero(done)
    number = 0
    while len(front):
        number += 1
        below = subject[by_holder[spread(starts, front)]]
        below = below[waiting[below] > 0]
        np.subtract.at(waiting, below, 1)
        front = distinct(below[waiting[below] == 0], len(waiting))
        level[front] = number
        done[front] = True
    return done


def _below(edges: Edges, left: Int32, done: Bool, cycle: Int32, level: Int32) -> None:
    """Groups in what the first rounds left, and the levels of it."""
    size = len(left)
    place = np.zeros(len(level), dtype=np.int32)
    place[left] = np.arange(size, dtype=np.int32)
    rows = spread(edges.subject_start, left)
    holder, subject = edges.holder[rows], edges.subject[rows]
    above = done[holder]
    floor = np.zeros(size, dtype=np.int32)
    np.maximum.at(floor, place[subject[above]], level[holder[above]] + 1)
    inner = ~above & (holder != subject)
    owner, owned = place[holder[inner]], place[subject[inner]]
    group = _groups(owner, owned, size)
    members = np.bincount(group, minlength=size)
    cycle[left] = np.where(members[group] > 1, left[group], -1)
    level[left] = _condensed(owner, owned, group, floor)


def _groups(owner: Int32, owned: Int32, size: int) -> Int32:
    """The smallest member of each party's strongly connected group."""
    core = _peel_from_below(owner, owned, size)
    nodes = np.flatnonzero(core)
    place = np.zeros(size, dtype=np.int32)
    place[nodes] = np.arange(len(nodes), dtype=np.int32)
    inside = core[owner] & core[owned]
    label = _strong(place[owner[inside]], place[owned[inside]], len(nodes))
    smallest = np.full(len(nodes), size, dtype=np.int32)
    np.minimum.at(smallest, label, nodes.astype(np.int32))
    group = np.arange(size, dtype=np.int32)
    group[nodes] = smallest[label]
    return group


def _strong(owner: Int32, owned: Int32, size: int) -> Int32:
    """A number for the strongly connected group of each of a few nodes, or of many by scipy."""
    if size < _FEW:
        below: dict[int, list[int]] = {node: [] for node in range(size)}
        for holder, subject in zip(owner.tolist(), owned.tolist(), strict=True):
            below[holder].append(subject)
        label = np.zeros(size, dtype=np.int32)
        for number, members in enumerate(components(below)):
            label[list(members)] = number
        return label
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(owner), dtype=np.int8)
    matrix = csr_matrix((ones, (owner, owned)), shape=(size, size))
    return np.asarray(connected_components(matrix, connection="strong")[1], dtype=np.int32)


def _peel_from_below(owner: Int32, owned: Int32, size: int) -> Bool:
    """What remains after parties that hold nothing in the rest are taken away, repeatedly."""
    order = order_by(owned, size)
    starts = starts_of(owned, size)
    waiting = np.bincount(owner, minlength=size).astype(np.int32)
    left: Bool = ~_rounds(starts, order, owner, waiting, np.zeros(size, dtype=np.int32))
    return left


def _condensed(owner: Int32, owned: Int32, group: Int32, floor: Int32) -> Int32:
    """Longest-path levels with a group counting as one, starting at ``floor``."""
    size = len(group)
    level = np.zeros(size, dtype=np.int32)
    np.maximum.at(level, group, floor)
    between = group[owner] != group[owned]
    upper, lower = group[owner[between]], group[owned[between]]
    waiting = np.bincount(lower, minlength=size).astype(np.int32)
    starts, order = starts_of(upper, size), order_by(upper, size)
    front = np.flatnonzero(waiting == 0)
    while len(front):
        rows = order[spread(starts, front)]
        below = lower[rows]
        np.maximum.at(level, below, level[upper[rows]] + 1)
        np.subtract.at(waiting, below, 1)
        front = distinct(below[waiting[below] == 0], len(waiting))
    return level[group]
