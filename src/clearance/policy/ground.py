"""What a rule stands on, and what it applies to."""

from __future__ import annotations

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
    ``channel:reseller``), sorted. Words of one kind are alternatives, every kind that is named
    must fit; empty is everything. What a request does not tell fits.

    >>> some = Ground(Basis.LAW, "s 1", applies_to=("model:m-1", "model:m-2", "service:api"))
    >>> [some.fits("api", model, "direct") for model in ("m-1", "m-3", "")]
    [True, False, True]
    """

    basis: Basis
    citation: str
    ordered_by: str = ""
    applies_to: tuple[str, ...] = ()

    def fits(self, service: str, model: str, channel: str) -> bool:
        """Does the rule apply to such a request?"""
        told = {"service": service, "model": model, "channel": channel}
        named: dict[str, set[str]] = {}
        for word in self.applies_to:
            kind, _, value = word.partition(":")
            named.setdefault(kind, set()).add(value)
        return all(not told[kind] or told[kind] in values for kind, values in named.items())
