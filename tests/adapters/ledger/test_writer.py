"""A log that is written: what is promised is stored, what is acknowledged is proved."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest

from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.writer import LogWriter, create
from clearance.ledger.entry import Kind, Sealed, framed
from clearance.ledger.keys import Signer
from clearance.ledger.receipt import receipt
from clearance.ledger.tree import leaf_hash
from clearance.model.errors import InputError, IntegrityError, StorageError

KEY = Signer("example.org/log", bytes(range(32)))
WAIT = 20


def leaf(id: str, *sealed: Sealed) -> bytes:
    return framed(Kind.DECISION, id, "2026-01-05T09:00:00Z", b"{}", sealed)


@pytest.fixture
def place(tmp_path: Path) -> str:
    made = str(tmp_path / "log.db")
    create(made, KEY)
    return made


def test_a_submitted_entry_is_answered_with_a_receipt_that_proves_it(place: str) -> None:
    with LogWriter.open(place, KEY) as log:
        for at in range(300):
            logged = log.submit(leaf(f"d{at}"), f"d{at}").result(WAIT)
            assert logged.index == at
            found = receipt(logged.receipt.decode())
            assert found.flaw(leaf(f"d{at}"), [KEY.verifier]) == ""
            assert found.checkpoint.size == log.size == at + 1


def test_promised_entries_are_stored_in_order_and_can_be_proved(place: str) -> None:
    with LogWriter.open(place, KEY) as log:
        promised = [log.append(leaf(f"d{at}"), f"d{at}") for at in range(1000)]
    with LogReader.open(place) as reader:
        for at in (0, 255, 256, 999):
            stored = reader.entry(f"d{at}")
            assert stored is not None
            assert (stored.index, leaf_hash(stored.leaf)) == (at, promised[at])
            assert reader.receipt(at).flaw(stored.leaf, [KEY.verifier]) == ""
        assert reader.entry("d1000") is None
        with pytest.raises(InputError, match="no entry 1000"):
            reader.receipt(1000)


def test_threads_share_a_writer_and_nothing_is_lost(place: str) -> None:
    with LogWriter.open(place, KEY, bound=64) as log:

        def write(thread: int) -> None:
            for at in range(200):
                id = f"t{thread}-{at}"
                if at % 20:
                    log.append(leaf(id), id)
                else:
                    assert log.submit(leaf(id), id).result(WAIT).leaf_hash == leaf_hash(leaf(id))

        threads = [Thread(target=write, args=(at,)) for at in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    with LogReader.open(place) as reader:
        assert reader.head().size == 800
        ids = [one.id for one in reader.store.entries(0, 800)]
    for thread in range(4):
        assert [id for id in ids if id.startswith(f"t{thread}-")] == [
            f"t{thread}-{at}" for at in range(200)
        ]


def test_sealed_values_are_kept_aside(place: str) -> None:
    sealed = Sealed("ip", bytes(16), "192.0.2.1\x00", "account \ud800")
    with LogWriter.open(place, KEY) as log:
        log.submit(leaf("a", sealed), "a", [sealed]).result(WAIT)
    with LogReader.open(place) as reader:
        stored = reader.entry("a")
        assert stored is not None
        assert stored.sealed == (sealed,)
        assert b"192.0.2.1" not in stored.leaf
        assert reader.store.sealed_of("account \ud800") == [(0, "ip")]


def test_evidence_is_stored_with_its_entry_and_once(place: str) -> None:
    content = b"what was known"
    digest = sha256(content).hexdigest()
    with LogWriter.open(place, KEY) as log:
        log.submit(leaf("a"), "a", (), [(digest, content)]).result(WAIT)
        log.append(leaf("b"), "b", (), [(digest, content)])
    with LogReader.open(place) as reader:
        assert reader.evidence(digest) == content
        assert list(reader.store.all_evidence()) == [(digest, content)]
        assert reader.evidence("0" * 64) is None


def test_a_log_is_taken_up_where_it_ended(place: str) -> None:
    for at in range(5):
        with LogWriter.open(place, KEY) as log:
            assert (log.found.size, log.found.killed, log.lost) == (at * 100, False, 0)
            for one in range(100):
                log.append(leaf("x"), f"{at}-{one}")


def test_a_second_writer_is_refused(place: str) -> None:
    with (
        LogWriter.open(place, KEY),
        pytest.raises(StorageError, match="written by another process"),
    ):
        LogWriter.open(place, KEY)
    LogWriter.open(place, KEY).close()


def test_a_log_is_made_once(place: str) -> None:
    with pytest.raises(StorageError, match="is there already"):
        create(place, KEY)


def test_another_key_cannot_go_on(place: str) -> None:
    other = Signer(KEY.name, bytes(32))
    with pytest.raises(IntegrityError, match="another key"):
        LogWriter.open(place, other)


def test_there_must_be_a_log(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no log"):
        LogWriter.open(str(tmp_path / "none.db"), KEY)
    with pytest.raises(StorageError, match="no log"):
        LogReader.open(str(tmp_path / "none.db"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("id", ["ü", "\n", "\x00"])
def test_an_id_that_no_database_would_take_is_refused_at_the_door(place: str, id: str) -> None:
    with LogWriter.open(place, KEY) as log, pytest.raises(InputError, match="printable ASCII"):
        log.append(b"", id)


def test_an_entry_beyond_two_bytes_of_length_is_refused(place: str) -> None:
    with LogWriter.open(place, KEY) as log:
        log.append(bytes(65_535), "a")
        with pytest.raises(InputError, match="too large"):
            log.append(bytes(65_536), "b")


def test_a_closed_log_takes_nothing(place: str) -> None:
    log = LogWriter.open(place, KEY)
    log.close()
    with pytest.raises(StorageError, match="is closed"):
        log.append(leaf("a"), "a")


def test_what_static_files_would_hold_is_read_from_the_tables(place: str) -> None:
    with LogWriter.open(place, KEY) as log:
        for at in range(300):
            log.append(leaf(f"d{at}"), f"d{at}")
    with LogReader.open(place) as reader:
        assert reader.resource("checkpoint") == reader.head().checkpoint.encode()
        assert len(reader.resource("tile/0/000") or b"") == 8192
        assert len(reader.resource("tile/0/001.p/44") or b"") == 44 * 32
        bundle = reader.resource("tile/entries/001.p/44") or b""
        assert bundle[2:].startswith(leaf("d256"))
        for none in ("tile/0/001", "tile/0/002.p/1", "tile/entries/001", "tile/1/000.p/2", "x"):
            assert reader.resource(none) is None
