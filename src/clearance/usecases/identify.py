"""Which party of the reference each customer is.

1. An identifier (LEI, or register number with its register) decides; identifiers that lead to
   different parties, or a name whose party carries another number of the same register,
   contradict each other.
2. Without one that is known, the exact normalised name with the jurisdiction decides, if exactly
   one party answers to it.
3. Anything else is not identified, and says why.

Not here: names that are merely similar. A wrong match would clear or bar the wrong customer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from clearance.model.customer import Customer
from clearance.model.party import LEI, Identifier, Party

UNIDENTIFIED = "unidentified"
AMBIGUOUS = "ambiguous_name"
CONTRADICTING = "identifiers_contradict"


class Directory(Protocol):
    """What identification asks of reference data, many questions at a time."""

    def with_identifiers(self, identifiers: Sequence[Identifier]) -> Sequence[Sequence[int]]:
        """The party indexes that carry each identifier, ascending."""
        ...

    def with_names(self, names: Sequence[tuple[str, str]]) -> Sequence[Sequence[int]]:
        """The party indexes of each (name, jurisdiction), ascending."""
        ...

    def party_at(self, index: int) -> Party:
        """The party of an index."""
        ...


@dataclass(frozen=True, slots=True)
class Identified:
    """Who a customer is.

    **Shape**: ``party`` is an index, -1 where nobody was found; ``matched`` says by what
    (``lei``, ``register``, ``name``); ``problem`` is a reason code and ``why`` its text, empty
    where somebody was found.
    """

    party: int
    matched: str = ""
    problem: str = ""
    why: str = ""


def identify(customers: Sequence[Customer], directory: Directory) -> list[Identified]:
    """Who each customer is, in the order given.

    **Cost**: two batches of look-ups and about 2 µs a customer.
    """
    asked = [identifier for customer in customers for identifier in customer.identifiers]
    answers = iter(directory.with_identifiers(asked))
    found = [
        _by_identifier(customer, [next(answers) for _ in customer.identifiers])
        for customer in customers
    ]
    open_at = [at for at, one in enumerate(found) if one is None]
    names = [(customers[at].name, customers[at].country) for at in open_at]
    asking = [at for at, (name, country) in enumerate(names) if name and country]
    by_name: list[Sequence[int]] = [()] * len(names)
    for at, candidates in zip(
        asking, directory.with_names([names[at] for at in asking]), strict=True
    ):
        by_name[at] = candidates
    results = dict(zip(open_at, by_name, strict=True))
    return [
        one if one is not None else _by_name(customers[at], results[at], directory)
        for at, one in enumerate(found)
    ]


def _by_identifier(customer: Customer, answers: Sequence[Sequence[int]]) -> Identified | None:
    """The party that the identifiers lead to, ``None`` where none is known."""
    known = [
        (identifier, answer)
        for identifier, answer in zip(customer.identifiers, answers, strict=True)
        if len(answer)
    ]
    if not known:
        return None
    parties = {int(party) for _, answer in known for party in answer}
    if len(parties) == 1:
        first = known[0][0]
        return Identified(parties.pop(), "lei" if first.scheme == LEI else "register")
    shared = set.intersection(*({int(party) for party in answer} for _, answer in known))
    if len(shared) == 1:
        return Identified(shared.pop(), "lei" if known[0][0].scheme == LEI else "register")
    told = " and ".join(f"{one.scheme} {one.id}" for one, _ in known)
    return Identified(-1, "", CONTRADICTING, f"{told} lead to {len(parties)} different parties")


def _by_name(customer: Customer, candidates: Sequence[int], directory: Directory) -> Identified:
    """The one party of that name and jurisdiction."""
    if not len(candidates):
        return Identified(-1, "", UNIDENTIFIED, _nobody(customer))
    if len(candidates) > 1:
        why = f"{len(candidates)} parties in {customer.country} have that name"
        return Identified(-1, "", AMBIGUOUS, why)
    party = int(candidates[0])
    if customer.identifiers:
        carried = {one.scheme.upper(): one.id for one in directory.party_at(party).identifiers}
        for one in customer.identifiers:
            if other := carried.get(one.scheme.upper(), ""):
                why = f"the only party of that name carries {one.scheme} {other}, not {one.id}"
                return Identified(-1, "", CONTRADICTING, why)
    return Identified(party, "name")


def _nobody(customer: Customer) -> str:
    told = [f"{one.scheme} {one.id} is not known" for one in customer.identifiers]
    if not customer.name:
        told.append("no name given")
    elif not customer.country:
        told.append("no country given to look the name up in")
    else:
        told.append(f"no party in {customer.country} has that name")
    return "; ".join(told)
