"""Customers matched by several processes that share the snapshot's pages.

Every process has the customers already: places go out, and what is made of the answers comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, cast

from clearance.adapters.in_lots import in_lots, processes
from clearance.adapters.packed import packed, unpacked
from clearance.matching.resolution import Resolution
from clearance.model.customer import Customer
from clearance.usecases.match import Resolver

Made = TypeVar("Made")

MANY = 2_000
"""From so many customers on other processes are worth their start."""

LOT = 256
"""Customers that are matched together."""


def answered(
    resolver: Resolver,
    customers: Sequence[Customer],
    make: Callable[[Resolution], Made],
    others: int | None = None,
) -> Iterator[Made]:
    """What is made of the answer about each customer, in their order, as they come.

    Args:
        resolver: who answers.
        customers: whom it is asked about.
        make: what is wanted of an answer; done where it was found, so that little is sent.
        others: processes besides this one; one for each core if the customers are worth it.

    Raises:
        Whatever went wrong in another process, at its lot.
    """
    others = processes(len(customers) >= MANY) if others is None else others

    def work(start: int) -> bytes:
        lot = customers[start : start + LOT]
        return packed(list(map(make, resolver.resolve([one.record for one in lot]))))

    if not others:
        yield from map(make, resolver.stream(one.record for one in customers))
        return
    for sent in in_lots(work, range(0, len(customers), LOT), others):
        yield from cast(list[Made], unpacked(sent))
