"""Holdings that no interest states between the two parties, on whatever day and by whatever rule.

1. A branch is held by its head office.
2. What a nominee holds is held by the nominators of the arrangement through which it was named.
   Nominators in the nominee or in what it holds are above it by stated interests already.

Not here: how much is held, and when (``day.through``).
"""

from __future__ import annotations

import numpy as np

from clearance.model.interest import InterestType
from clearance.model.party import PartyKind
from clearance.ownership.arrays.index import Int8, Int32, order_by, starts_of
from clearance.ownership.arrays.levels import Edges


def with_implied(edges: Edges, type: Int8, kind: Int8, branch_of: Int32) -> Edges:
    """The edges of stated interests, and those that follow from them.

    **Shape**: ``type`` an edge, ``kind`` and ``branch_of`` (a party or -1) a party.

    **Cost**: nothing where there are no branches and no arrangements of nominees.
    """
    branches = np.flatnonzero(branch_of >= 0)
    pairs = [*zip(branch_of[branches].tolist(), branches.tolist(), strict=True)]
    pairs += _nominations(edges, type, kind)
    if not pairs:
        return edges
    holder, subject = np.array(pairs, dtype=np.int32).T
    at = edges.subject_start[subject + 1]
    holders = np.insert(edges.holder, at, holder)
    subjects = np.insert(edges.subject, at, subject)
    size = len(kind)
    return Edges(
        holders,
        subjects,
        starts_of(subjects, size),
        order_by(holders, size),
        starts_of(holders, size),
    )


def _nominations(edges: Edges, type: Int8, kind: Int8) -> list[tuple[int, int]]:
    """An arrangement, and what each of its nominees is a nominee in besides."""
    rows = np.flatnonzero(type == InterestType.nominee)
    named: dict[int, list[int]] = {}
    for nominee, subject in zip(
        edges.holder[rows].tolist(), edges.subject[rows].tolist(), strict=True
    ):
        named.setdefault(nominee, []).append(subject)
    return [
        (through, subject)
        for subjects in named.values()
        for through in subjects
        if kind[through] == PartyKind.ARRANGEMENT
        for subject in subjects
        if subject != through
    ]
