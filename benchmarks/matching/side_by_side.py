"""Ours and the peers on the same questions in one run."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.matching.peers import SEARCHER, TOOLS, Peer
from benchmarks.matching.sets import Set
from clearance.matching.case import Limits, case_of
from clearance.matching.resolution import Answer, Weighed
from clearance.matching.resolve import resolve
from clearance.matching.score import Models, Scorer
from clearance.usecases.asked import Answered, Question, answered
from clearance.usecases.evaluate import Measured, Outcomes, best_f1, curve, measured

OURS = "Clearance"
MATCH = Limits().match
DEFAULTS = {"logic-v2": 0.7}
"""Where a peer itself says that a match begins."""


@dataclass(frozen=True, slots=True)
class Result:
    """One tool on one set; ``wrong`` is the share of questions without a right answer among which
    it called somebody a match, at ``threshold``."""

    tool: str
    set: str
    questions: int
    f1: Measured
    wrong: Measured
    threshold: float
    seconds: float


def ours(of: Set, models: Models) -> tuple[Answered, float]:
    """Our answers, and the seconds that scoring took."""
    scorer = Scorer(models, of.count, of.names)
    start = time.perf_counter()
    found = answered(of.questions, scorer.chances)
    return found, time.perf_counter() - start


def answers(of: Set, models: Models) -> Outcomes:
    """1 where the rules above the model make a match of the candidates, 0 elsewhere."""
    scorer = Scorer(models, of.count, of.names)
    found = [float(_is_match(one, scorer)) for one in of.questions]
    present = np.array([one.present for one in of.questions])
    return Outcomes(np.array(found), np.zeros(len(found), bool), present)


def _is_match(one: Question, scorer: Scorer) -> bool:
    weighed = [
        Weighed(
            at, found.pair.candidate.record, found.name, found.probability, scorer.evidence(found)
        )
        for at, found in enumerate(scorer.score(one.query, one.candidates))
    ]
    return resolve(case_of(one.query.record, weighed)).answer is Answer.MATCH


def results(
    sets: Sequence[Set], models: Models, peer: Peer | None, corpus: Path
) -> Iterator[Result]:
    """Every tool on every set; a peer's threshold is the one that serves it best on the first."""
    for of in sets:
        found, seconds = ours(of, models)
        result = _result(OURS, of, found.outcomes, MATCH, seconds)
        yield replace(result, wrong=measured(partial(called, 1.0), answers(of, models)))
    for tool in TOOLS if peer else ():
        assert peer is not None
        best = 0.0
        for of in sets:
            outcomes, seconds = peer.outcomes(tool, of)
            best = best or DEFAULTS.get(tool) or best_threshold(outcomes)
            yield _result(tool, of, outcomes, best, seconds)
    for of in sets if peer else ():
        if of.made and peer is not None:
            outcomes, seconds = peer.searched(of, corpus)
            yield _result(SEARCHER, of, outcomes, best_threshold(outcomes), seconds)


def best_threshold(outcomes: Outcomes) -> float:
    """Where the best F1 is reached."""
    line = curve(outcomes)
    f1 = 2 * line.precision * line.recall / np.maximum(line.precision + line.recall, 1e-12)
    return float(line.threshold[int(np.argmax(f1))]) if len(f1) else 1.0


def called(threshold: float, outcomes: Outcomes) -> float:
    """The share of questions without a right answer that got one."""
    absent = ~outcomes.present
    return float((outcomes.chance[absent] >= threshold).mean()) if absent.any() else 0.0


def _result(tool: str, of: Set, outcomes: Outcomes, threshold: float, seconds: float) -> Result:
    f1, wrong = measured(best_f1, outcomes), measured(partial(called, threshold), outcomes)
    return Result(tool, of.name, len(outcomes), f1, wrong, threshold, seconds)
