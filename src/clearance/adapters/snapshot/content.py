"""Reference data as named parts, the same in memory and in a folder.

1. Arrays are named after the engine's fields: ``party.kind``, ``interest.low``, ``graph.cycle``.
2. Texts are columns of strings; tables are short lists of words that numbers stand for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from clearance.adapters.snapshot.texts import Texts
from clearance.ownership.arrays.graph import Graph, InterestColumns, PartyColumns

Array = NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a reference holds but its manifest."""

    arrays: Mapping[str, Array]
    texts: Mapping[str, Texts]
    tables: Mapping[str, tuple[str, ...]]
    list_sets: tuple[tuple[str, ...], ...]


def arrays_of(graph: Graph) -> dict[str, Array]:
    """Every array of the graph under its stored name."""
    found: dict[str, Array] = {}
    for prefix, part in (("party", graph.parties), ("interest", graph.interests), ("graph", graph)):
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, np.ndarray):
                found[f"{prefix}.{field.name}"] = value
    return found


def graph_of(content: Content) -> Graph:
    """The graph whose arrays were stored."""
    return Graph(
        parties=PartyColumns(
            **_parts(content, "party", PartyColumns),  # type: ignore[arg-type]
            codes=content.tables["codes"],
            list_sets=content.list_sets,
        ),
        interests=InterestColumns(**_parts(content, "interest", InterestColumns)),  # type: ignore[arg-type]
        **_parts(content, "graph", Graph),  # type: ignore[arg-type]
    )


def _parts(content: Content, prefix: str, kind: type) -> dict[str, Array]:
    names = {field.name for field in fields(kind)}
    cut = len(prefix) + 1
    return {
        name[cut:]: array
        for name, array in content.arrays.items()
        if name.startswith(f"{prefix}.") and name[cut:] in names
    }
