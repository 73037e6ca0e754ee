"""Parties merged in reference data, and parted again, without any of them losing its place.

1. A group is stood for by its first party. The others keep their index, id, names and numbers, but
   no interest and no fact of their own: ``merge.canonical`` leads from each to the one.
2. Interests are of the party that stands for the group; what was stated stands in ``merge.row``,
   ``merge.holder``, ``merge.subject``. Statements about one holding are then fused by the engine
   as those of any two sources, never added (ADR 4).
3. Facts are fused as those of several sources: the first that says something stands, what differs
   is a conflict. The facts before stand in ``merge.was_*``.
4. ``parted(merged(content, groups))`` is ``content``: nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

import numpy as np

from clearance.adapters.snapshot.content import Array, Content, arrays_of, graph_of
from clearance.adapters.snapshot.fusing import Facts, fused_facts
from clearance.adapters.snapshot.texts import Texts, picked
from clearance.ownership.arrays.graph import Graph, Int32, PartyColumns, build

PREFIX = "merge."
FACTS = (*(f.name for f in fields(PartyColumns) if f.name not in ("codes", "list_sets")), "stub")
"""Columns of parties that merging changes."""

_ROW_TEXTS = ("interest.statement", "interest.record")
_ROW_ARRAYS = (
    "interest.detail",
    "interest.unspecified",
    "interest.direct",
    "interest.statement_date",
)
_CONFLICTS = ("conflict_of", "conflict")


def canonical_in(content: Content) -> Int32 | None:
    """For each party the one that stands for its group; ``None`` where nothing is merged."""
    found: Int32 | None = content.arrays.get(f"{PREFIX}canonical")  # type: ignore[assignment]
    return found


def groups_in(content: Content) -> list[tuple[int, ...]]:
    """The groups that were merged, each ascending."""
    canonical = canonical_in(content)
    if canonical is None:
        return []
    member = content.arrays[f"{PREFIX}member"]
    ends = np.flatnonzero(np.diff(canonical[member])) + 1
    return [tuple(part.tolist()) for part in np.split(member, ends)]


def merged(content: Content, groups: Iterable[Sequence[int]]) -> Content:
    """The content with each group as one party; ``content`` has nothing merged.

    **Cost**: the graph is ordered anew, about 10 s for ten million parties.
    """
    groups = sorted(tuple(sorted(group)) for group in groups)
    if not groups:
        return content
    graph = graph_of(content)
    canonical = np.arange(graph.size, dtype=np.int32)
    for group in groups:
        canonical[list(group)] = group[0]
    facts = fused_facts(content, groups, canonical)
    parties = _with_facts(graph.parties, facts)
    rows = graph.interests
    moved = replace(
        rows,
        holder=canonical[rows.holder],
        subject=canonical[rows.subject],
        component_party=canonical[rows.component_party],
    )
    made = build(parties, moved)
    arrays, texts = _reordered(content, made, facts)
    arrays |= _kept(content, graph, made, canonical)
    arrays |= {f"{PREFIX}was_{name}": facts.was[name] for name in FACTS}
    arrays |= {f"{PREFIX}was_{name}": content.arrays[f"party.{name}"] for name in _CONFLICTS}
    arrays[f"{PREFIX}fact_of"] = facts.of
    arrays[f"{PREFIX}canonical"] = canonical
    arrays[f"{PREFIX}member"] = np.concatenate([np.array(group, np.int32) for group in groups])
    arrays[f"{PREFIX}list_sets"] = np.array([len(content.list_sets)], np.int64)
    return Content(arrays, texts, content.tables, facts.list_sets)


def parted(content: Content) -> Content:
    """The content as it was before anything was merged."""
    if canonical_in(content) is None:
        return content
    graph = graph_of(content)
    kept = {name: content.arrays[f"{PREFIX}{name}"] for name in _STATED}
    rows = graph.interests
    holder, subject, component = (
        rows.holder.copy(),
        rows.subject.copy(),
        rows.component_party.copy(),
    )
    holder[kept["row"]], subject[kept["row"]] = kept["holder"], kept["subject"]
    component[kept["component"]] = kept["component_party"]
    stated = replace(rows, holder=holder, subject=subject, component_party=component)
    size = int(content.arrays[f"{PREFIX}list_sets"][0])
    facts = Facts(
        of=content.arrays[f"{PREFIX}fact_of"],  # type: ignore[arg-type]
        now={name: content.arrays[f"{PREFIX}was_{name}"] for name in FACTS},
        was={},
        list_sets=content.list_sets[:size],
        conflicts={name: content.arrays[f"{PREFIX}was_{name}"] for name in _CONFLICTS},
    )
    parties = _with_facts(graph.parties, facts)
    arrays, texts = _reordered(content, build(parties, stated), facts)
    arrays = {name: array for name, array in arrays.items() if not name.startswith(PREFIX)}
    return Content(arrays, texts, content.tables, facts.list_sets)


_STATED = ("row", "holder", "subject", "component", "component_party")
"""What interests said before, as far as it differs."""


def _with_facts(parties: PartyColumns, facts: Facts) -> PartyColumns:
    changed: dict[str, Array] = {}
    for name in FACTS:
        if name != "stub":
            column = getattr(parties, name).copy()
            column[facts.of] = facts.now[name]
            changed[name] = column
    return replace(parties, **changed, list_sets=facts.list_sets)  # type: ignore[arg-type]


def _reordered(
    content: Content, graph: Graph, facts: Facts
) -> tuple[dict[str, Array], dict[str, Texts]]:
    """Everything under its stored name, rows in the graph's order; what is the same stays."""
    order = graph.row_of
    arrays = dict(content.arrays)
    texts = dict(content.texts)
    for name, array in arrays_of(replace(graph, row_of=np.zeros(0, np.int64))).items():
        if not np.array_equal(array, arrays[name]):
            arrays[name] = array
    if not np.array_equal(order, np.arange(len(order))):
        arrays |= {name: arrays[name][order] for name in _ROW_ARRAYS}
        texts |= {name: Texts(picked(texts[name].array, order)) for name in _ROW_TEXTS}
    stub = arrays["party.stub"].copy()
    stub[facts.of] = facts.now["stub"]
    arrays["party.stub"] = stub
    arrays |= {f"party.{name}": facts.conflicts[name] for name in _CONFLICTS}
    return arrays, texts


def _kept(content: Content, graph: Graph, made: Graph, canonical: Int32) -> dict[str, Array]:
    """What the interests of the new graph said before, as far as it differs."""
    before, rows = graph.interests, made.interests
    holder, subject = before.holder[made.row_of], before.subject[made.row_of]
    changed = np.flatnonzero((holder != rows.holder) | (subject != rows.subject)).astype(np.int32)
    place = np.empty(len(made.row_of), np.int64)
    place[made.row_of] = np.arange(len(made.row_of))
    row = place[before.component_row]
    order = np.lexsort((canonical[before.component_party], row))
    stated = before.component_party[order]
    other = np.flatnonzero(stated != rows.component_party)
    found: tuple[Array, ...] = (changed, holder[changed], subject[changed], other, stated[other])
    return {f"{PREFIX}{name}": array for name, array in zip(_STATED, found, strict=True)}
