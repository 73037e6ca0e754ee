"""A log in PostgreSQL: the same log, and one that outlives restarts of the database."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from time import sleep

import psycopg
import pytest
from tests.adapters.ledger.logs import KEY, WAIT, another_writer, filled, leaf, sealed_of
from tests.postgres import Cluster

from clearance.adapters.ledger.copying import copy
from clearance.adapters.ledger.kept import StoreKept
from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.rotating import rotate
from clearance.adapters.ledger.store import Stored
from clearance.adapters.ledger.writer import LogWriter, create
from clearance.ledger.keys import Signer
from clearance.ledger.note import note
from clearance.ledger.receipt import receipt
from clearance.model.errors import IntegrityError, StorageError
from clearance.usecases.verify_log import verify_log


def flaws(place: str) -> list[str]:
    with LogReader.open(place) as reader, reader.steady():
        found = verify_log(reader, [KEY.verifier], StoreKept(reader.store))
    return [f"{one.place}: {one.what}" for one in found.flaws]


def entries(place: str) -> tuple[str, list[Stored], list[object]]:
    with LogReader.open(place) as reader:
        stored = reader.store.entries(0, 10**6)
        aside: list[object] = [reader.store.sealed(0, 10**6), list(reader.store.all_evidence())]
        return reader.checkpoint(), stored, aside


def test_a_log_is_written_taken_up_and_verified(postgres: str) -> None:
    create(postgres, KEY)
    for round in range(2):
        with LogWriter.open(postgres, KEY) as log:
            assert log.found.size == 300 * round
            for at in range(299):
                id, sealed = f"{round}-{at}", sealed_of(at)
                log.append(leaf(id, sealed), id, [sealed], [("0" * 64, b"")])
            last = log.submit(leaf(f"{round}-last"), f"{round}-last").result(WAIT)
    assert receipt(last.receipt.decode()).flaw(leaf("1-last"), [KEY.verifier]) == ""
    assert flaws(postgres) == [f"evidence {'0' * 64}: does not have that digest"]


def test_a_log_moves_there_and_back_unchanged(postgres: str, tmp_path: Path) -> None:
    first = filled(tmp_path / "log.db", 700)
    assert copy(first, postgres) == 700
    assert copy(postgres, str(tmp_path / "back.db")) == 700
    assert entries(first) == entries(postgres) == entries(str(tmp_path / "back.db"))
    assert flaws(postgres) == flaws(str(tmp_path / "back.db")) == []
    with LogWriter.open(str(tmp_path / "back.db"), KEY) as log:
        assert not log.found.killed
        log.append(leaf("more"), "more")
    with pytest.raises(StorageError, match="exists"):
        copy(first, postgres)
    with pytest.raises(StorageError, match="is there already"):
        copy(postgres, first)


def test_a_log_that_was_changed_is_not_copied(postgres: str, tmp_path: Path) -> None:
    create(postgres, KEY)
    with LogWriter.open(postgres, KEY) as log:
        log.append(leaf("a"), "a")
    _execute(postgres, "UPDATE ledger_entry SET leaf = ''")
    with pytest.raises(IntegrityError, match="entry 0 is not the one that was signed"):
        copy(postgres, str(tmp_path / "copy.db"))
    assert flaws(postgres) == ["entry 0: is no entry; an entry is one line of JSON",
                               "entry 0: is not the one that was signed"]  # fmt: skip
    assert not list(tmp_path.glob("copy.db"))


def _execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def test_of_two_writers_the_second_is_refused_until_the_first_is_dead(postgres: str) -> None:
    create(postgres, KEY)
    with another_writer(postgres), pytest.raises(StorageError, match="by another process"):
        LogWriter.open(postgres, KEY)
    for _ in range(100):
        try:
            log = LogWriter.open(postgres, KEY)
            break
        except StorageError:
            sleep(0.05)  # until the database has seen that nobody is there
    assert (log.found.killed, log.size >= 1) == (True, True)
    log.close()
    assert flaws(postgres) == []


def test_a_mark_beside_the_database_counts_the_gap(postgres: str, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    create(postgres, KEY, mark)
    child = os.fork()
    if child == 0:
        log = LogWriter.open(postgres, KEY, mark=mark, pause=5)
        for at in range(7):
            log.append(leaf(f"p{at}"), f"p{at}")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    sleep(0.3)
    with LogWriter.open(postgres, KEY, mark=mark) as log:
        assert (log.found.lost, log.found.exact, log.lost) == (7, True, 7)
    with LogReader.open(postgres) as reader:
        assert reader.entry("gap-0") is not None
    assert flaws(postgres) == []


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_restart_under_load_loses_nothing(
    postgres: str, postgres_cluster: Cluster, mode: str
) -> None:
    create(postgres, KEY)
    log = LogWriter.open(postgres, KEY, bound=500)
    acknowledged: list[str] = []
    promised: list[str] = []
    refused: list[str] = []
    stop = threading.Event()

    def submit(thread: int) -> None:
        at = 0
        while not stop.is_set():
            id, at = f"s{thread}-{at}", at + 1
            try:
                log.submit(leaf(id), id).result(WAIT)
                acknowledged.append(id)
            except StorageError:
                refused.append(id)
                sleep(0.02)

    def append() -> None:
        at = 0
        while not stop.is_set():
            id, at = f"p-{at}", at + 1
            try:
                log.append(leaf(id), id)
                promised.append(id)
            except StorageError:
                refused.append(id)
            sleep(0.001)

    threads = [threading.Thread(target=submit, args=(at,)) for at in range(3)]
    threads.append(threading.Thread(target=append))
    for one in threads:
        one.start()
    sleep(0.4)
    postgres_cluster.stop(mode)
    try:
        sleep(0.3)
    finally:
        postgres_cluster.start()
    before, waited = len(acknowledged), 0
    while len(acknowledged) < before + 20 and waited < 200:
        sleep(0.05)
        waited += 1
    stop.set()
    for one in threads:
        one.join()
    log.close()
    assert len(acknowledged) >= before + 20
    assert refused
    assert log.lost == 0
    _, stored, _ = entries(postgres)
    ids = [one.id for one in stored]
    assert len(set(ids)) == len(ids)
    assert {*acknowledged, *promised} <= set(ids)
    assert flaws(postgres) == []


def test_a_key_is_changed_and_the_old_one_leads_to_the_new(postgres: str) -> None:
    create(postgres, KEY)
    new = Signer(KEY.name, bytes(range(1, 33)))
    with LogWriter.open(postgres, KEY) as log:
        log.append(leaf("a"), "a")
    both = rotate(postgres, KEY, new, ("r", leaf("r")))
    assert note(both).signed_by([KEY.verifier, new.verifier]) == (KEY.verifier, new.verifier)
    with pytest.raises(IntegrityError, match="another key"):
        LogWriter.open(postgres, KEY)
    with LogWriter.open(postgres, new) as log:
        log.append(leaf("b"), "b")
    with LogReader.open(postgres) as reader:
        keys = [KEY.verifier, new.verifier]
        assert verify_log(reader, keys, earlier=note(both)).flaws == []
        assert not verify_log(reader, [KEY.verifier]).holds
