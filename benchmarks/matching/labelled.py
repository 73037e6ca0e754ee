"""Lists of labelled names as questions: pairs, and persons beside a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.matching.lists import Labelled, Listed, Nearest
from clearance.matching.compare.sides import Side, side
from clearance.model.party import PartyKind
from clearance.model.record import Record
from clearance.usecases.asked import Question


def labelled_pairs(pairs: Iterable[Labelled]) -> Iterator[Question]:
    """Labelled pairs as questions with one candidate."""
    for one in pairs:
        sides = (_alone(name, one.kind) for name in (one.first, one.second))
        query, candidate = sides
        kind = "person" if one.kind is PartyKind.PERSON else "entity"
        yield Question(query, (candidate,), 0 if one.match else -1, one.match, (kind,))


def strangers(names: Iterable[str], listed: Sequence[Listed]) -> Iterator[Question]:
    """Persons who are not on a list, with whom of the list they are most like."""
    near = Nearest([side(Record(one.id, tuple(one.names), one.kind)) for one in listed])
    for name in names:
        query = _alone(name, PartyKind.PERSON)
        yield Question(query, tuple(near.to(query, 5)), -1, False)


def _alone(name: str, kind: PartyKind) -> Side:
    return side(Record("", (name,), kind))
