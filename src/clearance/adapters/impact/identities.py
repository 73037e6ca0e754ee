"""Who each customer is: matched now, or read from the results of an earlier screening.

1. A resolution that was made once is kept: an impact run over it needs no matching.
2. Every customer of the portfolio must stand in the earlier results, and every party that they name
   in the reference; otherwise it is another portfolio or another reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from clearance.adapters.matching.opening import resolver_of
from clearance.adapters.matching.sharing import answered
from clearance.adapters.screening.results import JSONL
from clearance.adapters.snapshot.reference import Reference
from clearance.adapters.told import Told
from clearance.matching.resolution import Answer, Resolution
from clearance.model.customer import Customer
from clearance.model.errors import InputError
from clearance.policy.facts import UNIDENTIFIED
from clearance.policy.reasons.kinds import BY_CODE
from clearance.usecases.impact_portfolio import Doubt, Identity
from clearance.usecases.who import doubt_of


def matched(
    customers: Sequence[Customer], reference: Reference, model: Path | None, told: Told
) -> list[Identity]:
    """Who each customer is, by matching.

    **Cost**: matching; by far the longest part of an impact run.
    """
    found: list[Identity] = []
    for identity in answered(resolver_of(reference, model), customers, identity_of):
        found.append(identity)
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

    **Cost**: reading the results once, and some 5 µs for each party that they name.
    """
    path = folder / JSONL
    known = {one.customer: one for one in _results(path)}
    missing = next((one.id for one in customers if one.id not in known), None)
    if missing is not None:
        raise InputError(
            f"no result of customer {missing!r}",
            file=str(path),
            remedy="screen this portfolio, then name its --out",
        )
    results = [known[one.id] for one in customers]
    parties = list(dict.fromkeys(party for one in results for party in _parties(one)))
    index = dict(zip(parties, reference.indexes(parties), strict=True))
    return [_identity(one, index, path) for one in results]


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
            except (msgspec.DecodeError, UnicodeDecodeError):
                raise InputError(
                    "no result", file=str(path), line=number, remedy="screen again"
                ) from None


def _parties(result: _Result) -> Iterator[str]:
    """The ids of all parties that a result speaks of."""
    if result.party:
        yield result.party
    elif result.match:
        yield from (one.party for one in result.match.candidates)


def _identity(result: _Result, index: Mapping[str, int], path: Path) -> Identity:
    parties = tuple(index[party] for party in _parties(result))
    if -1 in parties:
        party = next(party for party in _parties(result) if index[party] < 0)
        raise InputError(
            f"customer {result.customer!r} is {party!r} there, which the reference does not hold",
            file=str(path),
            remedy="name results of this reference",
        )
    if result.party:
        return Identity(parties[0])
    doubts = (one.code for one in result.reasons if _of_matching(one.code))
    settle = tuple(result.match.settle) if result.match else ()
    return Identity(-1, Doubt(next(doubts, UNIDENTIFIED), parties, settle))


def _of_matching(code: str) -> bool:
    return code in BY_CODE and BY_CODE[code].function == "matching"
