"""Detect campaigns in a log, and measure how often the same settings find one where none is.

1. Cohorts come from templates and from infrastructure; each is weighed by the same tests.
2. Calibration runs the same search on copies of the log in which nobody coordinates.

Not here: files and the database; they answer ``Log``. Names of accounts decide nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from clearance.campaigns.anchors import anchored
from clearance.campaigns.communities import bound
from clearance.campaigns.evidence import Cohort, Int64, Verdict
from clearance.campaigns.log_view import LogView, Requests
from clearance.campaigns.permuted import permuted_facts, permuted_requests, permuted_view
from clearance.campaigns.search import Judged, Searched, search
from clearance.campaigns.traits import Facts, Trait, Traits
from clearance.campaigns.weigh import Scales, Spread

COPIES = 20
SEED = 424_242


class Log(Protocol):
    """What detection asks of a log."""

    @property
    def view(self) -> LogView:
        """Its actors and what they share."""
        ...

    def requests(self, members: Int64) -> Requests:
        """The times of these actors' requests."""
        ...

    def facts(self) -> Facts:
        """What actors state of themselves."""
        ...


@dataclass(frozen=True, slots=True)
class Detected:
    """What was found, with all that a report needs of each campaign."""

    searched: Searched
    requests: Requests
    traits: tuple[tuple[Trait, ...], ...]
    member_p: tuple[tuple[float, ...], ...]
    one_place: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What the same settings found on copies without coordination.

    **Shape**: ``linked`` and ``review`` count campaigns over all copies, ``accounts`` the actors
    in them; ``copies_flagged`` copies with at least one; ``through`` the last day of the log then.
    """

    copies: int
    linked: int
    review: int
    accounts: int
    copies_flagged: int
    through: int = 0

    @property
    def bound(self) -> float:
        """Upper end of the 95 % interval for campaigns flagged by chance in one run.

        **Source**: the exact interval of a Poisson count (Garwood, 1936).
        """
        from scipy.stats import chi2

        return float(chi2.ppf(0.95, 2 * (self.linked + self.review + 1))) / 2 / self.copies


def detect(
    log: Log, told: Callable[[str], None] = lambda stage: None, spread: Spread = map
) -> Detected:
    """The campaigns of a log.

    Args:
        log: what is asked.
        told: hears of each stage.
        spread: maps over cohorts; threads may.

    **Cost**: with the log's digests at hand, about 2 s of one core a million rows.
    """
    told("naming cohorts")
    cohorts = _cohorts(log.view)
    told("reading their requests")
    requests = log.requests(_everybody(cohorts))
    told("testing")
    scales = Scales(log.view, requests, spread)
    traits = Traits(log.facts(), requests)
    searched = search(cohorts, scales, traits.supporting)
    found = [one.tested for one in searched.campaigns]
    return Detected(
        searched,
        requests,
        tuple(traits.of(one.cohort.members) for one in found),
        tuple(tuple(scales.member_p(one).tolist()) for one in found),
        tuple(scales.one_place(one.cohort.members) for one in found),
    )


def calibrate(
    log: Log,
    copies: int = COPIES,
    told: Callable[[int], None] = lambda done: None,
    spread: Spread = map,
) -> Calibrated:
    """What the same settings find on permuted copies of a log.

    **Cost**: that of ``detect`` without reading, once a copy.
    """
    requests = log.requests(np.arange(log.view.actors))
    facts = log.facts()
    runs: list[tuple[Judged, ...]] = []
    for copy in range(copies):
        rng = np.random.default_rng((SEED, copy))
        view, stated = permuted_view(log.view, rng), permuted_facts(facts, rng)
        times = permuted_requests(requests, SEED + copy)
        scales = Scales(view, times, spread)
        found = search(_cohorts(view), scales, Traits(stated, times).supporting)
        runs.append(found.campaigns)
        told(copy + 1)
    return _counted(runs)


def _counted(runs: list[tuple[Judged, ...]]) -> Calibrated:
    flat = list(_flat(runs))
    linked = sum(one.verdict is Verdict.LINKED for one in flat)
    members = sum(len(one.tested.cohort.members) for one in flat)
    return Calibrated(len(runs), linked, len(flat) - linked, members, sum(map(bool, runs)))


def _flat(runs: list[tuple[Judged, ...]]) -> Iterator[Judged]:
    for run in runs:
        yield from run


def _cohorts(view: LogView) -> tuple[Cohort, ...]:
    return (*anchored(view), *bound(view))


def _everybody(cohorts: tuple[Cohort, ...]) -> Int64:
    nobody = np.zeros(0, np.int64)
    return np.unique(np.concatenate([nobody, *(one.members for one in cohorts)]))
