"""A log that is checked: it holds, or what was changed is named."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.adapters.ledger.logs import AT, DIGEST, EVIDENCE, KEY, filled, leaf, sealed_of

from clearance.adapters.ledger.export import export
from clearance.adapters.ledger.kept import StoreKept
from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.source import FiledLog, Folder
from clearance.adapters.ledger.writer import LogWriter, create
from clearance.ledger.checkpoint import Checkpoint
from clearance.ledger.entry import Kind, entry_bytes
from clearance.ledger.keys import Signer
from clearance.ledger.note import Note, note
from clearance.model.errors import ClearanceError, IntegrityError, StorageError
from clearance.model.plain import Json
from clearance.usecases.log_acts import erasure
from clearance.usecases.log_findings import LogFindings
from clearance.usecases.verify_log import verify_log

COUNT = 300


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> str:
    return filled(tmp_path_factory.mktemp("log") / "log.db", COUNT)


@pytest.fixture(scope="module")
def exported(original: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    with LogReader.open(original) as reader:
        export(reader, folder)
    return folder


@pytest.fixture
def place(original: str, tmp_path: Path) -> str:
    return str(shutil.copy(original, tmp_path / "log.db"))


def verified(place: str, earlier: Note | None = None) -> LogFindings:
    with LogReader.open(place) as reader:
        return verify_log(reader, [KEY.verifier], StoreKept(reader.store), earlier=earlier)


def filed(folder: Path) -> LogFindings:
    return verify_log(FiledLog(Folder(folder)), [KEY.verifier])


def told(found: LogFindings) -> list[str]:
    return [f"{one.place}: {one.what}" for one in found.flaws]


def changed(place: str, statement: str, *values: object) -> None:
    held = sqlite3.connect(place)
    with held:
        assert held.execute(statement, values).rowcount > 0
    held.close()


def test_a_whole_log_holds(original: str, exported: Path) -> None:
    found = verified(original)
    assert told(found) == []
    assert (found.origin, found.size, found.erased, found.aside) == (KEY.name, COUNT, 1, True)
    assert found.kinds == {Kind.DECISION: COUNT - 1, Kind.ERASURE: 1}
    assert told(filed(exported)) == []


def test_an_empty_log_holds(tmp_path: Path) -> None:
    create(str(tmp_path / "log.db"), KEY)
    assert verified(str(tmp_path / "log.db")).holds


CHANGES = {
    "UPDATE ledger_entry SET leaf = cast(replace(cast(leaf AS TEXT), '{}', '[]') AS BLOB)"
    " WHERE at = 7": "entry 7: is not the one that was signed",
    "UPDATE ledger_entry SET leaf = x'7b7d' WHERE at = 299": "entry 299: is not the one",
    "UPDATE ledger_entry SET id = 'x' WHERE at = 7": "entry 7: is stored under another id",
    "DELETE FROM ledger_entry WHERE at = 7": "tile/entries/000: is missing",
    "DELETE FROM ledger_entry WHERE at = 299": "tile/entries/001.p/44: is missing",
    "INSERT INTO ledger_entry VALUES (300, 'x', x'7b7d', x'')": "entry 300: is no part",
    "UPDATE ledger_tile SET hashes = zeroblob(8192) WHERE at = 0 AND level = 0":
        "tile/0/000: the hash of entry 99 was changed",
    "UPDATE ledger_tile SET hashes = zeroblob(32) WHERE level = 1": "tile/1/000.p/1: hash 0",
    "DELETE FROM ledger_tile WHERE level = 1": "tile/1/000.p/1: is missing",
    "DELETE FROM ledger_tile WHERE level = 0 AND at = 1": "tile/0/001.p/44: is missing",
    "UPDATE ledger_tile SET hashes = cast(hashes || x'00' AS BLOB) WHERE at = 1":
        "tile/0/001.p/45: is no part",
    "INSERT INTO ledger_tile VALUES (3, 0, x'00')": "tile/3/000.p/1: is no part",
    "UPDATE ledger_entry SET sealed = cast(substr(sealed, 1, 8) || zeroblob(16)"
    " || substr(sealed, 25) AS BLOB) WHERE at = 9": "entry 9: the sealed ip was changed",
    "UPDATE ledger_entry SET sealed = cast(replace(sealed, '192.', '193.') AS BLOB) WHERE at = 9":
        "entry 9: the sealed ip was changed",
    "UPDATE ledger_entry SET sealed = cast(replace(sealed, 'account-9', 'account-8') AS BLOB)"
    " WHERE at = 9": "entry 9: the sealed ip was changed",
    "UPDATE ledger_entry SET sealed = x'91' WHERE at = 9":
        "entry 9: a sealed damaged value is kept",
    "UPDATE ledger_entry SET sealed = x'' WHERE at = 9":
        "entry 9: the sealed ip is missing; no entry erases",
    "UPDATE ledger_entry SET sealed = (SELECT sealed FROM ledger_entry WHERE at = 9)"
    " WHERE at = 299": "entry 299: a sealed ip is kept",
    "UPDATE ledger_evidence SET content = x'00'": "does not have that digest",
    "UPDATE ledger_log SET checkpoint = replace(checkpoint, '300', '299')": "checkpoint: the sig",
    "UPDATE ledger_log SET size = 299": "the stored size: is 299, the checkpoint covers 300",
    "UPDATE ledger_log SET key = replace(key, '+A', '+B')": "the stored key: is no Ed25519 key",
    "INSERT INTO ledger_cosigned VALUES (7, 'x')": "what witnesses signed at 7: is no checkpoint",
    "UPDATE ledger_log SET checkpoint = 'x'": "checkpoint: is no signed note",
}  # fmt: skip


@pytest.mark.parametrize(("statement", "flaw"), CHANGES.items(), ids=range(len(CHANGES)))
def test_what_was_changed_is_named(place: str, statement: str, flaw: str) -> None:
    changed(place, statement)
    assert any(flaw in one for one in told(verified(place))), told(verified(place))


def named_by(body: Json) -> bytes:
    return entry_bytes(Kind.DECISION, "d", AT, body)


NAMING = {
    "facts": {"facts": DIGEST},
    "end_customer": {"asked": {"end_customer": {"facts": DIGEST, "id": "c"}}},
    "origin": {"asked": {"origin": DIGEST}},
    "judgement": {"judgement": DIGEST},
    "policy": {"policy": {"digest": DIGEST, "id": "p"}},
}


@pytest.mark.parametrize(("name", "body"), NAMING.items())
def test_a_document_that_a_decision_names_and_that_is_gone_is_a_flaw(
    name: str, body: Json, tmp_path: Path
) -> None:
    place = str(tmp_path / "log.db")
    create(place, KEY)
    with LogWriter.open(place, KEY) as log:
        log.append(leaf("a"), "a")
        log.append(named_by(body), "d", evidence=[(DIGEST, EVIDENCE)])
        log.append(named_by(body), "d")
    assert told(verified(place)) == []
    changed(place, "DELETE FROM ledger_evidence")
    assert told(verified(place)) == [f"entry 1: its {name} is not kept: evidence {DIGEST}"]


FOREIGN: list[Json] = [
    {"asked": {"origin": 7}}, {"policy": "our-policy-7"}, {"judgement": "yes"}, {"facts": "0" * 63},
    [], "text", None, {"asked": [], "policy": {"digest": None}},
]  # fmt: skip


@pytest.mark.parametrize("body", FOREIGN, ids=str)
def test_a_decision_in_other_words_names_no_document(body: Json, tmp_path: Path) -> None:
    create(str(tmp_path / "log.db"), KEY)
    with LogWriter.open(str(tmp_path / "log.db"), KEY) as log:
        log.append(named_by(body), "d")
    assert told(verified(str(tmp_path / "log.db"))) == []


def test_a_history_written_anew_without_the_key_is_seen(place: str, tmp_path: Path) -> None:
    other = Signer(KEY.name, bytes(32))
    create(str(tmp_path / "other.db"), other)
    with LogWriter.open(str(tmp_path / "other.db"), other) as log:
        log.append(leaf("x"), "x")
    assert "no key of that log" in told(verified(str(tmp_path / "other.db")))[0]


def test_a_history_written_anew_with_the_key_differs_from_a_kept_checkpoint(
    place: str, tmp_path: Path
) -> None:
    kept = note(_checkpoint(place))
    anew = filled(tmp_path / "anew.db", COUNT + 1)
    assert verified(anew).holds
    assert told(verified(anew, kept)) == [
        "earlier checkpoint: the first 300 entries are not those it was signed over"
    ]
    shorter = filled(tmp_path / "shorter.db", 20)
    assert "covers 300 entries, the log has 20" in told(verified(shorter, kept))[0]
    assert verified(place, kept).holds
    other = Checkpoint("example.org/other", 1, bytes(32))
    strange = other.signed(Signer("example.org/other", bytes(32)))
    assert "no key of that log" in told(verified(place, strange))[0]


def _checkpoint(place: str) -> str:
    with LogReader.open(place) as reader:
        return reader.checkpoint()


def test_an_earlier_checkpoint_of_a_log_that_grew_is_its_beginning(place: str) -> None:
    kept = note(_checkpoint(place))
    with LogWriter.open(place, KEY) as log:
        for at in range(300):
            log.append(leaf(f"n{at}"), f"n{at}")
    assert told(verified(place, kept)) == []


def _flips(folder: Path) -> Iterator[tuple[Path, int]]:
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        size = file.stat().st_size
        step = 1 if size < 400 else size // 97
        for at in range(0, size, step):
            yield file, at


def test_a_flipped_bit_in_any_exported_file_is_found_and_named(exported: Path) -> None:
    named = 0
    for file, at in _flips(exported):
        before = file.read_bytes()
        data = bytearray(before)
        data[at] ^= 1 << at % 8
        file.write_bytes(data)
        places = [one.place for one in filed(exported).flaws]
        file.write_bytes(before)
        path = str(file.relative_to(exported))
        expected = "checkpoint" if path == "checkpoint" else re.sub(r"^tile/entries/.*", "", path)
        assert places, (path, at)
        assert any(place == path or place.startswith(expected or "entry ") for place in places), (
            path,
            at,
            places,
        )
        named += 1
    assert named > 500


def test_a_flipped_bit_in_the_database_file_is_found_or_changes_nothing(
    original: str, tmp_path: Path
) -> None:
    before = Path(original).read_bytes()
    copy = tmp_path / "flipped.db"
    contents = _dump(original)
    found = 0
    for at in range(0, len(before), 811):
        data = bytearray(before)
        data[at] ^= 1 << at % 8
        copy.write_bytes(data)
        for beside in tmp_path.glob("flipped.db-*"):
            beside.unlink()
        try:
            flaws = verified(str(copy)).flaws
        except ClearanceError:
            found += 1
            continue
        if flaws:
            found += 1
        else:
            assert _dump(str(copy)) == contents, at
    assert found > 50


def _dump(place: str) -> list[object]:
    """All that the log means, in order."""
    held = sqlite3.connect(f"file:{place}?mode=ro", uri=True)
    try:
        return [
            held.execute(f"SELECT * FROM ledger_{one} ORDER BY 1, 2").fetchall()
            for one in ("log", "entry", "tile", "evidence", "cosigned")
        ]
    finally:
        held.close()


def test_an_export_grows_with_its_log_and_takes_no_other(place: str, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    for round in range(3):
        with LogReader.open(place) as reader:
            said = export(reader, folder)
        assert said.size == COUNT + 400 * round
        assert told(filed(folder)) == []
        with LogWriter.open(place, KEY) as log:
            for at in range(400):
                log.append(leaf(f"r{round}-{at}"), f"r{round}-{at}")
    small = filled(tmp_path / "small.db", 3)
    with LogReader.open(small) as reader, pytest.raises(IntegrityError, match="holds 1100"):
        export(reader, folder)
    other = Signer("example.org/other", bytes(32))
    create(str(tmp_path / "other.db"), other)
    with (
        LogReader.open(str(tmp_path / "other.db")) as reader,
        pytest.raises(StorageError, match=r"holds the log example\.org/log"),
    ):
        export(reader, folder)


def test_an_erased_value_is_gone_from_the_file_and_every_receipt_stays(place: str) -> None:
    with LogReader.open(place) as reader:
        receipts = [reader.receipt(at) for at in range(3)]
        stored = [reader.at(at) for at in range(3)]
    assert [one and one.sealed for one in stored] == [(), (sealed_of(1),), (sealed_of(2),)]
    for receipt, one in zip(receipts, stored, strict=True):
        assert one is not None
        assert receipt.flaw(one.leaf, [KEY.verifier]) == ""
    files = [Path(place), *Path(place).parent.glob("log.db-*")]
    assert not any(b"192.0.2.0\x00" in file.read_bytes() for file in files)
    assert not any(sealed_of(0).subject.encode() in file.read_bytes() for file in files)
    assert any(sealed_of(7).subject.encode() in file.read_bytes() for file in files)


def test_a_log_is_verified_while_it_is_written_and_erased_from(place: str) -> None:
    with LogWriter.open(place, KEY) as log, LogReader.open(place) as reader, reader.steady():
        assert reader.head().size == COUNT
        log.submit(leaf("later"), "later").result(30)
        places = [(at, "ip") for at in range(1, 9)]
        log.erase(erasure("f", "", places, "asked for"), "f", places).result(30)
        found = verify_log(reader, [KEY.verifier], StoreKept(reader.store))
        assert (told(found), found.size) == ([], COUNT)
    found = verified(place)
    assert (told(found), found.size, found.erased) == ([], COUNT + 2, 9)


def test_what_is_no_entry_in_a_log_is_named(tmp_path: Path) -> None:
    place = str(tmp_path / "log.db")
    create(place, KEY)
    with LogWriter.open(place, KEY) as log:
        log.append(b"no entry", "a")
        log.append(entry_bytes(Kind.GAP, "b", "", {"lost": "x"}), "b")
        log.append(entry_bytes(Kind.ERASURE, "c", "", []), "c")
    assert [one.split(":")[0] for one in told(verified(place))] == ["entry 0", "entry 1", "entry 2"]
