"""Merge: the same party of several sources becomes one; every tie is told, used or refused.

1. Numbers first: parties that carry one sound number that settles.
2. Then names: parties of different sources and of one jurisdiction whose names are one without
   their legal forms, of no two classes of form, and that share an address or a supporting number
   as well. A name alone never merges.
3. Persons are one by a number or by a judgement, never by name; a holder nobody names is never one
   with anybody but by a judgement.
4. Parties that hold an interest in each other are two, whatever else they share.
5. Judgements win: the same joins, different and unsure keep apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

from clearance.matching.compare import address
from clearance.matching.identifiers import agreeing, settles
from clearance.matching.judgement import Judged, Judgement
from clearance.matching.merging import Merges, Rank, Tie, resolve
from clearance.matching.text.form import NameForm, name_form
from clearance.matching.text.legal_forms import forms_differ
from clearance.model.party import Identifier, PartyKind
from clearance.model.record import Record

MOST = 32
"""Parties alike in a number or a name that are compared each with each; of more only the first."""


class Parties(Protocol):
    """Where merging looks for parties that may be one."""

    def __len__(self) -> int: ...

    def index(self, id: str) -> int | None:
        """The index of a party, or ``None``."""
        ...

    def id(self, index: int) -> str:
        """The id of a party."""
        ...

    def sharing_numbers(self) -> Iterator[Sequence[int]]:
        """Parties with one number of one scheme, ascending; a few may only look alike."""
        ...

    def sharing_names(self) -> Iterator[Sequence[int]]:
        """Parties of one place with one name but for its legal form; a few only look alike."""
        ...

    def record(self, index: int) -> Record:
        """What the reference holds of a party."""
        ...

    def place(self, index: int) -> tuple[str, str]:
        """The source that first described a party, and its jurisdiction."""
        ...

    def related(self, one: int, other: int) -> bool:
        """Does one hold an interest in the other?"""
        ...


@dataclass(frozen=True, slots=True)
class Merging:
    """What was found, in indexes; judged ids that the reference does not hold come after it."""

    merges: Merges
    strangers: tuple[str, ...]


def find_merges(parties: Parties, judged: Iterable[Judged] = ()) -> Merging:
    """Every group of parties that are one.

    **Cost**: a pass over the look-ups, then some 50 µs for each pair that is alike.
    """
    nodes = _Nodes(parties)
    said, apart = _judged(nodes, judged)
    ties = [*said, *_numbers(parties), *_names(parties)]
    merges = resolve(ties, nodes.numbers, nodes.related, apart)
    return Merging(merges, tuple(nodes.strangers))


class _Nodes:
    """Parties by id, and judged ids that are none numbered after them."""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties
        self._size = len(parties)
        self.strangers: list[str] = []
        self._known: dict[str, int] = {}

    def at(self, id: str) -> int:
        """The index of an id, a new one if the reference does not hold it."""
        found = self._parties.index(id)
        if found is not None:
            return found
        if id not in self._known:
            self._known[id] = self._size + len(self.strangers)
            self.strangers.append(id)
        return self._known[id]

    def numbers(self, index: int) -> Sequence[Identifier]:
        """The identifiers of a party; an id that is none has none."""
        return self._parties.record(index).identifiers if index < self._size else ()

    def related(self, one: int, other: int) -> bool:
        """Does one hold an interest in the other?"""
        return max(one, other) < self._size and self._parties.related(one, other)


def _judged(nodes: _Nodes, judged: Iterable[Judged]) -> tuple[list[Tie], dict[int, dict[int, str]]]:
    """What joins and what keeps apart."""
    ties: list[Tie] = []
    apart: dict[int, dict[int, str]] = {}
    for one in sorted(judged, key=lambda each: (each.one, each.other)):
        low, high = sorted((nodes.at(one.one), nodes.at(one.other)))
        if low == high:
            continue
        by = f" by {one.user}" if one.user else ""
        if one.judgement is Judgement.SAME:
            ties.append(Tie(Rank.JUDGEMENT, low, high, f"judged the same{by}"))
        else:
            word = "different" if one.judgement is Judgement.DIFFERENT else "unsure"
            _keep_apart(apart, low, high, f"judged {word}{by}")
    return ties, apart


def _keep_apart(apart: dict[int, dict[int, str]], one: int, other: int, why: str) -> None:
    apart.setdefault(one, {})[other] = why
    apart.setdefault(other, {})[one] = why


def _numbers(parties: Parties) -> list[Tie]:
    return [
        Tie(Rank.NUMBER, one, other, f"both carry {number.scheme} {number.id}")
        for alike in parties.sharing_numbers()
        for one, other, mine, theirs in _pairs(parties, alike)
        if (number := agreeing(mine.identifiers, theirs.identifiers)) and settles(number.scheme)
        if _may_share_a_number(mine.kind, theirs.kind)
    ]


def _names(parties: Parties) -> list[Tie]:
    return [
        Tie(Rank.NAME, one, other, text)
        for alike in parties.sharing_names()
        for one, other, mine, theirs in _pairs(parties, alike)
        if (text := _agreeing_names(parties, (one, other), mine, theirs))
    ]


def _pairs(parties: Parties, alike: Sequence[int]) -> Iterator[tuple[int, int, Record, Record]]:
    records = {index: parties.record(index) for index in alike}
    chosen: Iterable[tuple[int, int]] = combinations(alike, 2)
    if len(alike) > MOST:
        chosen = ((alike[0], other) for other in alike[1:])
    for one, other in chosen:
        yield one, other, records[one], records[other]


def _may_share_a_number(one: PartyKind, other: PartyKind) -> bool:
    if PartyKind.UNKNOWN in (one, other):
        return False
    return (one is PartyKind.PERSON) == (other is PartyKind.PERSON)


def _agreeing_names(parties: Parties, pair: tuple[int, int], mine: Record, theirs: Record) -> str:
    """What two parties of one name agree in besides; nothing where that is too little."""
    if {mine.kind, theirs.kind} & {PartyKind.PERSON, PartyKind.UNKNOWN}:
        return ""
    (source, place), (other_source, other_place) = map(parties.place, pair)
    if source == other_source or not place or place[:2] != other_place[:2]:
        return ""
    name = _one_name(mine, theirs)
    also = _also(mine, theirs) if name else ""
    return f"both are named {name!r} in {place[:2]}, and {also}" if also else ""


def _one_name(mine: Record, theirs: Record) -> str:
    """A name that both have, whatever its legal form, unless the forms are of two classes."""
    known = {_key(form): form for form in _forms(theirs)}
    for form in _forms(mine):
        other = known.get(_key(form))
        if form.core and other and not forms_differ(form.form, other.form):
            return " ".join(form.core)
    return ""


def _forms(record: Record) -> list[NameForm]:
    return [name_form(name, PartyKind.ENTITY) for name in record.names]


def _key(form: NameForm) -> tuple[str, ...]:
    return tuple(sorted(form.ascii or form.core))


def _also(mine: Record, theirs: Record) -> str:
    number = agreeing(mine.identifiers, theirs.identifiers)
    if number:
        return f"both carry {number.scheme} {number.id}"
    both = address.one_place(mine, theirs)
    return f"they share an address: {both[0]!r}, {both[1]!r}" if both else ""
