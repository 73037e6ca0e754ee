"""Compiling sources: indexes, records, fusion, stubs, and independence of order."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from tests.adapters.snapshot.tables import compiled, described, made_of, reference, stated, write

from clearance.adapters.snapshot.content import Content, arrays_of
from clearance.model.dates import NEVER, parse_date
from clearance.model.interest import InterestType
from clearance.model.party import Identifier, PartyKind


def day(text: str) -> int:
    return parse_date(text).first


def same(first: Content, second: Content) -> bool:
    return (
        first.tables == second.tables
        and first.list_sets == second.list_sets
        and all(np.array_equal(array, second.arrays[name]) for name, array in first.arrays.items())
        and all(list(texts) == list(second.texts[name]) for name, texts in first.texts.items())
    )


def test_a_party_is_the_rank_of_its_id_in_code_points(tmp_path: Path) -> None:
    ids = ["b", "B", "a10", "a2", "é", "z", "中", "\U0001f600", "a\ufffd"]
    found = reference(write(tmp_path, "p.csv", "id", *ids))
    assert list(found.party_ids()) == sorted(ids)
    assert [found.index(id) for id in sorted(ids)] == list(range(len(ids)))
    assert found.index("c") is None
    assert found.party("c") is None
    assert found.interests_in("c") == found.interests_of("c") == ()


def test_parties_known_only_from_elsewhere_are_stubs_and_counted(tmp_path: Path) -> None:
    interests = write(tmp_path, "i.csv", "interested_party,subject,components", "A,B,C;D")
    parties = write(tmp_path, "p.csv", "id,branch_of", "A,H")
    made, found = compiled(interests, parties), reference(interests, parties)
    assert list(found.party_ids()) == ["A", "B", "C", "D", "H"]
    assert (made.counts.parties, made.counts.stubs) == (5, 4)
    stub = found.party("H")
    assert stub is not None
    assert (stub.stub, stub.kind) == (True, PartyKind.ENTITY)
    assert found.graph.parties.branch_of.tolist() == [4, -1, -1, -1, -1]


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    header = "interested_party,subject,share,statement,components"
    body = [f"P{n % 4},Q{n % 3},{n},st-{n % 5},{'C;D' if n % 6 == 0 else ''}" for n in range(60)]
    whole = compiled(write(tmp_path, "i.csv", header, *body)).content
    for seed in range(5):
        random.Random(seed).shuffle(body)
        assert same(compiled(write(tmp_path, "i.csv", header, *body)).content, whole)


def test_interests_of_a_pair_stand_by_type_source_and_statement(tmp_path: Path) -> None:
    header = "interested_party,subject,interest_type,source,statement"
    body = ["A,B,votingRights,r,1", "A,B,,s,2", "A,B,,r,3", "A,B,,r,1", "A,C,,r,9"]
    found = reference(write(tmp_path, "i.csv", header, *body))
    shown = [(one.type.name, one.source, one.statement) for one in found.interests_in("B")]
    assert shown == [
        ("shareholding", "r", "1"),
        ("shareholding", "r", "3"),
        ("shareholding", "s", "2"),
        ("votingRights", "r", "1"),
    ]
    assert [one.subject for one in found.interests_of("A")] == ["B"] * 4 + ["C"]
    assert [found.statement(row) for row in range(5)] == ["1", "3", "2", "1", "9"]


def test_components_follow_their_row_when_rows_move(tmp_path: Path) -> None:
    header = "interested_party,subject,statement,components"
    found = reference(write(tmp_path, "i.csv", header, "A,B,2,D;C", "A,B,1,E", "A,B,3,"))
    assert [one.components for one in found.interests_in("B")] == [("E",), ("C", "D"), ()]


@pytest.mark.parametrize("turned", [False, True])
def test_the_latest_statement_replaces_the_whole_record(turned: bool) -> None:
    old = [
        {"interested_party": "A", "subject": "T", "record": "r", "statement": "1",
         "statement_date": day("2020-01-01"), "type": kind.value}
        for kind in (InterestType.shareholding, InterestType.votingRights)
    ]  # fmt: skip
    new = {"interested_party": "B", "subject": "T", "record": "r", "statement": "2",
           "statement_date": day("2021-01-01")}  # fmt: skip
    rows = [new, *old] if turned else [*old, new]
    made, found = made_of([stated(*rows)])
    assert [one.interested_party for one in found.interests_in("T")] == ["B"]
    assert made.counts.replaced == 2


def test_of_one_day_the_later_statement_in_the_file_wins() -> None:
    rows = [
        {"interested_party": id, "subject": "T", "record": "r", "statement": id,
         "statement_date": day("2020-01-01")}
        for id in ("A", "B")
    ]  # fmt: skip
    _, found = made_of([stated(rows[0])], [stated(rows[1])])
    assert [one.interested_party for one in found.interests_in("T")] == ["B"]


def test_the_same_record_id_of_two_sources_is_two_records() -> None:
    rows = [
        {"interested_party": "A", "subject": "T", "record": "r", "source": source}
        for source in ("one", "two")
    ]
    _, found = made_of([stated(*rows)])
    assert [one.source for one in found.interests_in("T")] == ["one", "two"]


@pytest.mark.parametrize(
    ("end", "date", "expected"),
    [
        (None, "2022-05-06", "2022-05-06"),
        ("2021-01-01", "2022-05-06", "2021-01-01"),
        (None, "", ""),
    ],
)
def test_a_closed_statement_ends_on_its_date_unless_it_says(
    end: str | None, date: str, expected: str
) -> None:
    row: dict[str, object] = {"interested_party": "A", "subject": "T", "closed": True}
    if date:
        row["statement_date"] = day(date)
    if end:
        row |= {"end_first": day(end), "end_last": day(end)}
    _, found = made_of([stated(row)])
    last = found.graph.interests.end_last.tolist()
    assert last == [day(expected) if expected else NEVER]
    assert found.graph.interests.end_first.tolist() == last


def test_within_a_source_the_latest_description_replaces() -> None:
    old = {"id": "A", "name": "Old", "jurisdiction": "XA", "source": "s", "statement_date": 5}
    new = {"id": "A", "name": "New", "source": "s", "statement_date": 9}
    made, found = made_of([described(new, old, {"id": "B", "source": "s"})])
    party = found.party("A")
    assert party is not None
    assert (party.name, party.jurisdiction) == ("New", "")
    assert made.counts.conflicts == 0


def test_across_sources_the_first_fact_stands_and_lists_unite() -> None:
    first = {"id": "A", "name": "Ann", "kind": 0, "source": "x", "lists": ["l1"],
             "identifiers": [{"scheme": "XI-LEI", "id": "1"}], "branch_of": ""}  # fmt: skip
    second = {"id": "A", "name": "Anna", "kind": 2, "source": "a", "lists": ["l2", "l1"],
              "jurisdiction": "XB", "identifiers": [{"scheme": "XA-REG", "id": "2"}],
              "branch_of": "H", "capital": False}  # fmt: skip
    made, found = made_of([described(first)], [described(second, {"id": "H", "source": "a"})])
    party = found.party("A")
    assert party is not None
    assert (party.name, party.kind, party.jurisdiction) == ("Ann", PartyKind.PERSON, "XB")
    assert party.lists == ("l1", "l2")
    assert party.identifiers == (Identifier("XI-LEI", "1"), Identifier("XA-REG", "2"))
    assert (party.branch_of, party.capital, party.source) == ("H", False, "x")
    assert (found.conflicts(0), found.conflicts(1), made.counts.conflicts) == (("name",), (), 1)


def test_nothing_at_all_compiles(tmp_path: Path) -> None:
    made = compiled(write(tmp_path, "i.csv", "interested_party,subject"))
    assert (made.counts.parties, made.counts.interests) == (0, 0)
    assert len(arrays_of(made.graph)["party.kind"]) == 0


def test_one_statement_in_two_files_counts_once() -> None:
    row = {"interested_party": "A", "subject": "T", "record": "r", "statement": "1"}
    made, found = made_of([stated(row)], [stated(row)])
    assert len(found.interests_in("T")) == 1
    assert made.counts.replaced == 1
