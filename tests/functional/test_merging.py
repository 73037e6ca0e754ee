"""The same companies out of four formats become one party each, told, judged and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clearance.adapters.snapshot.folder import open_folder
from clearance.bootstrap import merging, referencing
from clearance.cli.app import app
from clearance.model.errors import InputError, StorageError

ROW = "12 Alder Row"
GLEIF = [
    {
        "LEI": "529900T8BM49AURSDO55",
        "Entity": {
            "LegalName": "Alder Holdings Limited",
            "LegalJurisdiction": "XA",
            "LegalAddress": {"FirstAddressLine": ROW, "City": "Alderton", "Country": "XA"},
            "RegistrationAuthority": {
                "RegistrationAuthorityID": "RA000585",
                "RegistrationAuthorityEntityID": "686734",
            },
        },
    }
]
PSC = [
    {
        "company_number": "00686734",
        "data": {
            "kind": "individual-person-with-significant-control",
            "name": "Pat",
            "natures_of_control": ["ownership-of-shares-50-to-75-percent"],
            "links": {"self": "/company/00686734/p"},
        },
    }
]
BODS = [
    {
        "statementId": f"s-{record}",
        "recordId": record,
        "recordType": "entity",
        "recordDetails": {
            "entityType": {"type": "registeredEntity"},
            "name": name,
            "jurisdiction": {"code": "XA"},
            "identifiers": [{"scheme": "XI-LEI", "id": lei}] if lei else [],
            "addresses": [{"type": "registered", "address": f"{ROW}, Alderton", "country": "XA"}],
        },
    }
    for record, name, lei in (
        ("b1", "ALDER HOLDINGS LTD", "529900T8BM49AURSDO55"),
        ("b2", "Elm", ""),
    )
] + [
    {
        "statementId": "s-r",
        "recordId": "r",
        "recordType": "relationship",
        "recordDetails": {
            "subject": "b2",
            "interestedParty": "b1",
            "interests": [
                {"type": "shareholding", "directOrIndirect": "direct", "share": {"exact": 60}}
            ],
        },
    }
]
FTM = [
    {
        "id": "f1",
        "schema": "Company",
        "properties": {
            "name": ["Alder Holdings"],
            "jurisdiction": ["XA"],
            "address": [f"{ROW}, Alderton, XA"],
        },
        "datasets": ["registry"],
    },
    {
        "id": "f2",
        "schema": "Company",
        "properties": {"name": ["Elm"], "jurisdiction": ["XA"]},
        "datasets": ["registry"],
    },
    {
        "id": "f3",
        "schema": "Ownership",
        "properties": {"owner": ["f1"], "asset": ["f2"], "percentage": ["60"]},
        "datasets": ["registry"],
    },
]
ALDER = ("GB-COH-00686734", "XI-LEI-529900T8BM49AURSDO55", "b1", "f1")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("merging")
    paths = []
    for name, records in (("lei", GLEIF), ("psc", PSC), ("bods", BODS), ("ftm", FTM)):
        path = folder / f"{name}.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
        paths.append(path)
    referencing.build_reference(folder / "built", paths)
    return folder / "built"


def members(folder: Path, id: str) -> tuple[str, ...]:
    """Every id that the party of an id answers to."""
    reference = open_folder(folder)
    index = reference.index(id)
    assert index is not None
    return reference.ids(index)


def test_a_company_of_four_formats_is_one_party(snapshot: Path, tmp_path: Path) -> None:
    report = merging.merge_reference(snapshot, tmp_path / "out")
    assert (report.parties, report.members) == (1, 4)
    assert dict(report.ties) == {"number": 2, "name": 3}
    assert all(members(tmp_path / "out", id) == ALDER for id in ALDER)
    assert not referencing.validate_snapshot(tmp_path / "out").faults
    (party,), _ = merging.merges_of(tmp_path / "out", "f1")
    assert {(tie.one, tie.other, tie.text) for tie in party.ties if tie.by == "number"} == {
        (ALDER[0], ALDER[1], "both carry GB-COH 00686734"),
        (ALDER[1], "b1", "both carry XI-LEI 529900T8BM49AURSDO55"),
    }
    assert merging.merges_of(tmp_path / "out", "f2") == ([], [])


def test_the_same_input_gives_the_same_bytes(snapshot: Path, tmp_path: Path) -> None:
    first = merging.merge_reference(snapshot, tmp_path / "one").digest
    assert merging.merge_reference(snapshot, tmp_path / "two").digest == first
    assert merging.merge_reference(tmp_path / "one", tmp_path / "again").digest == first


def test_a_judgement_keeps_apart_joins_and_stays(snapshot: Path, tmp_path: Path) -> None:
    judged = tmp_path / "resolver.ijson"
    judged.write_text(
        '["f1", "b1", "negative", null, "ann", null]\n["f2", "b2", "positive", null, "ann", null]\n'
    )
    merging.merge_reference(
        snapshot, tmp_path / "out", judgements=judged, export=tmp_path / "export"
    )
    assert members(tmp_path / "out", "b1") == ALDER[:3]
    assert members(tmp_path / "out", "f1") == ("f1",)
    assert members(tmp_path / "out", "f2") == ("b2", "f2")
    (refused,) = merging.merges_of(tmp_path / "out", "f1")[1][:1]
    assert refused.because == "judged different by ann"
    lines = [json.loads(line) for line in (tmp_path / "export").read_text().splitlines()]
    assert ["f1", "b1", "negative", None, "ann", None] in lines
    assert ["b1", ALDER[1], "positive", None, "clearance", None] in lines
    again = merging.merge_reference(tmp_path / "out", tmp_path / "again")
    assert members(tmp_path / "again", "f1") == ("f1",)
    assert again.judgements == 2


def test_holdings_of_both_registers_are_fused(snapshot: Path, tmp_path: Path) -> None:
    judged = tmp_path / "resolver.ijson"
    judged.write_text('["f2", "b2", "positive", null, "ann", null]\n')
    merging.merge_reference(snapshot, tmp_path / "out", judgements=judged)
    reference = open_folder(tmp_path / "out")
    rows = reference.interests_in("f2")
    assert [(row.interested_party, row.subject) for row in rows] == [(ALDER[0], "b2")] * 2
    assert len({row.source for row in rows}) == 2


def test_split_takes_one_out_and_keeps_it_out(snapshot: Path, tmp_path: Path) -> None:
    merging.merge_reference(snapshot, tmp_path / "merged")
    merging.split_reference(tmp_path / "merged", tmp_path / "split", ["f1"])
    assert members(tmp_path / "split", "f1") == ("f1",)
    assert members(tmp_path / "split", "b1") == ALDER[:3]
    merging.merge_reference(tmp_path / "split", tmp_path / "again")
    assert members(tmp_path / "again", "f1") == ("f1",)


def test_what_cannot_be_done_is_told(snapshot: Path, tmp_path: Path) -> None:
    merging.merge_reference(snapshot, tmp_path / "merged")
    for ids, complaint in (
        (["f2"], "is merged with nobody"),
        (["zz"], "no such party"),
        (list(ALDER), "the ids named are a whole group"),
    ):
        with pytest.raises(InputError, match=complaint):
            merging.split_reference(tmp_path / "merged", tmp_path / "out", ids)
    with pytest.raises(StorageError, match="is there already"):
        merging.merge_reference(snapshot, tmp_path / "merged")
    assert not (tmp_path / "out").exists()


def test_unchanged_parts_are_shared_between_the_folders(snapshot: Path, tmp_path: Path) -> None:
    merging.merge_reference(snapshot, tmp_path / "out")
    for name in ("party.name.arrow", "party.id.arrow", "match.0.text.npy", "rejects.jsonl"):
        made, base = (tmp_path / "out" / name), snapshot / name
        assert made.read_bytes() == base.read_bytes()
        assert made.stat().st_ino == base.stat().st_ino or made.stat().st_dev != base.stat().st_dev


def test_the_commands_say_what_was_done(snapshot: Path, tmp_path: Path) -> None:
    run = CliRunner()
    done = run.invoke(app, ["reference", "merge", str(snapshot), str(tmp_path / "out")])
    assert done.exit_code == 0
    assert "4 parties became 1; by name 3, number 2" in done.output
    told = run.invoke(app, ["reference", "merges", str(tmp_path / "out"), "--explain", "f1"])
    assert "GB-COH-00686734 stands for XI-LEI-529900T8BM49AURSDO55, b1, f1" in told.output.replace(
        "\n", " "
    ).replace("  ", " ")
    parted = run.invoke(
        app, ["reference", "split", str(tmp_path / "out"), str(tmp_path / "split"), "f1", "b1"]
    )
    assert parted.exit_code == 0
    as_json = run.invoke(app, ["reference", "merges", str(tmp_path / "split"), "--format", "json"])
    document = json.loads(as_json.output)
    assert [one["members"] for one in document["merges"]] == [list(ALDER[:2]), ["b1", "f1"]]
