"""Every write fails once before and once after it persists; then the whole log is checked."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from tests.adapters.ledger.logs import KEY, WAIT, leaf

from clearance.adapters.ledger.kept import StoreKept
from clearance.adapters.ledger.mark import Mark
from clearance.adapters.ledger.opening import taken_up
from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.sequencer import Sequencer
from clearance.adapters.ledger.sqlite import Sqlite
from clearance.adapters.ledger.store import Logged, Row, Store
from clearance.adapters.ledger.writer import create
from clearance.ledger.tree import leaf_hash
from clearance.model.errors import StorageError
from clearance.usecases.verify_log import verify_log


class Failing(Sqlite):
    """A database whose n-th transaction fails, with or without being stored."""

    def __init__(self, file: Path, nth: int, *, stored: bool) -> None:
        super().__init__(file, writing=True)
        self.failed = 0
        self._left = nth
        self._stored = stored

    @contextmanager
    def at_once(self) -> Iterator[None]:
        self._left -= 1
        if self._left or self._stored:
            with super().at_once():
                yield
        if not self._left:
            self.failed += 1
            if not self._stored:
                with super().at_once():
                    yield
                    raise StorageError("the connection was lost before the commit")
            raise StorageError("the connection was lost after the commit")


@pytest.mark.parametrize("stored", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_write_that_fails_loses_nothing_and_doubles_nothing(
    tmp_path: Path, nth: int, stored: bool
) -> None:
    place = tmp_path / "log.db"
    create(str(place), KEY)
    held = Failing(place, nth, stored=stored)
    head, growth, _ = taken_up(Store(held), KEY.verifier, Mark(None))
    log = Sequencer(Store(held), KEY, head, growth, mark=Mark(None), bound=100, pause=0.0)
    log.start()
    acknowledged = []
    for at in range(4):
        log.put(_row(f"p{at}"), WAIT)
        awaited: Future[Logged] = Future()
        log.put(_row(f"d{at}", awaited), WAIT)
        with suppress(StorageError):
            acknowledged.append((f"d{at}", awaited.result(WAIT).index))
    log.close()
    assert held.failed == 1
    assert log.trouble is None
    with LogReader.open(str(place)) as reader:
        assert verify_log(reader, [KEY.verifier], StoreKept(reader.store)).flaws == []
        ids = [one.id for one in reader.store.entries(0, 100)]
    assert len(set(ids)) == len(ids)
    assert {f"p{at}" for at in range(4)} <= set(ids)
    assert all(ids[index] == id for id, index in acknowledged)
    assert len(acknowledged) >= 3


def _row(id: str, awaited: Future[Logged] | None = None) -> Row:
    return Row(id, leaf(id), leaf_hash(leaf(id)), awaited=awaited)
