"""One record with its candidates, as the rules above the model look at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clearance.matching.resolution import Weighed
from clearance.model.quick import quick
from clearance.model.record import Record


@dataclass(frozen=True, slots=True)
class Limits:
    """Where probabilities part the answers.

    **Shape**: from ``match`` on a candidate may be a match, below ``candidate`` it is none; a
    runner-up less than ``margin`` below the best leaves it open; names less alike than ``stranger``
    are of two different parties. Names that differ need ``differing`` where nothing but the country
    agrees besides: 22 of 1,296 near duplicates in one country are then called a match.
    """

    match: float = 0.9
    differing: float = 0.9867
    candidate: float = 0.1
    margin: float = 0.25
    stranger: float = 0.4


LIMITS = Limits()


@quick
@dataclass(frozen=True, slots=True)
class Case:
    """What the rules look at.

    **Shape**: ``candidates`` from most to least probable, ``settled`` those that carry one of the
    record's numbers; ``best`` is the one in question: whom a number settles on, else the most
    probable that is shown, else the most probable. ``warnings`` are what the record's names were
    found to be, by code; ``invalid`` its numbers with a wrong check digit, as text; ``nowhere`` the
    countries it states that no party of the reference is in; ``swapped`` if its address was taken
    for its name.
    """

    record: Record
    candidates: Sequence[Weighed]
    settled: Sequence[Weighed]
    best: Weighed | None
    limits: Limits = LIMITS
    warnings: Sequence[str] = ()
    invalid: Sequence[str] = ()
    nowhere: Sequence[str] = ()
    swapped: bool = False

    @property
    def likely(self) -> Iterator[Weighed]:
        """Who is shown without a number: the probable, and whose initials agree."""
        return (one for one in self.candidates if _is_likely(one, self.limits))


def ranked(candidates: Iterable[Weighed]) -> list[Weighed]:
    """Candidates from most to least probable, equals by party id."""
    return sorted(candidates, key=lambda one: (-one.probability, one.record.id))


def case_of(
    record: Record,
    candidates: Iterable[Weighed],
    limits: Limits = LIMITS,
    *,
    warnings: Sequence[str] = (),
    invalid: Sequence[str] = (),
    nowhere: Sequence[str] = (),
    swapped: bool = False,
) -> Case:
    """A record and its candidates, in whatever order they come."""
    order = ranked(candidates)
    settled = [one for one in order if any(one.settles())]
    best = next(iter(settled or [one for one in order if _is_likely(one, limits)] or order), None)
    return Case(record, order, settled, best, limits, warnings, invalid, nowhere, swapped)


def _is_likely(one: Weighed, limits: Limits) -> bool:
    return one.initials or one.probability >= limits.candidate
