"""Is a snapshot whole, and does what it holds make sense? Every finding, not only the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearance.adapters.matching.lots import indexes_in
from clearance.adapters.snapshot.content import Array
from clearance.adapters.snapshot.folder import differences
from clearance.adapters.snapshot.manifest import Checked, read_manifest
from clearance.adapters.snapshot.reference import Reference
from clearance.adapters.snapshot.store import load
from clearance.matching.index.sound import nonsense
from clearance.model.errors import IntegrityError
from clearance.model.interest import InterestType
from clearance.model.particular import ParticularKind
from clearance.model.party import PartyKind
from clearance.model.share import WHOLE


def validate(folder: Path) -> Checked:
    """Check the manifest, every byte, and the order and range of what the arrays hold."""
    try:
        manifest = read_manifest(folder)
    except IntegrityError as error:
        return Checked(0, 0, (error.message(),), None)
    faults = [f"{path.name}: {what}" for path, what in differences(folder, manifest)]
    if not faults:
        try:
            faults = list(_nonsense(Reference(load(folder, manifest), manifest.digest)))
        except IntegrityError as error:
            faults = [error.message()]
        except (KeyError, TypeError) as error:
            faults = [f"lacks a part: {error}"]
    size = sum(file.size for file in manifest.files)
    return Checked(len(manifest.files), size, tuple(faults), manifest)


def _nonsense(reference: Reference) -> Iterator[str]:
    """Whatever the engine relies on and does not hold."""
    yield from _ids(reference)
    for name, (low, high) in {**_bounds(reference), **_merged(reference)}.items():
        if not _within(reference.content.arrays[name], low, high):
            yield f"{name}: a value outside {low} to {high - 1}"
    yield from _disorder(reference)
    yield from _names(reference)


def _names(reference: Reference) -> Iterator[str]:
    """What is wrong with the indexes of names, if there are any."""
    if "match.0.party" in reference.content.arrays:
        for number, index in enumerate(indexes_in(reference.content.arrays)):
            for what in nonsense(index, len(reference)):
                yield f"match.{number}.{what}"


def _ids(reference: Reference) -> Iterator[str]:
    size = reference.graph.size
    if len(reference) != size:
        yield f"party.id: {len(reference)} ids for {size} parties"
    if not _ascending(reference.content.texts["party.id"].array):
        yield "party.id: ids are not in ascending order"


def _bounds(reference: Reference) -> Mapping[str, tuple[int, int]]:
    """Between which numbers the values of an array lie; the upper one is excluded."""
    graph, content = reference.graph, reference.content
    size, rows = graph.size, len(graph.interests.holder)
    return {
        "interest.holder": (0, size),
        "interest.subject": (0, size),
        "interest.type": (0, len(InterestType)),
        "interest.source": (0, len(content.tables["source"])),
        "interest.joint": (-1, len(content.texts["joint.id"])),
        "interest.low": (0, WHOLE + 1),
        "interest.high": (0, WHOLE + 1),
        "interest.component_row": (0, rows),
        "interest.component_party": (0, size),
        "party.kind": (0, len(PartyKind)),
        "party.branch_of": (-1, size),
        "party.jurisdiction": (0, len(graph.parties.codes)),
        "party.headquarters": (0, len(graph.parties.codes)),
        "party.residence": (0, len(graph.parties.codes)),
        "party.lists": (0, len(graph.parties.list_sets)),
        "graph.by_holder": (0, rows),
        "graph.level": (0, size + 1),
        "party.particular_start": (0, len(content.texts["party.particular"]) + 1),
        "party.particular_kind": (0, len(ParticularKind)),
        "lookup.name_item": (0, size + len(content.texts["party.other_name"])),
        "lookup.identifier_item": (0, len(content.texts["party.identifier"])),
        "lookup.domain_item": (0, len(content.texts["party.particular"])),
    }


def _merged(reference: Reference) -> Mapping[str, tuple[int, int]]:
    """The bounds of what only merged parties have."""
    graph, arrays = reference.graph, reference.content.arrays
    size, rows = graph.size, len(graph.interests.holder)
    bounds = {
        "merge.canonical": (0, size),
        "merge.member": (0, size),
        "merge.fact_of": (0, size),
        "merge.row": (0, rows),
        "merge.holder": (0, size),
        "merge.subject": (0, size),
        "merge.component": (0, len(graph.interests.component_party)),
        "merge.component_party": (0, size),
    }
    return bounds if "merge.canonical" in arrays else {}


def _disorder(reference: Reference) -> Iterator[str]:
    """Arrays that do not stand in the order, or in the relation, that look-ups rely on."""
    graph, arrays = reference.graph, reference.content.arrays
    size, rows = graph.size, len(graph.interests.holder)
    for name in ("graph.subject_start", "graph.holder_start"):
        if not _partitions(arrays[name], size, rows):
            yield f"{name}: does not part the interests among the parties"
    if bool((graph.interests.low > graph.interests.high).any()):
        yield "interest.low: above interest.high"
    counts = np.diff(graph.subject_start)
    if (
        counts.min(initial=0) < 0
        or int(counts.sum()) != rows
        or not np.array_equal(np.repeat(np.arange(size), counts), graph.interests.subject)
    ):
        yield "interest.subject: not in the order of graph.subject_start"
    for name in ("lookup.name_hash", "lookup.identifier_hash", "lookup.domain_hash"):
        if not _rising(arrays[name]):
            yield f"{name}: not in ascending order"


def _ascending(ids: pa.Array) -> bool:
    return len(ids) < 2 or bool(pc.all(pc.less(ids[:-1], ids[1:])).as_py())


def _within(values: Array, low: int, high: int) -> bool:
    return not len(values) or (int(values.min()) >= low and int(values.max()) < high)


def _partitions(start: Array, size: int, total: int) -> bool:
    whole = len(start) == size + 1 and int(start[0]) == 0 and int(start[-1]) == total
    return whole and _rising(start)


def _rising(values: Array) -> bool:
    return bool(np.less_equal(values[:-1], values[1:]).all())
