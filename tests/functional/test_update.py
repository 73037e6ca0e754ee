"""An update gives what a build from all sources gives, shares what is unchanged, stays merged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.adapters.snapshot.tables import write
from tests.adapters.snapshot.test_merging import same
from typer.testing import CliRunner

from clearance.adapters.matching.source import candidates_of
from clearance.adapters.snapshot.content import Content
from clearance.adapters.snapshot.folder import open_folder
from clearance.adapters.snapshot.merging import parted
from clearance.bootstrap import merging, referencing
from clearance.cli.app import app
from clearance.matching.candidates import Sought
from clearance.matching.text.form import name_form
from clearance.model.errors import StorageError

HEADER = "id,name,other_names,jurisdiction,identifiers"


@pytest.fixture
def first(tmp_path: Path) -> list[Path]:
    return [
        write(
            tmp_path, "registry.csv", HEADER,
            "B,Birch Works Ltd,,XA,XA-REG:2", "D,Dogwood Bank,Dogwood,XB,XB-REG:4",
            "F,Fir Estates,,XA,",
        ),
        write(tmp_path, "i.csv", "interested_party,subject,share", "B,D,60", "D,F,51"),
        write(tmp_path, "leis.csv", HEADER, "L,BIRCH WORKS,Bouleau,XA,XA-REG:2"),
    ]  # fmt: skip


@pytest.fixture
def later(tmp_path: Path) -> list[Path]:
    return [
        write(
            tmp_path, "later.csv", HEADER,
            "A,Ash Mining,,XA,", "D,Dogwood Trust,,XB,", "Z,Zelkova Shipping,,XC,",
        ),
        write(tmp_path, "j.csv", "interested_party,subject,share", "A,B,70", "Z,F,10"),
    ]  # fmt: skip


def names_put_aside(content: Content) -> Content:
    """The content without its index of names, of which an update has more than one lot."""
    kept = {name: one for name, one in content.arrays.items() if not name.startswith("match.")}
    return Content(kept, content.texts, content.tables, content.list_sets)


def found(folder: Path, name: str) -> set[str]:
    """The parties whose names an index finds most alike to a name."""
    reference = open_folder(folder)
    (answer,) = candidates_of(reference).search([Sought((name_form(name),), ())])
    return {reference.id(one.party) for one in answer if one.likeness > 0.9}


def test_an_update_is_what_all_sources_say(
    first: list[Path], later: list[Path], tmp_path: Path
) -> None:
    referencing.build_reference(tmp_path / "base", first)
    report = referencing.update_reference(tmp_path / "base", tmp_path / "out", later)
    whole = referencing.build_reference(tmp_path / "whole", [*first, *later])
    assert report.figures == whole.figures
    contents = [open_folder(tmp_path / name).content for name in ("out", "whole")]
    assert same(*map(names_put_aside, contents))
    assert not referencing.validate_snapshot(tmp_path / "out").faults
    sources = [one.name for one in referencing.snapshot_info(tmp_path / "out").sources]
    assert sources == ["registry.csv", "i.csv", "leis.csv", "later.csv", "j.csv"]


def test_every_name_is_found_by_the_index_of_an_update(
    first: list[Path], later: list[Path], tmp_path: Path
) -> None:
    referencing.build_reference(tmp_path / "base", first)
    referencing.update_reference(tmp_path / "base", tmp_path / "out", later)
    asked = {
        "Ash Mining": {"A"}, "Zelkova Shipping": {"Z"}, "Bouleau": {"L"}, "Fir Estates": {"F"},
        "Dogwood Trust": {"D"}, "Birch Works": {"B", "L"},
    }  # fmt: skip
    assert {name: found(tmp_path / "out", name) for name in asked} == asked
    assert (tmp_path / "out" / "match.1.party.npy").exists()


def test_the_index_of_names_is_shared_with_the_base(
    first: list[Path], later: list[Path], tmp_path: Path
) -> None:
    referencing.build_reference(tmp_path / "base", first)
    referencing.update_reference(tmp_path / "base", tmp_path / "out", later)
    index = sorted((tmp_path / "base").glob("match.0.*"))
    shared = [path.name for path in index if path.samefile(tmp_path / "out" / path.name)]
    assert [path.name for path in index if path.name not in shared] == ["match.0.party.npy"]


def test_many_updates_end_in_one_index(first: list[Path], tmp_path: Path) -> None:
    referencing.build_reference(tmp_path / "0", first)
    for number in range(1, 10):
        more = write(tmp_path, f"m{number}.csv", HEADER, f"N{number},Maple {number} Mills,,XA,")
        referencing.update_reference(tmp_path / f"{number - 1}", tmp_path / f"{number}", [more])
    lots = [len(list((tmp_path / f"{at}").glob("match.*.party.npy"))) for at in range(10)]
    assert lots == [1, 2, 3, 4, 5, 6, 7, 8, 1, 2]
    assert found(tmp_path / "9", "Maple 3 Mills") == {"N3"}


def test_what_was_merged_stays_merged(first: list[Path], later: list[Path], tmp_path: Path) -> None:
    referencing.build_reference(tmp_path / "base", first)
    merging.merge_reference(tmp_path / "base", tmp_path / "merged")
    report = referencing.update_reference(tmp_path / "merged", tmp_path / "out", later)
    reference = open_folder(tmp_path / "out")
    assert reference.index("L") == reference.index("B")
    assert [row.interested_party for row in reference.interests_in("L")] == ["A"]
    assert (report.figures["parties"], report.figures["merged"]) == (5, 1)
    assert merging.merges_of(tmp_path / "out", "L")[0][0].members == ("B", "L")
    whole = referencing.build_reference(tmp_path / "whole", [*first, *later])
    assert whole.figures["parties"] == 6
    assert same(
        names_put_aside(parted(reference.content)),
        names_put_aside(open_folder(tmp_path / "whole").content),
    )


def test_a_later_statement_of_a_record_replaces_and_a_source_may_say_more(tmp_path: Path) -> None:
    def statement(day: str, share: int) -> str:
        interest = {"type": "shareholding", "share": {"exact": share}}
        return json.dumps(
            {
                "statementId": f"s-{day}",
                "recordId": "r",
                "recordType": "relationship",
                "statementDate": day,
                "publicationDetails": {"publisher": {"name": "A register"}},
                "recordDetails": {"subject": "S", "interestedParty": "P", "interests": [interest]},
            }
        )

    old = write(tmp_path, "old.jsonl", statement("2024-01-01", 60))
    newer = write(tmp_path, "newer.jsonl", statement("2025-01-01", 40))
    oldest = write(tmp_path, "oldest.jsonl", statement("2023-01-01", 90))
    referencing.build_reference(tmp_path / "base", [old])
    for more, expected in ((newer, "s-2025-01-01"), (oldest, "s-2024-01-01")):
        out = tmp_path / more.stem
        referencing.update_reference(tmp_path / "base", out, [more])
        (row,) = open_folder(out).interests_in("S")
        assert row.statement == expected


def test_nothing_is_written_over_and_rejects_are_kept(first: list[Path], tmp_path: Path) -> None:
    bad = write(tmp_path, "bad.csv", "id,kind", "Q,tree", "R,")
    referencing.build_reference(tmp_path / "base", [*first, bad])
    run = CliRunner()
    words = ["reference", "update", str(tmp_path / "base"), str(tmp_path / "out")]
    worse = write(tmp_path, "worse.csv", "id,kind", "T,stone")
    assert run.invoke(app, [*words, str(worse), "--strict"]).exit_code == 1
    assert not (tmp_path / "out").exists()
    assert run.invoke(app, [*words, str(worse)]).exit_code == 0
    assert (tmp_path / "out" / "rejects.jsonl").read_text().count("\n") == 2
    with pytest.raises(StorageError, match="is there already"):
        referencing.update_reference(tmp_path / "base", tmp_path / "out", [worse])
