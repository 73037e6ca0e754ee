"""Batches of many sources compiled to reference data: ids interned, records replaced, graph built.

1. A party's index is the rank of its id; a party known only from an interest, a branch or a
   component is a stub, and counted.
2. What the next step does not need is let go: memory is what limits the size of a build.
3. The result depends on what was stated and on the order of the sources, on nothing else: interests
   alike in subject, holder, type and source stand in the order of their statements and figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np
import pyarrow as pa

from clearance.adapters.formats.batch import Batch, Reject
from clearance.adapters.snapshot.columns import (
    interest_columns,
    joint_codes,
    party_columns,
)
from clearance.adapters.snapshot.content import Content
from clearance.adapters.snapshot.fuse import Fused, Place, Row, fuse
from clearance.adapters.snapshot.gather import PARTY_WORDS, Gathered, Taken
from clearance.adapters.snapshot.intern import Interned, intern
from clearance.adapters.snapshot.nominees import parted
from clearance.adapters.snapshot.records import latest
from clearance.adapters.snapshot.stated import INTEREST_TEXTS, PARTY_TEXTS, Stated, content_of
from clearance.adapters.snapshot.texts import Texts
from clearance.adapters.snapshot.ties import untied
from clearance.ownership.arrays.graph import Graph, Int32, build

PLAIN = ("csv-parties", "csv-interests", "parquet")
"""Formats whose parties tables say a party once."""


@dataclass(frozen=True, slots=True)
class Supply:
    """One source to compile: its name, its format's, and its batches, read when asked."""

    name: str
    format: str
    batches: Iterable[Batch]
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many: parties (stubs too), interests that count, records read, what was left out."""

    parties: int
    interests: int
    records: int
    replaced: int
    stubs: int
    conflicts: int
    rejects: int


@dataclass(frozen=True, slots=True)
class Compiled:
    """Reference data, ready to be used or written; ``described`` are the rows, in the columns of
    ``PARTIES``, of parties that several sources describe."""

    graph: Graph
    content: Content
    counts: Counts
    rejects: tuple[Reject, ...]
    taken: tuple[Taken, ...]
    described: tuple[Row, ...] = ()


def compile_supplies(supplies: Iterable[Supply], *, strict: bool = False) -> Compiled:
    """Compile what the supplies say, in their order.

    Raises:
        InputError: ``strict``, and something is rejected.
        SourceError: a supply cannot be read.
    """
    gathered = Gathered(strict)
    places: list[Place] = []
    for place, supply in enumerate(supplies):
        places.append(Place(supply.name, supply.format in PLAIN))
        for batch in supply.batches:
            gathered.add(batch, place)
    parties, stated = gathered.tables()
    interests = latest(stated)
    replaced = len(stated) - len(interests)
    interests = parted(interests)
    del stated
    ids = _interned(parties, interests)
    own, branch, holder, subject, component = ids.mentions
    interests = interests.drop_columns(["interested_party", "subject"])
    fused = fuse(parties, own, len(ids.ids), gathered, places)
    del parties
    moves = untied(interests, holder, subject)
    joints, joint = joint_codes(interests)
    facts = party_columns(fused.table, fused.row, _head_offices(fused, branch, ids), gathered)
    rows = interest_columns(interests, (holder, subject, joint), component, gathered)
    fused = replace(fused, table=fused.table.select(PARTY_TEXTS))
    interests = interests.select(INTEREST_TEXTS)
    ids = replace(ids, mentions=())
    del own, branch, holder, subject, component, joint
    graph = build(facts, moves.apply(rows))
    del rows
    stated_at = Stated(interests, moves.rows(graph.row_of), joints)
    graph = replace(graph, row_of=np.zeros(0, np.int64))  # rows are their own input now
    content = content_of(graph, ids, fused, stated_at, gathered)
    taken = tuple(gathered.taken.get(place, Taken()) for place in range(len(places)))
    counts = Counts(
        parties=graph.size, interests=len(graph.interests.holder),
        records=sum(one.records for one in taken),
        replaced=replaced, stubs=int(np.count_nonzero(fused.row < 0)),
        conflicts=len(fused.conflicts), rejects=len(gathered.rejects),
    )  # fmt: skip
    described = tuple(_worded(fused.described, gathered))
    return Compiled(graph, content, counts, tuple(gathered.rejects), taken, described)


def _worded(rows: Sequence[Row], gathered: Gathered) -> Iterator[Row]:
    """Rows with words in place of their numbers, without their place in a source."""
    words = {name: gathered.word(name).words() for name in PARTY_WORDS}
    for row in rows:
        told = {name: words[name][cast(int, row[name])] for name in PARTY_WORDS}
        yield {name: value for name, value in (row | told | {"line": 0}).items() if name != "place"}


def _interned(parties: pa.Table, interests: pa.Table) -> Interned:
    components = pa.chunked_array(
        [chunk.flatten() for chunk in interests.column("components").chunks], pa.string()
    )
    return intern(
        [
            parties.column("id"),
            parties.column("branch_of"),
            interests.column("interested_party"),
            interests.column("subject"),
            components,
        ]
    )


def _head_offices(fused: Fused, branch: Int32, ids: Interned) -> Int32:
    """The head office of every party, by index, -1 where it is no branch."""
    made = fused.table.slice(len(branch)).column("branch_of").to_pylist()
    known = Texts(ids.ids)
    later = [known.find(id) if id else -1 for id in made]
    found: Int32 = np.concatenate((branch, np.array([*later, -1], np.int32)))[fused.row]
    return found
