"""Reference data as arrays: parties, and the interests between them, ordered for the engine.

1. A party's index is the rank of its id, so index order is id order.
2. Interests are sorted by subject, then interested party, type, source and statement.
3. Nothing here depends on a day or a rule: what a day or a rule selects is in ``live``.
4. ``cycle`` and ``level`` are those of the graph with every interest ever stated, a superset of
   any day's: a day's loops lie inside these, and levels order every acyclic slice.

Every field that is an array is stored by a snapshot as it is, under its name.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int8 = NDArray[np.uint8]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]
Float = NDArray[np.float64]

STATED = 1
LOW_OPEN = 2
HIGH_OPEN = 4
ATTRIBUTED = 8
INDIRECT = 16
CONSOLIDATION = 32
HAS_COMPONENTS = 64
HAS_JOINT = 128


@dataclass(frozen=True, slots=True)
class PartyColumns:
    """Facts of parties, by index.

    **Shape**: ``n`` values each. ``kind`` codes of ``PartyKind``; ``jurisdiction``,
    ``headquarters`` and ``residence`` index ``codes`` (0 = ``""``); ``lists`` indexes
    ``list_sets`` (0 = ``()``); ``branch_of`` is a party index or -1; residence dates are days.
    """

    kind: Int8
    capital: Bool
    jurisdiction: Int32
    headquarters: Int32
    residence: Int32
    residence_start_first: Int32
    residence_start_last: Int32
    residence_end_first: Int32
    residence_end_last: Int32
    lists: Int32
    branch_of: Int32
    codes: tuple[str, ...]
    list_sets: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class InterestColumns:
    """Stated interests.

    **Shape**: ``m`` values each. ``low`` and ``high`` in units (``WHOLE`` = 100 %; unstated is 0 to
    ``WHOLE`` without the ``STATED`` flag); dates are days with ``ALWAYS`` and ``NEVER``;
    ``source`` and ``joint`` are codes (-1 = no joint arrangement); ``component_row`` and
    ``component_party`` are pairs (row, party index), sorted.
    """

    holder: Int32
    subject: Int32
    type: Int8
    flags: Int8
    low: Int64
    high: Int64
    start_first: Int32
    start_last: Int32
    end_first: Int32
    end_last: Int32
    source: Int32
    joint: Int32
    component_row: Int64
    component_party: Int32


@dataclass(frozen=True, slots=True)
class Graph:
    """Parties and interests, sorted and indexed.

    **Shape**: ``interests`` sorted as the module says, ``row_of`` the input row of each;
    interests in subject *s* are ``subject_start[s] : subject_start[s + 1]``;
    ``by_holder[holder_start[h] : holder_start[h + 1]]`` are rows held by *h*.
    ``cycle[p]`` numbers the strongly connected group of several parties that *p* is in, else -1.
    ``level[p]``: 0 without owners, else above every owner outside its own group.
    """

    parties: PartyColumns
    interests: InterestColumns
    row_of: Int64
    subject_start: Int64
    by_holder: Int32
    holder_start: Int64
    cycle: Int32
    level: Int32

    @property
    def size(self) -> int:
        """How many parties."""
        return len(self.parties.kind)
