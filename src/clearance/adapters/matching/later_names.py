"""The index of names after an update: what was built stays, what is new is one more lot.

1. Parties are numbered anew where others came between, so the lots' column of parties is; every
   other part of a lot stays the very same object, and its file is shared between the snapshots.
2. The names of a party whose names, kind or countries changed are withdrawn from their lots, and
   are in the new one together with those of new parties.
3. Every lot costs a search a little; from ``MOST`` lots on the index is built anew.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearance.adapters.matching.naming import additions, name_arrays
from clearance.adapters.snapshot.content import Content
from clearance.ownership.arrays.graph import Bool, Int32, Int64

MOST = 8
_PLACES = ("jurisdiction", "headquarters", "residence")


def with_later_names(before: Content, after: Content) -> Content:
    """The content of an update with an index of its names.

    Args:
        before: the snapshot that was updated, with an index.
    """
    lots = 0
    while f"match.{lots}.party" in before.arrays:
        lots += 1
    if not 0 < lots < MOST:
        return replace(after, arrays={**after.arrays, **name_arrays(after)})
    place = _places(before, after)
    place[_changed(before, after, place)] = -1
    arrays = {name: one for name, one in before.arrays.items() if name.startswith("match.")}
    for lot in range(lots):
        party = before.arrays[f"match.{lot}.party"].astype(np.int32)
        arrays[f"match.{lot}.party"] = np.where(party < 0, np.int32(-1), place[party])
    new = np.ones(len(after.texts["party.id"]), bool)
    new[place[place >= 0]] = False
    if new.any():
        arrays |= additions(after, np.flatnonzero(new).astype(np.int32), lots)
    return replace(after, arrays={**after.arrays, **arrays})


def _places(before: Content, after: Content) -> Int32:
    """Where each party stands now, -1 for one that is no longer mentioned."""
    ids, now = before.texts["party.id"].array, after.texts["party.id"].array
    if pa.types.is_null(ids.type) or pa.types.is_null(now.type):
        return np.full(len(ids), -1, np.int32)
    found: Int32 = pc.index_in(ids, now).fill_null(-1).to_numpy().astype(np.int32)
    return found


def _changed(before: Content, after: Content, place: Int32) -> Bool:
    """Which parties have other names, another kind or other countries than they had."""
    at = np.maximum(place, 0).astype(np.int64)
    if not len(after.texts["party.id"]):
        return np.ones(len(place), bool)
    changed: Bool = before.arrays["party.kind"] != after.arrays["party.kind"][at]
    for name in _PLACES:
        ours, theirs = (
            np.array(content.tables["codes"])[content.arrays[f"party.{name}"]]
            for content in (before, after)
        )
        changed |= ours != theirs[at]
    changed |= _differ(_texts(before, "party.name"), _texts(after, "party.name"), None, at)
    starts = (content.arrays["party.other_name_start"] for content in (before, after))
    start, later = (each.astype(np.int64) for each in starts)
    counts = np.diff(start)
    changed |= counts != np.diff(later)[at]
    owner = np.repeat(np.arange(len(place)), counts)
    same = ~changed[owner]
    own = np.flatnonzero(same)
    theirs = later[at[owner[own]]] + (own - start[owner[own]])
    mine, others = (_texts(content, "party.other_name") for content in (before, after))
    changed[owner[own][_differ(mine, others, own, theirs)]] = True
    return changed


def _texts(content: Content, name: str) -> pa.Array:
    array = content.texts[name].array
    return array.cast(pa.large_string()).fill_null("") if pa.types.is_null(array.type) else array


def _differ(ours: pa.Array, theirs: pa.Array, own: Int64 | None, at: Int64) -> Bool:
    """Where texts differ: ours (at ``own``) from theirs ``at`` these places."""
    mine = ours if own is None else ours.take(pa.array(own))
    found: Bool = pc.not_equal(mine, theirs.take(pa.array(at))).to_numpy(zero_copy_only=False)
    return found
