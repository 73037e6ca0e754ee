"""All tests of a cohort, and which of its members bear them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from clearance.campaigns.content import Content
from clearance.campaigns.discovery import adjusted
from clearance.campaigns.evidence import Cohort, Evidence, Int64, Kind, Seed, Tested
from clearance.campaigns.log_view import LogView, Requests
from clearance.campaigns.sharing import Sharing
from clearance.campaigns.synchrony import Synchrony
from clearance.campaigns.verdict import CONTENT, LINKING, counts

ONE_PLACE = 0.5
"""The part of the members from which on one address is a place: a campus, an office, a carrier."""

MEMBER_RATE = 0.05
MOST = 0.5
"""The part of the members that evidence must touch to speak for those whom it does not."""

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
One = TypeVar("One")
Other = TypeVar("Other")


class Spread(Protocol):
    """Maps as ``map`` does, in order, perhaps several at a time."""

    def __call__(self, work: Callable[[One], Other], over: Iterable[One], /) -> Iterable[Other]:
        """What the work makes of each."""
        ...


class Scales:
    """Weighs cohorts of one log.

    Args:
        view: the log.
        requests: the times of all who are in a cohort.
        spread: what maps over cohorts; a pool of threads may, since all that takes long lets go of
            the interpreter and nothing is kept between cohorts.
    """

    def __init__(self, view: LogView, requests: Requests, spread: Spread = map) -> None:
        self.spread = spread
        self._sharing = {
            kind: Sharing(kind, pairs, view.actors, place)
            for kind, pairs, place in (
                (Kind.PAYMENT, view.cards, None),
                (Kind.ADDRESS, view.addresses, view.places),
                (Kind.ECHO, view.echoes, None),
                (Kind.COPIES, view.copies, None),
            )
        }
        self._content = Content(view.focus, view.actors)
        self._synchrony = Synchrony(requests)

    def weigh(self, cohort: Cohort) -> Tested:
        """The evidence of every kind that has something to say; q is not yet known."""
        found = [self._content.test(cohort.members), self._synchrony.test(cohort.members)]
        found += [one.test(cohort.members) for one in self._sharing.values()]
        evidence = tuple(one for one in found if one is not None)
        if self.one_place(cohort.members):
            evidence = tuple(one for one in evidence if one.kind is not Kind.ADDRESS)
        return Tested(cohort, evidence)

    def one_place(self, members: Int64) -> bool:
        """Does one address serve most of the members?"""
        return self._sharing[Kind.ADDRESS].widest(members) >= ONE_PLACE

    def refined(self, tested: Tested) -> Cohort:
        """The members whom the evidence bears out.

        Where a rare template is shared and some linking kind touches most members, all stay; else
        those stay whom a kind about what they do, or a shared card, touches.
        """
        members, cohort = tested.cohort.members, tested.cohort
        kinds = [one for one in tested.evidence if counts(one)]
        masks = {one.kind: self.touched(one, members) for one in kinds}
        content = Kind.TEMPLATE in masks and cohort.seed is Seed.TEMPLATE
        wide = {kind for kind, mask in masks.items() if mask.mean() >= MOST}
        if content and (wide & LINKING or not masks.keys() & LINKING):
            return cohort
        kept = np.zeros(len(members), np.bool_)
        for kind in (Kind.SYNCHRONY, Kind.ECHO, *((Kind.PAYMENT,) if content else CONTENT)):
            kept |= masks.get(kind, False)
        return replace(cohort, members=members[kept])

    def linked(self, tested: Tested) -> Mask:
        """Which members a linking kind that counts touches."""
        members = tested.cohort.members
        touched = np.zeros(len(members), np.bool_)
        for one in tested.evidence:
            if one.kind in LINKING and counts(one):
                touched |= self.touched(one, members)
        return touched

    def touched(self, evidence: Evidence, members: Int64) -> Mask:
        """Which members a piece of evidence is about."""
        if evidence.kind is Kind.SYNCHRONY:
            p, _ = self._synchrony.members(members, evidence.detail)
            return adjusted(p) <= MEMBER_RATE
        if evidence.kind is Kind.TEMPLATE:
            return self._content.sharers(members)
        return self._sharing[evidence.kind].sharers(members)

    def member_p(self, tested: Tested) -> Floats:
        """How likely each member would look so by chance: the least over the kinds that count."""
        members = tested.cohort.members
        p = np.ones(len(members))
        for one in tested.evidence:
            if not counts(one):
                continue
            if one.kind is Kind.SYNCHRONY:
                own, _ = self._synchrony.members(members, one.detail)
            elif one.kind is Kind.TEMPLATE:
                own = np.where(self._content.sharers(members), one.p, 1.0)
            else:
                sharing = self._sharing[one.kind]
                own = np.where(sharing.sharers(members), sharing.chance(members), 1.0)
            p = np.minimum(p, own)
        return p


def with_rates(tested: Sequence[Tested]) -> tuple[Tested, ...]:
    """The same with q: Benjamini and Hochberg over all cohorts, one kind at a time."""
    rates: dict[tuple[int, Kind], float] = {}
    for kind in Kind:
        has = [(at, one.of(kind)) for at, one in enumerate(tested)]
        found = [(at, said.p) for at, said in has if said is not None]
        q = adjusted(np.array([p for _, p in found]))
        rates |= {(at, kind): float(one) for (at, _), one in zip(found, q, strict=True)}
    return tuple(
        Tested(one.cohort, tuple(_rated(one.evidence, at, rates))) for at, one in enumerate(tested)
    )


def _rated(
    evidence: Iterable[Evidence], at: int, rates: dict[tuple[int, Kind], float]
) -> Iterable[Evidence]:
    return (replace(one, q=rates[at, one.kind]) for one in evidence)
