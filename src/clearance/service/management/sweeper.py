"""Looking at all accounts again, by a process of its own whenever that could find something.

Whoever decides shares no interpreter with it; it is polite to every other process, and ends when
it has looked.
"""

from __future__ import annotations

import subprocess
import sys
from time import monotonic

import msgspec

from clearance.adapters.sql.changing import day_of_moment
from clearance.adapters.sql.store import Store
from clearance.bootstrap.sweeping import Swept, Wanted
from clearance.model.errors import StorageError
from clearance.service.management.ports import Office

EVERY = 30.0
"""Seconds from the end of one look to the start of the next, however often something changes."""

_COMMAND = [sys.executable, "-m", "clearance.bootstrap.sweeping"]


class Sweeper:
    """Looks when the state or the day is another one than at the last look."""

    def __init__(self, office: Office, wanted: Wanted, every: float = EVERY) -> None:
        self._office = office
        self._store = Store(office.database)
        self._wanted = wanted
        self._every = every
        self._seen: tuple[int, int] | None = None
        self._next = 0.0
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False

    def sweep(self) -> int:
        """Look, if it could find something; how many accounts stand otherwise.

        Raises:
            StorageError: the database refuses, or the process ended unasked.
        """
        if self._ended or monotonic() < self._next:
            return 0
        now = (self._store.generation(), day_of_moment(self._office.clock()))
        if now == self._seen:
            return 0
        try:
            found = self._looked()
        finally:
            self._next = monotonic() + self._every
        if self._ended:
            return 0
        if found.error:
            self._office.tell("sweep_failed", {"error": found.error})
            return 0
        self._seen = now if found.whole else None
        if found.accounts:
            counts = {"accounts": found.accounts, "new": found.new, "changed": found.changed}
            self._office.tell("swept", counts)
        return found.changed

    def close(self) -> None:
        """Look no more; a look under way is broken off, and what it kept was told."""
        self._ended = True
        if self._process is not None:
            self._process.terminate()

    def _looked(self) -> Swept:
        pipe = subprocess.PIPE
        with subprocess.Popen(_COMMAND, stdin=pipe, stdout=pipe) as process:  # noqa: S603 -- this interpreter, and nothing from outside
            self._process = process
            if self._ended:
                process.terminate()
            said, _ = process.communicate(msgspec.json.encode(self._wanted))
            self._process = None
        if process.returncode and not self._ended:
            what = "the process that looks at accounts ended unasked"
            raise StorageError(what, remedy="look at what it wrote")
        return msgspec.json.decode(said, type=Swept) if said else Swept(whole=False)
