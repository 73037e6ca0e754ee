"""A snapshot as a source of candidates: who is found, by which name, in what order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearance.adapters.formats.source import open_source
from clearance.adapters.matching.source import Candidates, candidates_of
from clearance.adapters.snapshot.builder import with_names
from clearance.adapters.snapshot.compile import compile_supplies
from clearance.adapters.snapshot.load import supply_of
from clearance.adapters.snapshot.reference import Reference
from clearance.matching.candidates import Sought
from clearance.matching.text.form import name_form
from clearance.model.errors import IntegrityError
from clearance.model.party import Identifier

PARTIES = """id,name,kind,jurisdiction,identifiers,other_names
A,Aurora Holdings Ltd,entity,XA,XI-LEI:A1,Morgenrot AG
B,Borealis Shipping GmbH,entity,XB,,
C,Aurora Holding Limited,entity,XB,,
D,Ромашка ООО,entity,XC,,
E,株式会社明光商事,entity,XD,,
F,Jonna Wessik,person,,,
"""


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    path = tmp_path_factory.mktemp("names") / "parties.csv"
    path.write_text(PARTIES)
    compiled = compile_supplies(supply_of(source) for source in open_source(path))
    return Reference(with_names(compiled.content))


@pytest.fixture(scope="module")
def source(reference: Reference) -> Candidates:
    return candidates_of(reference)


@pytest.mark.parametrize(
    ("name", "country", "first"),
    [
        ("Aurora Holdings", "XA", "A"),
        ("AURORA HOLDINGS LIMITED", "XA", "A"),
        ("Aurora Holding", "XB", "C"),
        ("Holdings Aurora", "XA", "A"),
        ("Morgenrot", "", "A"),
        ("morgen rot ag", "XA", "A"),
        ("Borelais Shiping", "", "B"),
        ("BorealisShipping", "XB", "B"),
        ("Borealis Shipping", "XA", "B"),
        ("Romashka", "XC", "D"),
        ("明光商事", "XD", "E"),
        ("明光商亊", "XD", "E"),
        ("Wessik, Jonna", "", "F"),
    ],
)
def test_a_name_finds_its_party_first(
    source: Candidates, reference: Reference, name: str, country: str, first: str
) -> None:
    (found,) = source.search([Sought((name_form(name),), (country,) if country else ())])
    assert reference.id(found[0].party) == first


@pytest.mark.parametrize("name", ["", "   ", "...", "\u202e"])
def test_a_name_of_nothing_finds_nobody(source: Candidates, name: str) -> None:
    assert source.search([Sought((name_form(name),))]) == [()]


def test_a_name_like_no_other_may_find_nobody(source: Candidates) -> None:
    assert source.search([Sought((name_form("Zyqxv"),))]) == [()]


@pytest.mark.parametrize("far", [0.0, 0.3, 0.9, 1.0])
def test_who_is_less_alike_than_a_part_of_the_best_is_left_out(
    source: Candidates, far: float
) -> None:
    asked = [
        Sought((name_form(name),)) for name in ("Aurora Holdings", "Borelais Shiping", "Zyqxv")
    ]
    everybody, near = source.search(asked), source.search(asked, far=far)
    for some, left in zip(everybody, near, strict=True):
        assert list(left) == [one for one in some if one.likeness >= some[0].likeness * far]
    assert far < 1.0 or len(near[0]) < len(everybody[0])


def test_a_candidate_says_by_which_of_its_names_it_was_found(source: Candidates) -> None:
    (found,) = source.search([Sought((name_form("Morgenrot"),))])
    assert found[0].name == "Morgenrot AG"


def test_several_names_of_one_record_find_each_party_once(
    source: Candidates, reference: Reference
) -> None:
    forms = (name_form("Morgenrot"), name_form("Aurora Holdings"))
    (found,) = source.search([Sought(forms, ("XA",))])
    ids = [reference.id(candidate.party) for candidate in found]
    assert ids[0] == "A"
    assert len(ids) == len(set(ids))


def test_an_identifier_finds_who_carries_it(source: Candidates) -> None:
    assert source.by_identifiers([Identifier("XI-LEI", "a1"), Identifier("XI-LEI", "A2")]) == [
        (0,),
        (),
    ]


def test_how_many_names_hold_a_word(source: Candidates) -> None:
    assert (source.count("aurora"), source.count("shipping"), source.count("nobody")) == (2, 1, 0)


def test_a_record_may_leave_out_names_that_were_not_asked_for(
    source: Candidates, reference: Reference
) -> None:
    assert source.record(0).names == ("Aurora Holdings Ltd", "Morgenrot AG")
    assert source.record(0, "Morgenrot AG") == reference.record(0)


def test_a_snapshot_without_an_index_of_names_is_refused(reference: Reference) -> None:
    arrays = {
        name: array
        for name, array in reference.content.arrays.items()
        if not name.startswith("match.")
    }
    with pytest.raises(IntegrityError, match="no index of names"):
        candidates_of(Reference(replace(reference.content, arrays=arrays)))
