"""One record with its candidates, as the rules above the model look at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clearance.matching.resolution import Weighed
from clearance.model.record import Record


@dataclass(frozen=True, slots=True)
class Limits:
    """Where probabilities part the answers.

    **Shape**: from ``match`` on a candidate may be a match, below ``candidate`` it is none; a
    runner-up less than ``margin`` below the best leaves it open; names less alike than ``stranger``
    are of two different parties.
    """

    match: float = 0.9
    candidate: float = 0.1
    margin: float = 0.25
    stranger: float = 0.4


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules look at.

    **Shape**: ``candidates`` from most to least probable; ``warnings`` are what the record's names
    were found to be, by code; ``invalid`` its numbers with a wrong check digit, as text;
    ``nowhere`` the countries it states that no party of the reference is in; ``swapped`` if the
    candidates were found by taking its address for its name; ``settled`` are the candidates that
    carry one of the record's numbers, found by ``resolve``.
    """

    record: Record
    candidates: Sequence[Weighed]
    limits: Limits = Limits()
    warnings: Sequence[str] = ()
    invalid: Sequence[str] = ()
    nowhere: Sequence[str] = ()
    swapped: bool = False
    settled: Sequence[Weighed] = ()

    @property
    def best(self) -> Weighed | None:
        """The candidate in question: whom a number settles on, else the most probable."""
        return next(iter(self.settled or self.candidates), None)
