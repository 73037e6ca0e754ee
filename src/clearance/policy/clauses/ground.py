"""What a rule stands on, and what it applies to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """Why a rule binds: somebody's law, a contract, or the provider's own choice."""

    LAW = "law"
    CONTRACT = "contract"
    OWN_CHOICE = "own-choice"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a rule stands on.

    **Shape**: ``applies_to`` names services, models or channels (``service:api``, ``model:m-1``,
    ``channel:reseller``), sorted; empty is everything. See ``fits``.
    """

    basis: Basis
    citation: str
    ordered_by: str = ""
    applies_to: tuple[str, ...] = ()


def fits(applies_to: tuple[str, ...], told: Mapping[str, str]) -> bool:
    """Does a rule for such services, models or channels apply to what was told of a request?

    Words of one kind are alternatives, and every kind that is named must fit. What was not told
    fits: silence exempts nobody.

    >>> some = ("model:m-1", "model:m-2", "service:api")
    >>> [fits(some, {"service": "api", "model": model}) for model in ("m-1", "m-3", "")]
    [True, False, True]
    """
    if not applies_to:
        return True
    kinds = {word.partition(":")[0] for word in applies_to}
    return all(not told.get(kind) or f"{kind}:{told[kind]}" in applies_to for kind in kinds)
