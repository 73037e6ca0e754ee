"""The public conformance pack for BODS 0.4: what it asks of whoever reads statements."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest
from tests.adapters.formats.reading import Read, band, flags, kind, read_file

from clearance.model.party import PartyKind

_PACK = import_module("bods_fixtures")
list_cases, load = _PACK.list_cases, _PACK.load


def read_case(folder: Path, name: str) -> Read:
    path = folder / "case.json"
    path.write_text(json.dumps(load(name).statements))
    return read_file(path)


@pytest.mark.parametrize("name", list_cases())
def test_every_statement_is_read_and_none_rejected(tmp_path: Path, name: str) -> None:
    read = read_case(tmp_path, name)
    assert (read.format, read.records) == ("bods", len(load(name).statements))
    assert read.rejects == []


@pytest.mark.parametrize("name", list_cases())
def test_lines_say_the_same_as_the_array(tmp_path: Path, name: str) -> None:
    path = tmp_path / "case.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in load(name).statements))
    assert read_file(path) == read_case(tmp_path, name)


def test_direct_ownership_keeps_both_interests_of_the_person(tmp_path: Path) -> None:
    read = read_case(tmp_path, "core/01-direct-ownership")
    assert sorted(kind(row) for row in read.interests) == ["shareholding", "votingRights"]
    assert [band(row) for row in read.interests] == ["75", "75"]
    assert len({row["interested_party"] for row in read.interests}) == 1


def test_neither_side_of_a_circle_is_dropped(tmp_path: Path) -> None:
    read = read_case(tmp_path, "edge-cases/10-circular-ownership")
    pairs = {(row["interested_party"], row["subject"]) for row in read.interests}
    assert len(pairs) == 2
    assert {(subject, holder) for holder, subject in pairs} == pairs
    assert [(band(row), flags(row)) for row in read.interests] == [("100", set())] * 2


def test_a_declared_unknown_owner_keeps_its_reason_and_gets_no_person(tmp_path: Path) -> None:
    read = read_case(tmp_path, "edge-cases/11-anonymous-person")
    (row,) = read.interests
    holder = read.party(row["interested_party"])
    assert (holder["kind"], holder["name"]) == (PartyKind.UNKNOWN, "")
    assert holder["unspecified"] == "subjectUnableToConfirmOrIdentifyBeneficialOwner"
    assert all(party["kind"] != PartyKind.PERSON for party in read.parties)
