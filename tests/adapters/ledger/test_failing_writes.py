"""Every write fails once before and once after it persists; then the whole log is checked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from tests.adapters.ledger.logs import KEY, WAIT, leaf

from clearance.adapters.ledger.kept import StoreKept
from clearance.adapters.ledger.mark import Mark
from clearance.adapters.ledger.opening import taken_up
from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.sqlite import Sqlite
from clearance.adapters.ledger.store import Store
from clearance.adapters.ledger.writer import LogWriter, create
from clearance.adapters.ledger.writing import Taken
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
    head, growth, found = taken_up(Store(held), KEY.verifier, Mark(None))
    log = LogWriter(Taken(Store(held), KEY, Mark(None), head, growth, found, ExitStack()), 100, 0.0)
    acknowledged = []
    for at in range(4):
        log.append(leaf(f"p{at}"), f"p{at}")
        with suppress(StorageError):
            acknowledged.append((f"d{at}", log.submit(leaf(f"d{at}"), f"d{at}").result(WAIT).index))
    log.close()
    assert held.failed == 1
    assert log.trouble == ""
    with LogReader.open(str(place)) as reader:
        assert verify_log(reader, [KEY.verifier], StoreKept(reader.store)).flaws == []
        ids = [one.id for one in reader.store.entries(0, 100)]
    assert len(set(ids)) == len(ids)
    assert {f"p{at}" for at in range(4)} <= set(ids)
    assert all(ids[index] == id for id, index in acknowledged)
    assert len(acknowledged) >= 3
