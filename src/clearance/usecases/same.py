"""Remembering what was made of the very same object: customers share reasons and decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")

KEPT = 1 << 12
"""Objects kept before all are forgotten."""


def of_same(make: Callable[[_K], _V]) -> Callable[[_K], _V]:
    """A function that makes its answer once an object, by identity: no value is hashed.

    >>> words = of_same(str.split)
    >>> text = "a b"
    >>> words(text) is words(text)
    True
    """
    kept: dict[int, tuple[_K, _V]] = {}

    def made(one: _K) -> _V:
        known = kept.get(id(one))
        if known is None:
            if len(kept) >= KEPT:
                kept.clear()
            # The object is kept beside, so that no other takes its identity.
            known = kept[id(one)] = (one, make(one))
        return known[1]

    return made
