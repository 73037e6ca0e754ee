"""A copy of a log in which nobody coordinates: what is flagged in it is flagged by chance.

1. Each actor's own days are dealt anew to its own sessions.
2. Cards, addresses, echoes and copies are dealt anew to actors, one shuffle a kind, and so is what
   actors state of themselves: how many share a thing stays, who they are does not.
3. What actors say stays: popular texts are popular in the copy too.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numba import njit

from clearance.campaigns.coincidences import DAYS, moves
from clearance.campaigns.evidence import Int64
from clearance.campaigns.log_view import LogView, Pairs, Requests
from clearance.campaigns.sessions import DAY, Sessions, sessions_of
from clearance.campaigns.traits import Facts


def permuted_view(view: LogView, rng: np.random.Generator) -> LogView:
    """The log with its things dealt anew."""
    return replace(
        view,
        cards=_dealt(view.cards, view.actors, rng),
        addresses=_dealt(view.addresses, view.actors, rng),
        echoes=_dealt(view.echoes, view.actors, rng),
        copies=_dealt(view.copies, view.actors, rng),
    )


def permuted_facts(facts: Facts, rng: np.random.Generator) -> Facts:
    """What actors state of themselves, each as a whole dealt to another actor."""
    order = rng.permutation(len(facts.created))
    columns = (facts.created, facts.agent, facts.issuer, facts.asn, facts.plan, facts.used)
    return Facts(*(one[order] for one in columns))


def permuted_requests(requests: Requests, seed: int) -> Requests:
    """The log with its days dealt anew."""
    time = np.empty_like(requests.time)
    _deal(sessions_of(requests), requests.start, requests.time, seed, time)
    return Requests(requests.start, time)


def _dealt(kind: Pairs, actors: int, rng: np.random.Generator) -> Pairs:
    actor = rng.permutation(actors)[kind.actor]
    order = np.lexsort((actor, kind.item))
    return Pairs(actor[order].astype(np.int64), kind.item[order], kind.count)


@njit(cache=True, nogil=True)
def _deal(sessions: Sessions, start: Int64, time: Int64, seed: int, out: Int64) -> None:
    move = np.empty(len(sessions.day), np.int64)
    for actor in range(len(start) - 1):
        first, last = sessions.first[actor], sessions.first[actor + 1]
        moves(sessions.day[first:last], actor, DAYS, 0, seed, move)
        for session in range(first, last):
            for at in range(sessions.opens[session], sessions.opens[session + 1]):
                out[at] = time[at] + move[session - first] * DAY
        out[start[actor] : start[actor + 1]].sort()
