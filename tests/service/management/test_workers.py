"""Behind the API: what was committed is delivered, and comes into the log once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path

import pytest
from tests.adapters.webhooks.receiver import receiving

from clearance.adapters.ledger.key_file import make_key, read_key
from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.writer import LogWriter, create
from clearance.adapters.sql import outbox
from clearance.adapters.sql.changing import changing
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.hooks import add_hook
from clearance.adapters.sql.keys import Keys, create_key
from clearance.adapters.sql.snapshots import add_snapshot
from clearance.adapters.webhooks.sender import Sender
from clearance.model.plain import Json
from clearance.service.management.ports import Office
from clearance.service.management.workers import Workers
from clearance.usecases.scopes import Scope

SAID: list[tuple[str, Mapping[str, Json]]] = []


@pytest.fixture
def log(tmp_path: Path) -> Iterator[tuple[str, LogWriter]]:
    place = str(tmp_path / "log.db")
    make_key(tmp_path / "key", "log.example/test")
    signer = read_key(tmp_path / "key")
    create(place, signer)
    with LogWriter.open(place, signer) as writer:
        yield place, writer


def workers(database: Database, log: tuple[str, LogWriter] | None, *inside: str) -> Workers:
    place, writer = log if log is not None else ("", None)
    office = Office(
        database,
        Keys(database),
        log=place,
        tell=lambda event, said: SAID.append((event, said)),
    )
    sender = Sender(inside=[ip_network(one) for one in inside])
    SAID.clear()
    return Workers(office, sender, writer)


def load(database: Database, digest: str = "0" * 64) -> None:
    with changing(database, "Ada") as change:
        add_snapshot(change, digest, "2025-01-01", [])


def test_what_was_committed_comes_into_the_log_once_with_its_person_sealed(
    database: Database, log: tuple[str, LogWriter]
) -> None:
    load(database)
    (waiting,) = outbox.waiting(database)
    work = workers(database, log)
    assert [work.hand_over(), work.hand_over()] == [1, 0]
    with LogReader.open(log[0]) as reader:
        stored = reader.entry(waiting.id)
    assert stored is not None
    assert b"Ada" not in stored.leaf
    assert [(one.field, one.value) for one in stored.sealed] == [("by", "Ada")]


def test_an_entry_that_the_log_has_already_is_not_written_twice(
    database: Database, log: tuple[str, LogWriter]
) -> None:
    load(database)
    entries = [one.entry for one in outbox.waiting(database)]
    work = workers(database, log)
    work.hand_over()
    size = log[1].size
    with database.writing() as connection:  # as if the process had ended before saying so
        connection.exec_driver_sql(
            f"UPDATE outbox SET state = 'waiting' WHERE entry = {entries[0]}"
        )
    assert work.hand_over() == 1
    assert log[1].size == size
    assert list(outbox.waiting(database)) == []


def test_events_are_delivered_in_their_order_and_failures_told_without_their_bodies(
    database: Database,
) -> None:
    with receiving() as receiver:
        receiver.answers = [204, 500]
        with changing(database, "tester") as change:
            add_hook(change, receiver.url, ["*"])
        load(database)
        load(database, "1" * 64)
        work = workers(database, None, "127.0.0.0/8")
        assert work.deliver() == 2
        bodies = [body for _, body in receiver.sent]
    assert [b'"digest":"0' in bodies[0], b'"digest":"1' in bodies[1]] == [True, True]
    assert [event for event, _ in SAID] == ["delivery_failed"]
    assert "digest" not in str(SAID)
    assert work.deliver() == 0


def test_started_they_work_by_themselves_and_stop_when_told(
    database: Database, log: tuple[str, LogWriter]
) -> None:
    with changing(database, "tester") as change:
        create_key(change, "x", frozenset({Scope.FACTS_READ}))
    work = workers(database, log)
    work.start()
    while list(outbox.waiting(database)):
        pass
    work.stop()
    assert log[1].size == 1
