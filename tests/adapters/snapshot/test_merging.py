"""Merged parties: one holding said twice stays one, every id still answers, nothing is lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.snapshot.tables import compiled, write

from clearance.adapters.policies.reading import load_rule
from clearance.adapters.snapshot.content import Content
from clearance.adapters.snapshot.merging import groups_in, merged, parted
from clearance.adapters.snapshot.reference import Reference
from clearance.bootstrap.days import day_or_today
from clearance.model.party import Identifier, PartyKind
from clearance.usecases.attribute import attribute_all


def content(folder: Path, parties: str, interests: str = "") -> Content:
    """Parties and interests, a line each; the first column of interests names the source file."""
    paths = []
    for name, lines in (("p", parties), ("q", "")):
        if lines:
            paths.append(write(folder, f"{name}.csv", *lines.strip().split("\n")))
    header = "interested_party,subject,share,source,statement,components"
    paths.append(write(folder, "i.csv", header, *filter(None, interests.strip().split("\n"))))
    return compiled(*paths).content


def same(one: Content, other: Content) -> bool:
    """Are two contents the same in every part?"""
    return (
        one.arrays.keys() == other.arrays.keys()
        and all(np.array_equal(one.arrays[name], other.arrays[name]) for name in one.arrays)
        and all(one.arrays[name].dtype == other.arrays[name].dtype for name in one.arrays)
        and all(list(one.texts[name]) == list(other.texts[name]) for name in one.texts)
        and (one.tables, one.list_sets) == (other.tables, other.list_sets)
    )


PARTIES = """\
id,name,kind,jurisdiction,headquarters,lists,identifiers,other_names,addresses,branch_of
A1,Alder,,XA,,l-one,XI-LEI:1,,1 Alder Row,
A2,Alder Ltd,,,XB,l-two,XA-REG:7,Old Alder,1 Alder Row;2 B,
B1,Birch,,XA,,,,,,
B2,Birch,,XC,,,,,,
C,Branch,,XB,,,,,,A2
P,Pat,person,,,,,,,"""
INTERESTS = """A1,B1,60,one,s1,
A2,B2,60,two,s2,
P,A1,30,one,s3,
P,A2,30,two,s4,
P,B2,10,one,s5,A2;C"""
GROUPS = [(0, 1), (2, 3)]


@pytest.fixture
def whole(tmp_path: Path) -> Content:
    return content(tmp_path, PARTIES, INTERESTS)


def test_a_holding_that_two_registers_tell_is_two_statements_of_one_pair(whole: Content) -> None:
    reference = Reference(merged(whole, GROUPS))
    rows = reference.interests_in("B1")
    told = [(one.interested_party, one.subject, one.source, one.statement) for one in rows]
    assert told == [
        ("A1", "B1", "one", "s1"),
        ("A1", "B1", "two", "s2"),
        ("P", "B1", "one", "s5"),
    ]
    assert rows[2].components == ("A1", "C")


def test_every_id_leads_to_the_one_that_stands_for_its_group(whole: Content) -> None:
    reference = Reference(merged(whole, GROUPS))
    assert [reference.index(id) for id in ("A1", "A2", "B2", "C", "nobody")] == [0, 0, 2, 4, None]
    assert reference.lookup_identifier("XA-REG", "7") == (0,)
    assert reference.lookup_name("Old Alder") == (0,)
    assert reference.lookup_name("Birch", "XC") == ()
    assert reference.lookup_name("Birch", "XA") == (2,)
    assert list(reference.party_ids()) == ["A1", "B1", "C", "P"]
    assert reference.ids(0) == ("A1", "A2")


def test_facts_are_fused_as_those_of_two_sources(whole: Content) -> None:
    reference = Reference(merged(whole, GROUPS))
    party = reference.party("A2")
    assert party is not None
    assert (party.id, party.name, party.jurisdiction, party.headquarters) == (
        "A1", "Alder", "XA", "XB",
    )  # fmt: skip
    assert party.lists == ("l-one", "l-two")
    assert party.identifiers == (Identifier("XI-LEI", "1"), Identifier("XA-REG", "7"))
    assert reference.other_names(0) == ("Alder Ltd", "Old Alder")
    assert reference.record(0).addresses == ("1 Alder Row", "2 B")
    assert reference.conflicts(2) == ("jurisdiction",)
    branch = reference.party("C")
    assert branch is not None
    assert branch.branch_of == "A1"


def test_the_others_of_a_group_are_said_nothing_of(whole: Content) -> None:
    graph = Reference(merged(whole, GROUPS)).graph
    for at in (1, 3):
        assert graph.parties.jurisdiction[at] == graph.parties.lists[at] == 0
        assert graph.subject_start[at] == graph.subject_start[at + 1]
        assert graph.holder_start[at] == graph.holder_start[at + 1]


def test_a_stub_takes_what_is_known_of_the_other(tmp_path: Path) -> None:
    whole = content(tmp_path, "id,name,kind,jurisdiction\nB,Birch,state,XA", "A,B,10,,,")
    reference = Reference(merged(whole, [(0, 1)]))
    party = reference.party("B")
    assert party is not None
    assert (party.id, party.name, party.kind, party.stub) == ("A", "Birch", PartyKind.STATE, False)
    assert party.source == "p.csv"
    assert reference.conflicts(0) == ()


def test_parting_gives_back_every_byte(whole: Content) -> None:
    made = merged(whole, GROUPS)
    assert groups_in(made) == GROUPS
    assert not same(made, whole)
    assert same(parted(made), whole)
    assert parted(whole) is whole
    assert merged(whole, []) is whole


def test_what_merging_does_not_touch_stays_the_same_object(whole: Content) -> None:
    made = merged(whole, GROUPS)
    for name in ("party.id", "party.name", "party.identifier", "party.particular"):
        assert made.texts[name] is whole.texts[name]
    assert made.arrays["party.identifier_start"] is whole.arrays["party.identifier_start"]
    assert made.arrays["lookup.name_hash"] is whole.arrays["lookup.name_hash"]


@given(data=st.data())
def test_any_grouping_can_be_taken_back(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    size = data.draw(st.integers(2, 9))
    ids = st.integers(0, size - 1)
    rows = data.draw(st.lists(st.tuples(ids, ids, st.integers(0, 100), st.sampled_from("xyz"))))
    lines = "\n".join(f"N{a},N{b},{share},{source},s," for a, b, share, source in rows)
    parties = "id,jurisdiction,lists\n" + "\n".join(
        f"N{at},{data.draw(st.sampled_from(['', 'XA', 'XB']))},"
        f"{data.draw(st.sampled_from(['', 'l', 'm']))}"
        for at in range(size)
    )
    whole = content(tmp_path_factory.mktemp("any"), parties, lines)
    colour = data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    groups = [tuple(at for at in range(size) if colour[at] == one) for one in range(4)]
    several = [group for group in groups if len(group) > 1]
    made = merged(whole, several)
    assert same(parted(made), whole)
    assert sorted(groups_in(made)) == sorted(several)
    total = len(whole.arrays["interest.holder"])
    assert len(made.arrays["interest.holder"]) == total


@pytest.mark.parametrize(
    ("second", "low", "high", "flags"),
    [
        ("60,two", 60, 60, ()),
        ("60,one", 60, 60, ()),
        ("55,two", 55, 60, ("sources_differ",)),
        ("20,one", 60, 80, ("rows_differ",)),
        (",two", 60, 60, ()),
    ],
    ids=["two sources", "one source twice", "two sources differ", "one source differs", "unstated"],
)
def test_one_holding_stated_of_both_is_fused_never_added(
    tmp_path: Path, second: str, low: int, high: int, flags: tuple[str, ...]
) -> None:
    whole = content(
        tmp_path, "id,headquarters\nA1,XA\nA2,XA\nB1,XB\nB2,XB", f"A1,B1,60,one,,\nA2,B2,{second},,"
    )
    reference = Reference(merged(whole, [(0, 1), (2, 3)]))
    answer = attribute_all(
        reference, load_rule("product"), day_or_today("2026-01-01"), seeds=["A1"]
    )
    found = next(one for one in answer.findings if one.id == "B1")
    assert [int(end * 100) for end in (found.share.minimum, found.share.maximum)] == [low, high]
    assert found.flags == flags
