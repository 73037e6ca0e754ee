"""Who has this identifier, name or domain: sorted hashes over mapped arrays, then the texts.

1. Names and other names are looked up by ``model.names.name_key``; identifiers by scheme and id;
   websites and e-mail addresses by the domain that is somebody's own.
2. A jurisdiction narrows a name: the same code, or the country of the other's subdivision.
3. Answers are party indexes, ascending; several parties may share a name. Of merged parties the
   one that stands for them answers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearance.adapters.snapshot.content import Array, Content
from clearance.adapters.snapshot.hashes import Hashes, hashes, hashes_of
from clearance.adapters.snapshot.texts import Texts
from clearance.model.names import identifier_key, name_key
from clearance.model.particular import ParticularKind
from clearance.ownership.arrays.graph import Int32, Int64

Found = tuple[int, ...]

_REACHED = (ParticularKind.WEBSITE, ParticularKind.EMAIL)


def indexes(arrays: dict[str, Array], texts: dict[str, Texts], schemes: Sequence[str]) -> None:
    """Add the hash indexes of names, identifiers and domains to the arrays."""
    names = [hashes(texts[name].array) for name in ("party.name", "party.other_name")]
    arrays["lookup.name_hash"], arrays["lookup.name_item"] = _sorted(np.concatenate(names))
    joined = _joined(arrays["party.identifier_scheme"], texts["party.identifier"].array, schemes)
    keys, items = _sorted(hashes(joined))
    arrays["lookup.identifier_hash"], arrays["lookup.identifier_item"] = keys, items
    sites = np.flatnonzero(np.isin(arrays["party.particular_kind"], _REACHED)).astype(np.int32)
    keys, items = _sorted(hashes_of(_domains(texts["party.particular"].take(sites))))
    arrays["lookup.domain_hash"], arrays["lookup.domain_item"] = keys, sites[items]


def by_name(content: Content, wanted: Sequence[tuple[str, str]]) -> list[Found]:
    """For each name and jurisdiction (empty = any) the parties of that name there."""
    keys = [name_key(name) for name, _ in wanted]
    query, item = _candidates(content, "name", hashes_of(keys))
    size = len(content.texts["party.name"])
    other = np.maximum(item - size, 0)
    owner = np.where(item < size, item, _owner(content, "party.other_name_start", other))
    stands = _standing(content, owner)
    told = content.texts["party.name"].take(np.where(item < size, item, -1))
    others = content.texts["party.other_name"].take(np.where(item < size, -1, other))
    codes = content.tables["codes"]
    regions = content.arrays["party.jurisdiction"][stands].tolist()
    same = [
        name_key(one or another) == keys[at] and _there(wanted[at][1], codes[region])
        for at, one, another, region in zip(query.tolist(), told, others, regions, strict=True)
    ]
    return _gathered(len(keys), query, stands, same)


def by_identifier(content: Content, wanted: Sequence[tuple[str, str]]) -> list[Found]:
    """For each scheme and id the parties that have it."""
    keys = [identifier_key(*pair) for pair in wanted]
    query, item = _candidates(content, "identifier", hashes_of(keys))
    owner = _owner(content, "party.identifier_start", item)
    schemes = content.tables["scheme"]
    codes = content.arrays["party.identifier_scheme"][item].tolist()
    ids = content.texts["party.identifier"].take(item)
    same = [
        identifier_key(schemes[code], id) == keys[at]
        for at, code, id in zip(query.tolist(), codes, ids, strict=True)
    ]
    return _gathered(len(keys), query, _standing(content, owner), same)


def by_domain(content: Content, wanted: Sequence[str]) -> list[Found]:
    """For each domain that is somebody's own the parties that are reached there."""
    if not wanted:
        return []
    query, item = _candidates(content, "domain", hashes_of(wanted))
    owner = _owner(content, "party.particular_start", item)
    found = _domains(content.texts["party.particular"].take(item))
    same = [wanted[at] == domain for at, domain in zip(query.tolist(), found, strict=True)]
    return _gathered(len(wanted), query, _standing(content, owner), same)


def _domains(sites: Sequence[str]) -> list[str]:
    """The own domain of each site or e-mail address, empty where it is nobody's."""
    if not sites:
        return []
    from clearance.matching.compare.domain import domain_of

    return [domain_of(site) for site in sites]


def _candidates(content: Content, kind: str, keys: Hashes) -> tuple[Int64, Int64]:
    """Pairs of a question and an item whose hash is the question's."""
    known = content.arrays[f"lookup.{kind}_hash"]
    start = np.searchsorted(known, keys, "left")
    there = (keys != 0) & (start < len(known))
    there[there] = known[start[there]] == keys[there]
    counts = np.zeros(len(keys), np.int64)
    counts[there] = np.searchsorted(known, keys[there], "right") - start[there]
    query = np.repeat(np.arange(len(keys)), counts)
    passed = np.cumsum(counts) - counts
    at = np.arange(len(query)) - np.repeat(passed - start, counts)
    return query, content.arrays[f"lookup.{kind}_item"][at].astype(np.int64)


def _owner(content: Content, start: str, item: Int64) -> Int64:
    """Whose an identifier or another name is."""
    return np.searchsorted(content.arrays[start], item, "right").astype(np.int64) - 1


def _standing(content: Content, party: Int64) -> Int64:
    """The party that stands for each one's group."""
    canonical = content.arrays.get("merge.canonical")
    return party if canonical is None else canonical[party].astype(np.int64)


def _gathered(size: int, query: Int64, owner: Int64, same: Sequence[bool]) -> list[Found]:
    found: list[Found] = [()] * size
    for at, party, agrees in zip(query.tolist(), owner.tolist(), same, strict=True):
        if agrees and party not in found[at]:
            found[at] = tuple(sorted((*found[at], party)))
    return found


def _there(wanted: str, known: str) -> bool:
    if not wanted or wanted == known:
        return True
    return known.startswith(f"{wanted}-") or (bool(known) and wanted.startswith(f"{known}-"))


def _joined(codes: Array, ids: pa.Array, schemes: Sequence[str]) -> pa.Array:
    """``SCHEME:ID`` of every identifier."""
    if not len(ids) or pa.types.is_null(ids.type):
        return pa.nulls(len(ids))
    scheme = pa.array([word.strip().upper() for word in schemes], pa.large_string())
    upper = pc.utf8_upper(pc.utf8_trim_whitespace(ids))
    return pc.binary_join_element_wise(
        scheme.take(pa.array(codes)), upper, pa.scalar(":", ids.type)
    )


def _sorted(keys: Hashes) -> tuple[Hashes, Int32]:
    """Hashes ascending with the items they are of, those of no key left out."""
    items = np.flatnonzero(keys).astype(np.int32)
    order = np.argsort(keys[items], kind="stable")
    return keys[items][order], items[order]
