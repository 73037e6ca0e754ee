"""The snapshot folder: whole or not at all, checked at opening, every byte accounted for."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.adapters.snapshot.tables import reference, write

from clearance.adapters.snapshot.builder import Builder
from clearance.adapters.snapshot.folder import check_digests, describe, open_folder
from clearance.adapters.snapshot.reference import Reference
from clearance.adapters.snapshot.validate import validate
from clearance.model.errors import InputError, IntegrityError, StorageError
from clearance.usecases.build_reference import build_reference

INTERESTS = (
    "interested_party,subject,share,minimum,start,statement,components,joint",
    "A,B,60,,2020,st-1,,",
    "C,B,,25,,st-2,D;E,",
    "A,F,40,,,st-3,,j1",
    "C,F,30,,,st-4,,j1",
    "A,B,101,,,st-5,,",
)
PARTIES = (
    "id,name,kind,jurisdiction,lists,identifiers,other_names",
    "A,Ann,person,XA,l1;l2,,Anna",
    "B,Béta Ltd,entity,XB,,XI-LEI:77,",
)


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    return [write(tmp_path, "i.csv", *INTERESTS), write(tmp_path, "p.csv", *PARTIES)]


def built(out: Path, sources: list[Path]) -> Path:
    build_reference(Builder(out, sources, created_by="clearance test", built="2024-05-06"))
    return out


@pytest.mark.parametrize("sparsely", [False, True])
def test_a_mapped_reference_says_what_the_one_in_memory_says(
    tmp_path: Path, sources: list[Path], sparsely: bool
) -> None:
    sources[0] = write(tmp_path, "i.csv", *INTERESTS[:-1])
    built(tmp_path / "out", sources)
    mapped, here = open_folder(tmp_path / "out", sparsely=sparsely), reference(*sources)
    assert list(mapped.party_ids()) == list(here.party_ids()) == ["A", "B", "C", "D", "E", "F"]
    for id in mapped.party_ids():
        assert mapped.party(id) == here.party(id)
        assert mapped.interests_in(id) == here.interests_in(id)
        assert mapped.interests_of(id) == here.interests_of(id)
    assert mapped.lookup_identifier("XI-LEI", "77") == (1,)
    assert mapped.lookup_name("BÉTA ltd.", "XB") == (1,)
    assert mapped.other_names(0) == ("Anna",)
    assert mapped.digest
    assert not here.digest


def test_a_text_that_is_gone_from_its_file_is_named(tmp_path: Path, sources: list[Path]) -> None:
    reference = open_folder(built(tmp_path / "out", sources), sparsely=True)
    assert reference.name(1) == "Béta Ltd"
    path = tmp_path / "out" / "party.name.arrow"
    kept = path.read_bytes()
    for left in (kept[: kept.index("Béta".encode()) + 3], b""):
        path.write_bytes(left)
        with pytest.raises(IntegrityError, match="a text lies outside the file"):
            reference.name(1)
    path.write_bytes(kept)
    assert reference.name(1) == "Béta Ltd"


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, sources: list[Path]) -> None:
    first, second = (built(tmp_path / name, sources) for name in ("one", "two"))
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def test_the_manifest_tells_where_everything_came_from(tmp_path: Path, sources: list[Path]) -> None:
    note = {"licence": "CC0", "retrieved": "2024-05-01", "url": "https://example.org/p.csv"}
    (tmp_path / "p.csv.source.json").write_text(json.dumps(note))
    manifest = describe(built(tmp_path / "out", sources))
    assert manifest.counts == {
        "parties": 6, "interests": 4, "records": 7, "replaced": 0, "stubs": 4, "conflicts": 0,
        "rejects": 1,
    }  # fmt: skip
    interests, parties = manifest.sources
    assert (interests.name, interests.format) == ("i.csv", "csv-interests")
    assert (interests.records, interests.rejects) == (5, 1)
    assert interests.size == sources[0].stat().st_size
    assert (parties.licence, parties.retrieved) == ("CC0", "2024-05-01")
    assert manifest.built == "2024-05-06"


def test_every_reject_is_listed(tmp_path: Path, sources: list[Path]) -> None:
    (line,) = (built(tmp_path / "out", sources) / "rejects.jsonl").read_text().splitlines()
    assert json.loads(line) == {
        "source": str(sources[0]),
        "line": 6,
        "field": "share",
        "reason": "'101' is outside 0 to 100; write a percentage of the whole",
    }


def test_what_is_there_is_never_overwritten(tmp_path: Path, sources: list[Path]) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(StorageError, match="is there already"):
        built(tmp_path / "out", sources)
    with pytest.raises(StorageError, match="no such folder"):
        built(tmp_path / "none" / "out", sources)
    assert list((tmp_path / "out").iterdir()) == []


def test_strict_leaves_nothing(tmp_path: Path, sources: list[Path]) -> None:
    builder = Builder(tmp_path / "out", sources, created_by="x", built="2024-05-06")
    report = build_reference(builder, strict=True)
    assert not report.digest
    assert [tally.count for tally in report.tallies] == [1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["i.csv", "p.csv"]


@pytest.mark.parametrize(
    "place", ["snapshot.folder.save", "snapshot.folder.write_manifest", "output_folder._settle"]
)
def test_a_failure_while_writing_leaves_nothing(
    tmp_path: Path, sources: list[Path], monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"clearance.adapters.{place}", fail)
    with pytest.raises(StorageError, match="No space left on device"):
        built(tmp_path / "out", sources)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["i.csv", "p.csv"]


def test_every_file_is_missed(tmp_path: Path, sources: list[Path]) -> None:
    out = built(tmp_path / "out", sources)
    for path in sorted(out.iterdir()):
        data = path.read_bytes()
        path.unlink()
        with pytest.raises(IntegrityError, match=path.name):
            open_folder(out)
        assert any(path.name in fault for fault in validate(out).faults)
        path.write_bytes(data)
    assert validate(out).faults == ()


def test_every_flipped_byte_is_found_by_the_digests(tmp_path: Path, sources: list[Path]) -> None:
    out = built(tmp_path / "out", sources)
    for path in sorted(out.iterdir()):
        data = path.read_bytes()
        for place in {0, len(data) // 2, len(data) - 1}:
            flipped = bytearray(data)
            flipped[place] ^= 1
            path.write_bytes(flipped)
            with pytest.raises(IntegrityError, match=path.name):
                check_digests(out)
            assert validate(out).faults, (path.name, place)
            path.write_bytes(data)
    assert check_digests(out).digest


def test_a_cut_or_longer_file_is_found_at_opening(tmp_path: Path, sources: list[Path]) -> None:
    out = built(tmp_path / "out", sources)
    for path in sorted(out.iterdir()):
        data = path.read_bytes()
        for changed in (data[:-1], data + b" "):
            if path.name == "manifest.json" and changed.strip() == data.strip():
                continue
            path.write_bytes(changed)
            with pytest.raises(IntegrityError, match=path.name):
                open_folder(out)
        path.write_bytes(data)


def test_a_file_that_does_not_belong_is_named(tmp_path: Path, sources: list[Path]) -> None:
    out = built(tmp_path / "out", sources)
    (out / "extra.txt").write_text("x")
    with pytest.raises(IntegrityError, match=r"extra\.txt: does not belong"):
        check_digests(out)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "no snapshot: it has no manifest.json"),
        ("[]", "is not the manifest of a snapshot"),
        ("{", "is not JSON"),
        ('{"format": "other"}', "is not the manifest of a snapshot"),
        ('{"format": "clearance-snapshot", "version": 99}', "has version 99, this program reads 2"),
        ('{"format": "clearance-snapshot", "version": 2}', "does not agree with its own digest"),
    ],
)
def test_a_foreign_folder_is_no_snapshot(tmp_path: Path, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(IntegrityError, match=message):
        open_folder(tmp_path)
    assert validate(tmp_path).faults


def test_nonsense_with_good_digests_is_found(tmp_path: Path, sources: list[Path]) -> None:
    builder = Builder(tmp_path / "out", sources, created_by="x", built="2024-05-06").compile()
    content = builder.compiled.content
    for name, value in (("interest.holder", 99), ("party.kind", 9), ("graph.subject_start", 9)):
        array = np.array(content.arrays[name])
        array[1] = value
        changed = dict(content.arrays) | {name: array}
        object.__setattr__(content, "arrays", changed)
    builder.write()
    faults = " ".join(validate(tmp_path / "out").faults)
    for name in ("interest.holder", "party.kind", "graph.subject_start"):
        assert name in faults


def test_files_of_no_known_format_are_named_not_skipped(
    tmp_path: Path, sources: list[Path]
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    for path in sources:
        path.rename(folder / path.name)
    (folder / "README").write_text("read me\n")
    (folder / "p.csv.source.json").write_text("{}")
    builder = Builder(tmp_path / "out", [folder], created_by="x", built="2024-05-06")
    report = build_reference(builder)
    assert [name.split(":")[0] for name in report.not_sources] == [str(folder / "README")]
    assert report.figures["parties"] == 6


def test_nothing_to_read_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no source among the files given"):
        built(tmp_path / "out", [tmp_path / "empty"])


def test_every_stored_file_is_documented(tmp_path: Path, sources: list[Path]) -> None:
    page = Path(__file__).parents[3] / "docs" / "formats" / "snapshot.md"
    text = page.read_text(encoding="utf-8")
    for path in built(tmp_path / "out", sources).iterdir():
        assert f"`{path.name}`" in text, path.name


def test_a_reference_of_a_snapshot_is_sized_like_it(tmp_path: Path, sources: list[Path]) -> None:
    found: Reference = open_folder(built(tmp_path / "out", sources))
    assert len(found) == found.graph.size == 6


def test_a_damaged_column_of_texts_is_told_and_never_read_outside(
    tmp_path: Path, sources: list[Path]
) -> None:
    out = built(tmp_path / "out", sources)
    path = out / "party.name.arrow"
    data = path.read_bytes()
    place = data.index(np.array([0, 3, 12], "<i8").tobytes()) + 8
    path.write_bytes(data[:place] + np.array([1 << 40], "<i8").tobytes() + data[place + 8 :])
    found = open_folder(out)
    with pytest.raises(IntegrityError, match=r"party\.name\.arrow: a text lies outside the file"):
        found.party("A")
    with pytest.raises(IntegrityError, match=r"party\.name\.arrow"):
        found.lookup_name("Ann")
