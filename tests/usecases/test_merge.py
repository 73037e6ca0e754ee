"""What ties parties together: numbers that settle, names with something besides, people's word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from clearance.matching.judgement import Judged, Judgement
from clearance.matching.merging import Rank
from clearance.model.party import Identifier, PartyKind
from clearance.model.record import Record
from clearance.usecases.merge import find_merges

ENTITY, PERSON, UNKNOWN = PartyKind.ENTITY, PartyKind.PERSON, PartyKind.UNKNOWN
ROW = "12 Alder Row, Alderton"


class Fake:
    """Parties in which everybody may be alike; ``holdings`` are pairs of indexes."""

    def __init__(self, *parties: tuple[Record, str], holdings: Sequence[tuple[int, int]] = ()):
        self._parties = parties
        self._holdings = {frozenset(pair) for pair in holdings}
        self._ids = [record.id for record, _ in parties]

    def __len__(self) -> int:
        return len(self._parties)

    def index(self, id: str) -> int | None:
        return self._ids.index(id) if id in self._ids else None

    def id(self, index: int) -> str:
        return self._ids[index]

    def sharing_numbers(self) -> Iterator[Sequence[int]]:
        yield range(len(self))

    def sharing_names(self) -> Iterator[Sequence[int]]:
        yield range(len(self))

    def record(self, index: int) -> Record:
        return self._parties[index][0]

    def place(self, index: int) -> tuple[str, str]:
        record, source = self._parties[index]
        return source, record.countries[0] if record.countries else ""

    def related(self, one: int, other: int) -> bool:
        return frozenset((one, other)) in self._holdings


def party(
    id: str,
    name: str = "Alder Holdings Ltd",
    source: str = "",
    *,
    kind: PartyKind = ENTITY,
    country: str = "XA",
    numbers: str = "",
    address: str = "",
) -> tuple[Record, str]:
    """A party, of a source of its own unless one is named."""
    held = tuple(Identifier(*one.split(":")) for one in numbers.split())
    places = (country,) if country else ()
    addresses = (address,) if address else ()
    return Record(id, (name,), kind, places, held, addresses), source or f"source of {id}"


def groups(*parties: tuple[Record, str], judged: Sequence[Judged] = ()) -> list[tuple[int, ...]]:
    """The groups found among these."""
    return list(find_merges(Fake(*parties), judged).merges.groups)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (party("A", numbers="XA-R:1"), party("B", "Birch", numbers="XA-R:01")),
        (party("A", numbers="XA-R:1"), party("B", numbers="XA-R:1", kind=PartyKind.STATE)),
        (party("A", kind=PERSON, numbers="XA-R:1"), party("B", kind=PERSON, numbers="XA-R:1")),
        (party("A", address=ROW), party("B", "ALDER HOLDINGS LIMITED", address=ROW)),
        (party("A", address=ROW), party("B", "Holdings, Alder", address=ROW.upper())),
        (party("A", numbers="VAT:XA1"), party("B", numbers="VAT:XA1")),
        (party("A", country="XA-01", address=ROW), party("B", address=ROW)),
    ],
    ids=["number", "kinds", "person", "address", "order", "tax number", "subdivision"],
)
def test_they_are_one(one: tuple[Record, str], other: tuple[Record, str]) -> None:
    assert groups(one, other) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (party("A"), party("B")),
        (party("A", address=ROW), party("B", address="98 Cedar Road, Cedarville")),
        (party("A", "Alder Fund II", address=ROW), party("B", "Alder Fund III", address=ROW)),
        (party("A", "Alder Ltd", address=ROW), party("B", "Alder Foundation", address=ROW)),
        (party("A", country="XA", address=ROW), party("B", country="XB", address=ROW)),
        (party("A", country="", address=ROW), party("B", country="", address=ROW)),
        (party("A", source="s", address=ROW), party("B", source="s", address=ROW)),
        (party("A", kind=PERSON, address=ROW), party("B", kind=PERSON, address=ROW)),
        (party("A", kind=UNKNOWN, numbers="XA-R:1"), party("B", numbers="XA-R:1")),
        (party("A", kind=PERSON, numbers="XA-R:1"), party("B", numbers="XA-R:1")),
        (party("A", "Birch", numbers="VAT:XA1"), party("B", "Alder", numbers="VAT:XA1")),
        (
            party("A", address=ROW, numbers="XA-R:1"),
            party("B", address=ROW, numbers="XA-R:2"),
        ),
    ],
    ids=[
        "a name alone", "two addresses", "two numbers in the name", "two forms", "two places",
        "no place", "one source", "persons", "nobody names it", "a person and a company",
        "a tax number alone", "two register numbers",
    ],
)  # fmt: skip
def test_they_are_two(one: tuple[Record, str], other: tuple[Record, str]) -> None:
    assert groups(one, other) == []


def test_owner_and_owned_are_two() -> None:
    parties = Fake(party("A", address=ROW), party("B", address=ROW), holdings=[(0, 1)])
    found = find_merges(parties).merges
    assert found.groups == ()
    assert [one.because for one in found.refused] == ["one holds an interest in the other"]


@pytest.mark.parametrize("word", [Judgement.DIFFERENT, Judgement.UNSURE])
def test_a_judgement_keeps_apart(word: Judgement) -> None:
    judged = [Judged("B", "A", word, user="ann")]
    assert groups(party("A", address=ROW), party("B", address=ROW), judged=judged) == []


def test_a_judgement_joins_what_has_nothing_in_common_also_by_an_id_that_is_no_party() -> None:
    judged = [Judged("NK-1", "A", Judgement.SAME), Judged("NK-1", "B", Judgement.SAME, user="ann")]
    found = find_merges(Fake(party("A", "Alder"), party("B", "Birch", country="XB")), judged)
    assert found.strangers == ("NK-1",)
    assert found.merges.groups == ((0, 1, 2),)
    assert [tie.text for tie in found.merges.used] == ["judged the same", "judged the same by ann"]


def test_every_tie_says_what_it_rests_on() -> None:
    parties = (
        party("A", address=ROW),
        party("B", address=ROW, numbers="XA-R:1"),
        party("C", "Birch", numbers="XA-R:1"),
    )
    found = find_merges(Fake(*parties)).merges
    assert [(tie.rank, tie.one, tie.other) for tie in found.used] == [
        (Rank.NUMBER, 1, 2),
        (Rank.NAME, 0, 1),
    ]
    assert found.used[0].text == "both carry XA-R 1"
    assert found.used[1].text == (
        f"both are named 'alder holdings' in XA, and they share an address: {ROW!r}, {ROW!r}"
    )
