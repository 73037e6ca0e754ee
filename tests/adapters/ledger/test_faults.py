"""A log under faults: killed at every step, a full disk, torn pages, two writers.

Nothing acknowledged is lost, nothing inconsistent is signed, and start-up says what it found. A
child process writes and tells through a pipe what was acknowledged; it dies where the test says.
"""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from tests.adapters.ledger.logs import KEY, WAIT, another_writer, leaf

from clearance.adapters.ledger.kept import StoreKept
from clearance.adapters.ledger.opening import Found
from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.writer import LogWriter, create
from clearance.ledger.checkpoint import checkpoint
from clearance.ledger.note import note
from clearance.ledger.receipt import receipt
from clearance.model.errors import IntegrityError, StorageError
from clearance.usecases.verify_log import verify_log

Say = Callable[[str], object]
DONE = 0


@pytest.fixture
def place(tmp_path: Path) -> str:
    made = str(tmp_path / "log.db")
    create(made, KEY)
    with LogWriter.open(made, KEY) as log:
        for at in range(260):
            log.append(leaf(f"before-{at}"), f"before-{at}")
    return made


@dataclass(frozen=True)
class Ended:
    """How a child ended, and what it had said by then."""

    status: int
    said: list[str]


def in_a_child(act: Callable[[Say], None], seconds: float | None = None) -> Ended:
    """Run something in a process of its own; kill it after some seconds, if they are given."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(told)
            act(lambda text: os.write(tell, f"{text}\n".encode()))
            code = DONE
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(tell)
    if seconds is not None:
        killer = threading.Timer(seconds, os.kill, (child, signal.SIGKILL))
        killer.start()
    with os.fdopen(told) as out:
        said = out.read().splitlines()
    _, status = os.waitpid(child, 0)
    if seconds is not None:
        killer.cancel()
    return Ended(status, said)


def settled(place: str, acknowledged: list[str]) -> Found:
    """What start-up found, after every acknowledged receipt was held against the log."""
    with LogWriter.open(place, KEY) as log:
        found = log.found
        log.submit(leaf("after"), "after").result(WAIT)
    with LogReader.open(place) as reader:
        flaws = verify_log(reader, [KEY.verifier], StoreKept(reader.store)).flaws
        assert flaws == []
        for id in acknowledged:
            stored = reader.entry(id)
            assert stored is not None, f"{id} was acknowledged and is lost"
            assert stored.leaf == leaf(id)
    return found


def submit_some(place: str, say: Say, count: int = 3) -> None:
    log = LogWriter.open(place, KEY)
    for at in range(count):
        log.submit(leaf(f"new-{at}"), f"new-{at}").result(WAIT)
        say(f"new-{at}")
    log.close()


def _dying(at: int) -> None:
    """Let SQLite kill this process at its n-th statement from now on."""
    steps = iter(range(at, -1, -1))

    def step(_: str) -> None:
        if next(steps, 1) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    real = sqlite3.connect

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = real(*arguments, **options)
        made.set_trace_callback(step)
        return made

    sqlite3.connect = connect  # type: ignore[assignment]  # this process has not long to live


def test_killed_at_every_statement_of_a_write(place: str) -> None:
    killed = 0
    for at in range(200):

        def act(say: Say, at: int = at) -> None:
            _dying(at)
            submit_some(place, say)

        ended = in_a_child(act)
        settled(place, ended.said)
        if ended.status == DONE:
            break
        assert os.WTERMSIG(ended.status) == signal.SIGKILL
        killed += 1
    assert 15 < killed < 199


@pytest.mark.parametrize("signalled", [True, False], ids=["killed", "refused"])
def test_a_write_that_ends_inside_a_page(place: str, signalled: bool) -> None:
    """The system lets a file grow to a limit: the write across it is torn."""
    ends = 0
    for limit in range(1_000, 40_000, 3_700):

        def act(say: Say, limit: int = limit) -> None:
            if signalled:
                signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            log = LogWriter.open(place, KEY)
            size = Path(f"{place}-wal").stat().st_size
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + limit, most))
            for at in range(3):
                log.submit(leaf(f"{limit}-{at}"), f"{limit}-{at}").result(WAIT)
                say(f"{limit}-{at}")

        ended = in_a_child(act)
        found = settled(place, ended.said)
        ends += ended.status != DONE
        assert found.killed
        assert found.lost == 0
    assert ends > 3


def test_a_full_disk_is_told_and_got_over(place: str) -> None:
    def act(say: Say) -> None:
        most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        log = LogWriter.open(place, KEY)
        log.submit(leaf("first"), "first").result(WAIT)
        say("first")
        size = Path(f"{place}-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, most))
        log.append(leaf("promised"), "promised")
        with pytest.raises(StorageError):
            log.submit(leaf("refused"), "refused").result(WAIT)
        assert log.trouble
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        until = monotonic() + WAIT
        while log.depth and monotonic() < until:
            sleep(0.01)
        say("promised")
        log.submit(leaf("last"), "last").result(WAIT)
        say("last")
        assert (log.lost, log.trouble) == (0, "")
        log.close()

    ended = in_a_child(act)
    assert ended == Ended(DONE, ["first", "promised", "last"])
    assert not settled(place, ended.said).killed


def test_a_disk_that_stays_full_bounds_what_is_promised(place: str) -> None:
    def act(say: Say) -> None:
        most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        log = LogWriter.open(place, KEY, bound=50)
        size = Path(f"{place}-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, most))
        for at in range(50):
            log.append(leaf(f"p{at}"), f"p{at}")
        with pytest.raises(StorageError, match="50 entries wait to be stored"):
            log.append(leaf("p50"), "p50")
        say(str(log.depth))
        with pytest.raises(StorageError):
            log.close()
        say(str(log.lost))

    assert in_a_child(act) == Ended(DONE, ["50", "50"])
    found = settled(place, [])
    assert (found.killed, found.lost, found.exact) == (True, 50, True)
    assert not settled(place, []).killed


@pytest.mark.parametrize("seconds", [0.1, 0.3])
def test_killed_under_load_the_gap_is_counted_and_told_in_the_log(
    place: str, seconds: float
) -> None:
    def act(say: Say) -> None:
        log = LogWriter.open(place, KEY, bound=2000)

        def durable() -> None:
            for at in range(100_000):
                logged = log.submit(leaf(f"d{at}"), f"d{at}").result(WAIT)
                assert receipt(logged.receipt.decode()).index == logged.index
                say(f"d{at}")

        threading.Thread(target=durable, daemon=True).start()
        for at in range(10_000_000):
            log.append(leaf(f"b{at}"), f"b{at}")
            if at % 50 == 0:
                say(f"promised {at}")

    ended = in_a_child(act, seconds)
    assert os.WTERMSIG(ended.status) == signal.SIGKILL
    acknowledged = [one for one in ended.said if one.startswith("d")]
    promised = [int(one.split()[1]) for one in ended.said if one.startswith("promised")]
    found = settled(place, acknowledged)
    assert found.exact
    assert found.killed
    with LogReader.open(place) as reader:
        stored = sum(
            one.id.startswith("b") and one.id[1:].isdigit()
            for one in reader.store.entries(0, 10**9)
        )
        gap = reader.entry(f"gap-{found.size}")
    assert (gap is not None) == (found.lost > 0)
    assert 0 <= found.lost <= 2000
    assert promised
    assert stored + found.lost - 1 in range(promised[-1], promised[-1] + 51)


def test_after_the_machine_was_started_anew_a_gap_is_told_as_a_bound(place: str) -> None:
    def act(say: Say) -> None:
        log = LogWriter.open(place, KEY, bound=70, pause=5)
        log.append(leaf("a"), "a")
        os.kill(os.getpid(), signal.SIGKILL)

    in_a_child(act)
    mark = Path(f"{place}.mark")
    data = bytearray(mark.read_bytes())
    data[64:96] = bytes(32)
    mark.write_bytes(data)
    found = settled(place, [])
    assert (found.killed, found.lost, found.exact) == (True, 70, False)


def _copied(place: str, to: Path) -> str:
    for suffix in ("", "-wal", "-shm"):
        if Path(place + suffix).exists():
            Path(f"{to}{suffix}").write_bytes(Path(place + suffix).read_bytes())
    return str(to)


@pytest.fixture
def unended(place: str, tmp_path: Path) -> str:
    """A log as a crash leaves it: everything in the write-ahead log, nothing moved home."""

    def act(say: Say) -> None:
        submit_some(place, say)
        log = LogWriter.open(place, KEY)
        for at in range(5):
            log.submit(leaf(f"w{at}"), f"w{at}").result(WAIT)
        os.kill(os.getpid(), signal.SIGKILL)

    in_a_child(act)
    return _copied(place, tmp_path / "copy.db")


def test_a_torn_write_behind_the_last_commit_is_ignored(unended: str) -> None:
    with Path(f"{unended}-wal").open("ab") as out:
        out.write(os.urandom(2_700))
    found = settled(unended, [f"w{at}" for at in range(5)])
    assert (found.size, found.killed) == (268, True)


def test_a_commit_that_the_disk_lost_is_not_signed_over(unended: str, place: str) -> None:
    """The disk said that it had what it had not: the mark remembers what was signed."""
    Path(f"{unended}.mark").write_bytes(Path(f"{place}.mark").read_bytes())
    wal = Path(f"{unended}-wal")
    os.truncate(wal, wal.stat().st_size - 2_000)
    with pytest.raises(IntegrityError, match="holds 267 entries, but a checkpoint of 268 was"):
        LogWriter.open(unended, KEY)
    Path(f"{unended}.mark").unlink()
    assert settled(unended, [f"w{at}" for at in range(4)]).size == 267


def test_a_torn_last_page_of_the_database_is_named(place: str) -> None:
    data = Path(place).read_bytes()
    torn = 0
    for end in range(len(data) - 4096, len(data), 512):
        Path(place).write_bytes(data[:end] + bytes(len(data) - end))
        for beside in Path(place).parent.glob("log.db-*"):
            beside.unlink()
        try:
            with LogReader.open(place) as reader:
                torn += not verify_log(reader, [KEY.verifier], StoreKept(reader.store)).holds
        except IntegrityError:
            torn += 1
    assert torn > 0


EDGE = {
    "an entry too many": "INSERT INTO ledger_entry VALUES (260, 'x', x'00', x'')",
    "an entry too few": "DELETE FROM ledger_entry WHERE at = 259",
    "another entry": "UPDATE ledger_entry SET leaf = x'00' WHERE at = 258",
    "another tile": "UPDATE ledger_tile SET hashes = zeroblob(128) WHERE at = 1",
    "a missing tile": "DELETE FROM ledger_tile WHERE level = 1",
    "another size": "UPDATE ledger_log SET size = 259",
    "another checkpoint": "UPDATE ledger_log SET checkpoint = replace(checkpoint, '260', '259')",
    "no checkpoint": "UPDATE ledger_log SET checkpoint = ''",
    "another key": "UPDATE ledger_log SET key = replace(key, 'A', 'B')",
}


@pytest.mark.parametrize("statement", EDGE.values(), ids=EDGE)
def test_a_changed_right_edge_is_never_signed_over(place: str, statement: str) -> None:
    held = sqlite3.connect(place)
    with held:
        assert held.execute(statement).rowcount > 0
    held.close()
    before = _checkpoint(place)
    with pytest.raises(IntegrityError):
        LogWriter.open(place, KEY)
    assert _checkpoint(place) == before


def _checkpoint(place: str) -> str:
    with LogReader.open(place) as reader:
        return reader.checkpoint()


def test_an_older_copy_that_was_put_back_is_never_signed_over(place: str, tmp_path: Path) -> None:
    before = Path(place).read_bytes()
    with LogWriter.open(place, KEY) as log:
        log.submit(leaf("later"), "later").result(WAIT)
    Path(place).write_bytes(before)
    for beside in tmp_path.glob("log.db-*"):
        beside.unlink()
    with pytest.raises(IntegrityError, match="holds 260 entries, but a checkpoint of 261"):
        LogWriter.open(place, KEY)


def test_of_two_writers_the_second_is_refused_until_the_first_is_dead(place: str) -> None:
    with another_writer(place), pytest.raises(StorageError, match="by another process"):
        LogWriter.open(place, KEY)
    assert settled(place, ["a"]).killed


def test_a_log_changed_under_its_writer_ends_the_writer(place: str) -> None:
    log = LogWriter.open(place, KEY)
    log.submit(leaf("a"), "a").result(WAIT)
    size = checkpoint(note(log.checkpoint).text).size
    held = sqlite3.connect(place)
    with held:
        held.execute("UPDATE ledger_log SET size = size + 1")
    held.close()
    with pytest.raises(IntegrityError, match="does not end at entry"):
        log.submit(leaf("b"), "b").result(WAIT)
    with pytest.raises(IntegrityError):
        log.append(leaf("c"), "c")
    assert checkpoint(note(log.checkpoint).text).size == size
    with pytest.raises(IntegrityError):
        log.close()
