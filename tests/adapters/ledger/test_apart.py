"""A log that another process writes: the same promises, whichever of the two is killed."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from time import monotonic, sleep

import pytest
from tests.adapters.ledger.logs import DIGEST, EVIDENCE, KEY, WAIT, another_writer, leaf, sealed_of

from clearance.adapters.ledger.apart import LogApart
from clearance.adapters.ledger.kept import StoreKept
from clearance.adapters.ledger.opening import Found
from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.writer import LogWriter, create
from clearance.ledger.receipt import receipt
from clearance.model.errors import InputError, IntegrityError, StorageError
from clearance.usecases.log_acts import erasure
from clearance.usecases.verify_log import verify_log


@pytest.fixture
def place(tmp_path: Path) -> str:
    made = str(tmp_path / "log.db")
    create(made, KEY)
    return made


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "key"
    file.write_text(KEY.text + "\n")
    file.chmod(0o600)
    return file


def ids(place: str) -> list[str]:
    """Every entry of a log that holds, in order."""
    with LogReader.open(place) as reader:
        assert verify_log(reader, [KEY.verifier], StoreKept(reader.store)).flaws == []
        return [one.id for one in reader.store.entries(0, 10**6)]


def taken_up(place: str) -> Found:
    """What the next writer finds; it waits for what the one before still stores."""
    until = monotonic() + WAIT
    while True:
        try:
            with LogWriter.open(place, KEY) as log:
                return log.found
        except StorageError:
            assert monotonic() < until
            sleep(0.02)


def test_what_is_promised_and_what_is_awaited_is_stored_in_one_order(place: str, key: Path) -> None:
    with LogApart.open(place, key) as log:
        for at in range(300):
            sealed = sealed_of(at % 250)
            log.append(leaf(f"p{at}", sealed), f"p{at}", [sealed], [(DIGEST, EVIDENCE)])
            if at % 50 == 0:
                logged = log.submit(leaf(f"d{at}"), f"d{at}").result(WAIT)
                found = receipt(logged.receipt.decode())
                assert found.flaw(leaf(f"d{at}"), [KEY.verifier]) == ""
                assert (found.index, log.depth) == (log.size - 1, 0)
        log.erase(erasure("e", "now", [(0, "ip")], "asked"), "e", [(0, "ip")]).result(WAIT)
    assert (log.lost, log.trouble, log.size) == (0, "", 307)
    held = ids(place)
    assert [one for one in held if one[0] == "p"] == [f"p{at}" for at in range(300)]
    with LogReader.open(place) as reader:
        assert reader.evidence(DIGEST) == EVIDENCE
        stored = reader.at(2)
        assert stored is not None
        assert stored.sealed == (sealed_of(1),)
        assert reader.store.sealed(0) == {}
    assert taken_up(place) == Found(307)


def test_what_is_wrong_at_the_start_is_told_as_by_a_writer_here(
    place: str, key: Path, tmp_path: Path
) -> None:
    with pytest.raises(StorageError, match="there is no log"):
        LogApart.open(str(tmp_path / "none.db"), key)
    (tmp_path / "other").write_text("x")
    with pytest.raises(InputError, match="private key"):
        LogApart.open(place, tmp_path / "other")
    with another_writer(place), pytest.raises(StorageError, match="by another process"):
        LogApart.open(place, key)


def test_a_closed_log_takes_nothing(place: str, key: Path) -> None:
    log = LogApart.open(place, key)
    log.close()
    with pytest.raises(StorageError, match="is closed"):
        log.append(leaf("a"), "a")


def test_where_the_writing_process_is_killed_everybody_is_told_and_the_gap_is_counted(
    place: str, key: Path
) -> None:
    log = LogApart.open(place, key, pause=60)
    for at in range(5):
        log.append(leaf(f"stored-{at}"), f"stored-{at}")
    log.submit(leaf("acknowledged"), "acknowledged").result(WAIT)
    for at in range(7):
        log.append(leaf(f"lost-{at}"), f"lost-{at}")
    os.kill(log.pid, signal.SIGSTOP)
    awaited = log.submit(leaf("awaited"), "awaited")
    os.kill(log.pid, signal.SIGKILL)
    with pytest.raises(StorageError, match="has ended"):
        awaited.result(WAIT)
    with pytest.raises(StorageError, match="has ended"):
        log.append(leaf("refused"), "refused")
    assert "has ended" in log.trouble
    assert log.lost == 7
    with pytest.raises(StorageError, match="start again"):
        log.close()
    assert taken_up(place) == Found(6, killed=True, lost=7)
    assert ids(place) == [*(f"stored-{at}" for at in range(5)), "acknowledged", "gap-6"]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_where_the_deciding_process_is_killed_what_it_handed_over_is_stored(
    place: str, key: Path, how: signal.Signals
) -> None:
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        log = LogApart.open(place, key, pause=60)
        for at in range(2_000):
            log.append(leaf(f"p{at}"), f"p{at}")
            if at == 1_000:
                log.submit(leaf("acknowledged"), "acknowledged").result(WAIT)
                os.write(tell, b".")
        os.kill(os.getpid(), how)
        os._exit(1)
    os.close(tell)
    assert os.read(told, 1) == b"."
    os.close(told)
    os.waitpid(child, 0)
    found = taken_up(place)
    held = [one for one in ids(place) if not one.startswith("gap")]
    assert found.killed
    assert found.exact
    assert held == [f"p{at}" for at in range(1_001)] + ["acknowledged"] + [
        f"p{at}" for at in range(1_001, 2_000 - found.lost)
    ]


def test_signals_that_end_the_other_process_do_not_end_the_writing_one(
    place: str, key: Path
) -> None:
    with LogApart.open(place, key) as log:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(log.pid, number)
        log.submit(leaf("a"), "a").result(WAIT)
    assert ids(place) == ["a"]


def test_a_log_that_is_stuck_bounds_what_is_promised(
    place: str, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clearance.adapters.ledger.promising.PATIENCE", 0.05)
    log = LogApart.open(place, key, bound=50)
    os.kill(log.pid, signal.SIGSTOP)
    for at in range(50):
        log.append(leaf(f"p{at}"), f"p{at}")
    with pytest.raises(StorageError, match="50 entries wait to be stored"):
        log.append(leaf("p50"), "p50")
    monkeypatch.undo()
    os.kill(log.pid, signal.SIGCONT)
    log.submit(leaf("last"), "last").result(WAIT)
    log.close()
    assert ids(place) == [*(f"p{at}" for at in range(50)), "last"]


MORE_THAN_A_PIPE_HOLDS = 10_000


def overfull(place: str, key: Path) -> LogApart:
    """A log whose writing process stopped, and was brought more than the pipe to it holds."""
    log = LogApart.open(place, key)
    os.kill(log.pid, signal.SIGSTOP)
    for at in range(MORE_THAN_A_PIPE_HOLDS):
        log.append(leaf(f"p{at}"), f"p{at}")
    return log


def test_whoever_brings_more_than_the_pipe_holds_does_not_wait_and_the_order_stays(
    place: str, key: Path
) -> None:
    log = overfull(place, key)
    awaited = log.submit(leaf("last"), "last")
    assert log.depth == MORE_THAN_A_PIPE_HOLDS + 1
    os.kill(log.pid, signal.SIGCONT)
    assert awaited.result(WAIT).index == MORE_THAN_A_PIPE_HOLDS
    log.close()
    with LogReader.open(place) as reader:
        held = [one.id for one in reader.store.entries(0, 10**6)]
    assert held == [*(f"p{at}" for at in range(MORE_THAN_A_PIPE_HOLDS)), "last"]


def test_what_no_pipe_took_is_counted_where_the_writing_process_is_killed(
    place: str, key: Path
) -> None:
    log = overfull(place, key)
    os.kill(log.pid, signal.SIGKILL)
    with pytest.raises(StorageError, match="start again"):
        log.close()
    assert log.lost == MORE_THAN_A_PIPE_HOLDS
    assert taken_up(place) == Found(0, killed=True, lost=MORE_THAN_A_PIPE_HOLDS)


def test_a_log_changed_under_its_writer_ends_it_here_as_there(place: str, key: Path) -> None:
    import sqlite3

    log = LogApart.open(place, key)
    log.submit(leaf("a"), "a").result(WAIT)
    held = sqlite3.connect(place)
    with held:
        held.execute("UPDATE ledger_log SET size = size + 1")
    held.close()
    with pytest.raises(IntegrityError, match="does not end at entry"):
        log.submit(leaf("b"), "b").result(WAIT)
    with pytest.raises(IntegrityError):
        log.close()
