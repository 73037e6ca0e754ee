"""Who has this identifier, who has this name: sorted hashes over mapped arrays, then the texts.

1. Names and other names are looked up by ``model.names.name_key``; identifiers by scheme and id.
2. A jurisdiction narrows a name: the same code, or the country of the other's subdivision.
3. Answers are party indexes, ascending; several parties may share a name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from clearance.adapters.snapshot.content import Array, Content
from clearance.adapters.snapshot.hashes import Hashes, hashes, hashes_of
from clearance.adapters.snapshot.texts import Texts
from clearance.model.names import identifier_key, name_key

Int32 = NDArray[np.int32]
Found = tuple[int, ...]


def indexes(arrays: dict[str, Array], texts: dict[str, Texts], schemes: Sequence[str]) -> None:
    """Add the hash indexes of names and identifiers to the arrays."""
    names = [hashes(texts["party.name"].array), hashes(texts["party.other_name"].array)]
    owners = [
        np.arange(len(names[0]), dtype=np.int32),
        _owners(arrays["party.other_name_start"]),
    ]
    arrays["lookup.name_hash"], arrays["lookup.name_party"] = _sorted(names, owners)
    joined = _joined(arrays["party.identifier_scheme"], texts["party.identifier"].array, schemes)
    owner = _owners(arrays["party.identifier_start"])
    keys, party = _sorted([hashes(joined)], [owner])
    arrays["lookup.identifier_hash"], arrays["lookup.identifier_party"] = keys, party


def by_name(content: Content, wanted: Sequence[tuple[str, str]]) -> list[Found]:
    """For each name and jurisdiction (empty = any) the parties of that name there."""
    keys = [name_key(name) for name, _ in wanted]
    names, regions = content.texts["party.name"], content.arrays["party.jurisdiction"]
    codes = content.tables["codes"]

    def same(query: int, party: int, name: str) -> bool:
        region = codes[int(regions[party])]
        return _there(wanted[query][1], region) and (
            name_key(name) == keys[query] or keys[query] in _other_keys(content, party)
        )

    return _matches(content, "name", hashes_of(keys), names, same)


def by_identifier(content: Content, wanted: Sequence[tuple[str, str]]) -> list[Found]:
    """For each scheme and id the parties that have it."""
    keys = [identifier_key(*pair) for pair in wanted]

    def same(query: int, party: int, _: str) -> bool:
        return keys[query] in _identifier_keys(content, party)

    return _matches(content, "identifier", hashes_of(keys), None, same)


def _matches(
    content: Content,
    kind: str,
    keys: Hashes,
    names: Texts | None,
    same: Callable[[int, int, str], bool],
) -> list[Found]:
    known = content.arrays[f"lookup.{kind}_hash"]
    party = content.arrays[f"lookup.{kind}_party"]
    start = np.searchsorted(known, keys, "left")
    counts = np.where(keys == 0, 0, np.searchsorted(known, keys, "right") - start)
    query = np.repeat(np.arange(len(keys)), counts)
    passed = np.cumsum(counts) - counts
    at = np.arange(len(query)) - np.repeat(passed, counts) + np.repeat(start, counts)
    owners = party[at].astype(np.int64)
    told = [""] * len(owners) if names is None else names.take(owners)
    found: list[set[int]] = [set() for _ in keys]
    for number, owner, name in zip(query.tolist(), owners.tolist(), told, strict=True):
        if same(number, owner, name):
            found[number].add(owner)
    return [tuple(sorted(each)) for each in found]


def _there(wanted: str, known: str) -> bool:
    if not wanted or wanted == known:
        return True
    return known.startswith(f"{wanted}-") or (bool(known) and wanted.startswith(f"{known}-"))


def _other_keys(content: Content, party: int) -> list[str]:
    start, end = content.arrays["party.other_name_start"][party : party + 2]
    names = content.texts["party.other_name"]
    return [name_key(names[at]) for at in range(int(start), int(end))]


def _identifier_keys(content: Content, party: int) -> list[str]:
    start, end = content.arrays["party.identifier_start"][party : party + 2]
    scheme, schemes = content.arrays["party.identifier_scheme"], content.tables["scheme"]
    ids = content.texts["party.identifier"]
    return [identifier_key(schemes[int(scheme[at])], ids[at]) for at in range(int(start), int(end))]


def _joined(codes: Array, ids: pa.Array, schemes: Sequence[str]) -> pa.Array:
    """``SCHEME:ID`` of every identifier."""
    if not len(ids) or pa.types.is_null(ids.type):
        return pa.nulls(len(ids))
    scheme = pa.array([word.strip().upper() for word in schemes], pa.large_string())
    upper = pc.utf8_upper(pc.utf8_trim_whitespace(ids))
    return pc.binary_join_element_wise(
        scheme.take(pa.array(codes)), upper, pa.scalar(":", ids.type)
    )


def _owners(start: Array) -> Int32:
    offsets = start.astype(np.int64)
    counts = offsets[1:] - offsets[:-1]
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)


def _sorted(keys: Sequence[Hashes], owners: Sequence[Int32]) -> tuple[Hashes, Int32]:
    """Hashes ascending with their parties, those of no key left out."""
    key, owner = np.concatenate(keys), np.concatenate(owners)
    told = key != 0
    key, owner = key[told], owner[told]
    order = np.argsort(key, kind="stable")
    return key[order], owner[order]
