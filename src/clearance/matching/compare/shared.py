"""Facts of which a record may have several: whether two records have one in common."""

from __future__ import annotations


def agreement(asked: frozenset[str], found: frozenset[str]) -> float:
    """1 one in common, 0 not known, -1 none in common.

    >>> agreement(frozenset("ab"), frozenset("b")), agreement(frozenset("a"), frozenset())
    (1.0, 0.0)
    """
    if not asked or not found:
        return 0.0
    return -1.0 if asked.isdisjoint(found) else 1.0
