"""Echoes, told row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

Said = tuple[int, int, int]
"""Account, token, time."""


def echoes(
    given: Sequence[Said], asked: Sequence[Said], givers: int, tokens: int
) -> list[tuple[int, int, int]]:
    """Giver, taker and how many rare passages the taker asked after the giver was given them."""
    had: dict[int, set[int]] = {}
    for account, token, _ in given:
        had.setdefault(token, set()).add(account)
    heard = {
        (giver, taker, token)
        for giver, token, first in given
        for taker, other, then in asked
        if token == other and giver != taker and then > first and len(had[token]) <= givers
    }
    found = Counter((giver, taker) for giver, taker, _ in heard)
    return sorted((*pair, count) for pair, count in found.items() if count >= tokens)
