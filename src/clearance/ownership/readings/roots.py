"""Whose holdings are added: everybody's together, or each restricted party's alone.

1. Pooled: one root. Per party: one root a restricted party; parties that are restricted only
   perhaps are roots in *may*.
2. Holders nobody names, members of ownerless groups and rests nobody declared may belong to any
   root: they are counted for ``ANYBODY``, whom every root falls back on, in *may*.
"""

from __future__ import annotations

import numpy as np

from clearance.model.interest import Measure
from clearance.model.rule import Aggregation
from clearance.ownership.arrays.graph import Bool, Int64
from clearance.ownership.day.live import Holdings
from clearance.ownership.readings.descend import ANYBODY, BOTH, MAY, SOURCE, Starts
from clearance.ownership.readings.flow import flow_of
from clearance.ownership.readings.links import links_of
from clearance.ownership.readings.reading import Question
from clearance.ownership.readings.solve import Solved, solve
from clearance.ownership.readings.step import Step

Rests = tuple[Int64 | None, ...]


def solve_for(
    question: Question, measures: tuple[Measure, ...], step: Step, within: Bool | None = None
) -> Solved:
    """Solve the equations of a reading in these measures, aggregated as the rule says.

    **Shape**: the blocks of the flow are the measures, in order.
    """
    holdings = tuple(question.live.measures[measure] for measure in measures)
    rests = tuple(question.rest.get(measure) for measure in measures)
    if step.linked:
        holdings, rests = (*holdings, links_of(question.live)), (*rests, None)
    together = question.rule.aggregation is Aggregation.POOLED
    starts = (pooled if together else each_alone)(question, _sources(holdings, rests))
    flow = flow_of(holdings, starts, question.live.graph, within)
    return solve(flow, step, rests)


def pooled(question: Question, sources: Int64) -> Starts:
    """Everybody restricted, under one root."""
    fixed = np.flatnonzero(question.certain | question.possible)
    party = np.concatenate((fixed, sources)).astype(np.int64)
    how = np.where(question.certain[fixed], BOTH, MAY)
    kinds = np.concatenate((how, np.full(len(sources), SOURCE))).astype(np.uint8)
    return Starts(party, np.zeros(len(party), dtype=np.int64), kinds, True)


def each_alone(question: Question, sources: Int64) -> Starts:
    """Every restricted party its own root; whoever is not named is anybody."""
    fixed = np.flatnonzero(question.certain | question.possible)
    unnamed = fixed[nameless(question)[fixed]]
    roots = fixed[question.certain[fixed] | ~np.isin(fixed, unnamed)]
    how = np.where(question.certain[roots], BOTH, MAY)
    kinds = (how, np.full(len(unnamed), MAY), np.full(len(sources), SOURCE))
    nobody = np.full(len(unnamed) + len(sources), ANYBODY)
    return Starts(
        np.concatenate((roots, unnamed, sources)).astype(np.int64),
        np.concatenate((roots, nobody)).astype(np.int64),
        np.concatenate(kinds).astype(np.uint8),
        False,
    )


def nameless(question: Question) -> Bool:
    """Who stands for an owner nobody names: the unknown, and members of ownerless groups."""
    found = question.live.unknown & question.possible
    found[list(question.unowned)] = True
    return found


def _sources(holdings: tuple[Holdings, ...], rests: Rests) -> Int64:
    """Parties of which somebody nobody names may hold something."""
    named = sorted(frozenset().union(*(held.anonymous for held in holdings)))
    undeclared = [rest > 0 for rest in rests if rest is not None]
    if not undeclared:
        return np.array(named, dtype=np.int64)
    found = np.logical_or.reduce(undeclared)
    found[named] = True
    return np.flatnonzero(found)
