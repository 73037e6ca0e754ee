"""Who each customer is: matched now, or read from the results of an earlier screening.

1. A resolution that was made once is kept: an impact run over it needs no matching.
2. Every customer of the portfolio must stand in the earlier results, and every party that they name
   in the reference; otherwise it is another portfolio or another reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from clearance.adapters.matching.opening import resolver_of
from clearance.adapters.matching.sharing import shared
from clearance.adapters.results import JSONL
from clearance.adapters.snapshot.reference import Reference
from clearance.adapters.told import Told
from clearance.matching.resolution import Answer, Resolution
from clearance.model.customer import Customer
from clearance.model.errors import InputError
from clearance.policy.facts import UNIDENTIFIED
from clearance.policy.reason_kinds import BY_CODE
from clearance.usecases.impact_portfolio import Doubt, Identity
from clearance.usecases.who import doubt_of


def matched(
    customers: Sequence[Customer], reference: Reference, model: Path | None, told: Told
) -> list[Identity]:
    """Who each customer is, by matching.

    **Cost**: matching; by far the longest part of an impact run.
    """
    found: list[Identity] = []
    with shared(resolver_of(reference, model), len(customers)) as resolver:
        for who in resolver.stream(one.record for one in customers):
            found.append(identity_of(who))
            if len(found) % 256 == 0:
                told.passed(len(found), len(customers))
    return found


def identity_of(who: Resolution) -> Identity:
    """What an answer of matching says of who a customer is."""
    if who.answer is Answer.MATCH:
        return Identity(who.party)
    candidates = tuple(one.party for one in who.candidates)
    return Identity(-1, Doubt(doubt_of(who), candidates, who.settle))


class _Named(msgspec.Struct):
    """A candidate of a result."""

    party: str


class _Coded(msgspec.Struct):
    """A reason of a result."""

    code: str


class _Match(msgspec.Struct):
    """What matching said."""

    candidates: list[_Named] = []
    settle: list[str] = []


class _Result(msgspec.Struct):
    """What of a result says who a customer is; everything else is passed over."""

    customer: str
    reasons: list[_Coded]
    party: str | None = None
    match: _Match | None = None


def resolved(folder: Path, customers: Sequence[Customer], reference: Reference) -> list[Identity]:
    """Who each customer is, as an earlier screening found.

    Raises:
        InputError: there are no results, a line is none, or they are of another portfolio or
            reference.

    **Cost**: about 10 µs a customer.
    """
    path = folder / JSONL
    known = {one.customer: one for one in _results(path)}
    found = []
    for customer in customers:
        result = known.get(customer.id)
        if result is None:
            raise InputError(
                f"no result of customer {customer.id!r}",
                file=str(path),
                remedy="screen this portfolio, then name its --out",
            )
        found.append(_identity(result, reference, path))
    return found


def _results(path: Path) -> Iterator[_Result]:
    decode = msgspec.json.Decoder(_Result).decode
    try:
        file = path.open("rb")
    except OSError:
        raise InputError(
            "no results there", file=str(path), remedy="name the --out of a screening"
        ) from None
    with file:
        for number, line in enumerate(file, 1):
            try:
                yield decode(line)
            except msgspec.DecodeError:
                raise InputError(
                    "no result", file=str(path), line=number, remedy="screen again"
                ) from None


def _identity(result: _Result, reference: Reference, path: Path) -> Identity:
    if result.party:
        return Identity(_index(result.party, result.customer, reference, path))
    match = result.match or _Match()
    parties = [_index(one.party, result.customer, reference, path) for one in match.candidates]
    doubts = (one.code for one in result.reasons if _of_matching(one.code))
    return Identity(-1, Doubt(next(doubts, UNIDENTIFIED), tuple(parties), tuple(match.settle)))


def _of_matching(code: str) -> bool:
    return code in BY_CODE and BY_CODE[code].function == "matching"


def _index(party: str, customer: str, reference: Reference, path: Path) -> int:
    found = reference.index(party)
    if found is None:
        raise InputError(
            f"customer {customer!r} is {party!r} there, which the reference does not hold",
            file=str(path),
            remedy="name results of this reference",
        )
    return found
