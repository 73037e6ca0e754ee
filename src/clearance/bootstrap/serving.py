"""What the decision point answers from: state, policies and networks, made into a generation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clearance.adapters.collecting import rarely_collecting
from clearance.adapters.decisions.body import Recorder
from clearance.adapters.ledger.apart import LogApart
from clearance.adapters.network.addresses import plain
from clearance.adapters.network.reader import Networks
from clearance.adapters.portfolio.phones import region_of
from clearance.adapters.sql.store import Store
from clearance.bootstrap.books import Dated, book_of, dated, deciding, named
from clearance.usecases.book import Book
from clearance.usecases.decide import Decider


@dataclass(frozen=True, slots=True)
class Generation:
    """All that decisions are made from, unchanging.

    **Shape**: ``number`` is the state's; ``sources`` what was loaded, with the day it is of, the
    latest screening among them.
    """

    number: int
    decider: Decider
    recorder: Recorder
    sources: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a generation comes from.

    **Shape**: ``state`` is a path or URL, empty for none: every account is unknown then. Policies
    are the state's approved releases, of ``series`` where there are several; where it has none,
    ``policies``, by id or path. ``networks`` is a database, ``None`` for none: every address is
    then one that nobody knows.
    """

    policies: Sequence[str] = ()
    state: str = ""
    networks: Path | None = None
    series: str = ""


class Loader:
    """Makes generations, one after another; each looks at the sources anew."""

    def __init__(self, sources: Sources) -> None:
        """Open what stays open.

        Raises:
            InputError: the state is none.
            StorageError: it cannot be read.
        """
        self.sources = sources
        self._networks: tuple[object, Networks] | None = None
        self._store = Store.open(sources.state) if sources.state else None

    @property
    def store(self) -> Store | None:
        """The state, if there is one."""
        return self._store

    def number(self) -> int:
        """The number that the next generation would have. **Cost**: 0.1 ms."""
        return self._store.generation() if self._store is not None else 0

    def load(self) -> Generation:
        """A generation of what the sources hold now.

        **Cost**: 5 µs an account and its customer.

        Raises:
            InputError: no policy is named, or a policy or a database of networks has a mistake.
            StorageError: a source cannot be read.
        """
        networks = self._opened(self.sources.networks) if self.sources.networks else None
        known = [(one.id, one.as_of) for one in networks.sources] if networks else []
        if self._store is None:
            policies = named(self.sources.policies)
            number, book = 0, Book({}, {}, {}, {}, {}, deciding(policies).policies)
        else:
            with self._store.look() as look, rarely_collecting():
                policies = dated(look, self.sources.policies, self.sources.series)
                number, book = look.generation, book_of(look, deciding(policies))
                latest = max((run.as_of for run in look.runs().values()), default=None)
                known += [("screening", latest)] if latest is not None else []
        decider = Decider(book, networks.lookup if networks else _nowhere, region_of)
        return Generation(number, decider, Recorder(_documents(policies)), known)

    def _opened(self, path: Path) -> Networks:
        """The database in a file; the one that is open, unless the file became another one.

        Opened for each generation, it would be in memory twice while a newer one is made.
        """
        is_now, held = _identity(path), self._networks
        if held is None or is_now is None or held[0] != is_now:
            held = self._networks = is_now, Networks.open(path)
        return held[1]

    def close(self) -> None:
        """Let go of what is open."""
        if self._store is not None:
            self._store.close()


def log_at(place: str, key: Path) -> LogApart:
    """A log, open for writing by a process of its own; leaving it stores what waits.

    Raises:
        InputError: the key's file holds none.
        StorageError: there is no log or no key, or another process writes the log.
        IntegrityError: something at the log's edge does not agree.
    """
    return LogApart.open(place, key)


def _identity(path: Path) -> tuple[int, ...] | None:
    """What differs where a file was replaced or written; ``None`` where the system does not say."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns


def _documents(policies: Dated) -> dict[str, bytes]:
    return {one.digest: one.document for one, _ in policies}


def _nowhere(address: str) -> None:
    """What no database says of an address, if it is one."""
    plain(address)
