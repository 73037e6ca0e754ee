"""What an ingested log says of its actors, as arrays: the input of seeds and tests.

1. An actor is an account, or the accounts that openly are one customer: one declared organisation,
   or one card and one main address for all. Actors are in order of their first request, so that
   names and the order of files decide nothing.
2. Items are things that actors share: a card, an address on a day. Pairs are sorted by item.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Who has what: actor and item, each pair once, in order of item and then actor.

    **Shape**: ``item`` from 0 up without gaps; ``count`` the actors of each item.
    """

    actor: Int64
    item: Int64
    count: Int64


@dataclass(frozen=True, slots=True)
class Requests:
    """Times of requests, actor by actor, ascending within each.

    **Shape**: ``time`` microseconds; the requests of actor ``a`` are ``start[a]:start[a + 1]``.
    """

    start: Int64
    time: Int64


@dataclass(frozen=True, slots=True)
class LogView:
    """The actors of a log and what they share.

    **Shape**: ``actors`` is how many; ``focus`` pairs an actor with the tokens that it keeps to,
    ``tokens`` names them by item; ``places`` names the address of each address on a day; a pair of
    giver and taker is an item of ``echoes``; one text of several within a minute one of ``copies``.
    """

    actors: int
    focus: Pairs
    tokens: Int64
    cards: Pairs
    addresses: Pairs
    places: Int64
    echoes: Pairs
    copies: Pairs


def pairs(actor: Int64, thing: Int64) -> tuple[Pairs, Int64]:
    """Pairs of actors and things, things numbered in ascending order; and the things.

    **Cost**: n log n.
    """
    things, item = np.unique(thing, return_inverse=True)
    order = np.lexsort((actor, item))
    actor, item = actor[order].astype(np.int64), item[order].astype(np.int64)
    first = np.ones(len(actor), np.bool_)
    first[1:] = (actor[1:] != actor[:-1]) | (item[1:] != item[:-1])
    actor, item = actor[first], item[first]
    return Pairs(actor, item, np.bincount(item, minlength=len(things)).astype(np.int64)), things


def shared(actor: Int64, thing: Int64, fewest: int = 2) -> tuple[Pairs, Int64]:
    """Pairs of things that at least so many actors have; and the things."""
    whole, things = pairs(actor, thing)
    kept = whole.count >= fewest
    inside = kept[whole.item]
    number = np.cumsum(kept) - 1
    item = number[whole.item[inside]].astype(np.int64)
    return Pairs(whole.actor[inside], item, whole.count[kept]), things[kept]
