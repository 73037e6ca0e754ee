"""The indexes of names that a snapshot holds: a base, and what was added to it later.

The arrays of lot *k* are stored as ``match.k.…``; all of them are the same files for ever but
``match.k.party``, which says by index whose each row is and changes when parties come or go.
"""

from __future__ import annotations

from collections.abc import Mapping

from clearance.adapters.snapshot.content import Array
from clearance.adapters.snapshot.store import read_sparsely
from clearance.matching.index.layout import Index, restored, stored
from clearance.matching.index.sound import misfits
from clearance.model.errors import IntegrityError

_READ_WHOLE = frozenset({"weight", "gram_total"})
"""What a question without a country reads a good part of, however few are asked."""


def named(index: Index, lot: int) -> dict[str, Array]:
    """An index as arrays of a snapshot; the first lot is 0."""
    return {f"match.{lot}.{name}": array for name, array in stored(index)}


def indexes_in(arrays: Mapping[str, Array]) -> list[Index]:
    """The indexes of names that a snapshot holds.

    Raises:
        IntegrityError: there is none, or a part of one is missing.
    """
    found: list[Index] = []
    while f"match.{len(found)}.party" in arrays:
        prefix = f"match.{len(found)}."
        own = {
            name.removeprefix(prefix): array
            for name, array in arrays.items()
            if name.startswith(prefix)
        }
        for name, array in own.items():
            if name in _READ_WHOLE:
                read_sparsely(array, False)
        try:
            found.append(restored(own))
        except KeyError as error:
            raise _broken(f"lacks {prefix}{error.args[0]}") from None
        for what in misfits(found[-1]):
            raise _broken(f"{prefix}{what}")
    if not found:
        raise _broken("has no index of names")
    return found


def _broken(what: str) -> IntegrityError:
    return IntegrityError(what, remedy="build the snapshot again")
