"""Writing a log: promise at once and store soon, or answer when it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from clearance.adapters.ledger.alone import store_alone
from clearance.adapters.ledger.mark import Mark
from clearance.adapters.ledger.opening import Found, alone_with, taken_up
from clearance.adapters.ledger.place import engine, is_url, mark_of
from clearance.adapters.ledger.sequencer import Sequencer
from clearance.adapters.ledger.store import Evidence, Head, Logged, Row, Store
from clearance.ledger.checkpoint import Checkpoint
from clearance.ledger.entry import Kind, Sealed, entry_bytes
from clearance.ledger.growth import Growth
from clearance.ledger.keys import Signer
from clearance.ledger.tiles import ENTRY_LIMIT
from clearance.ledger.tree import EMPTY_ROOT, leaf_hash
from clearance.model.errors import InputError, StorageError

BOUND = 16_384
PAUSE = 0.01
PATIENCE = 2.0


class LogWriter:
    """The one writer of a log; any thread may call it.

    Use this when entries are made: :meth:`append` where an answer cannot wait for the disk,
    :meth:`submit` where nothing may be lost. Both keep one order. A context manager: leaving it
    stores what waits.
    """

    def __init__(self, store: Store, sequencer: Sequencer, found: Found, opened: ExitStack) -> None:
        self.found = found
        self._store = store
        self._sequencer = sequencer
        self._opened = opened

    @classmethod
    def open(
        cls,
        place: str,
        signer: Signer,
        *,
        mark: Path | None = None,
        bound: int = BOUND,
        pause: float = PAUSE,
    ) -> LogWriter:
        """Take a log up, after every check of its right edge.

        Args:
            place: an SQLite file, or a PostgreSQL URL.
            signer: the log's key.
            mark: where the writer's mark is; beside an SQLite file without it.
            bound: the most entries that may be promised and not yet stored.
            pause: seconds to gather entries for which nobody waits.

        Raises:
            StorageError: there is no log, or another process writes it.
            IntegrityError: something at its edge does not agree.
        """
        with ExitStack() as opened:
            store, held = opened.enter_context(alone_with(place, mark))
            head, growth, found = taken_up(store, signer.verifier, held)
            if found.lost:
                head, growth = _with_gap(store, signer, head, growth, found)
            held.promised[0] = head.buffered
            held.stamp(growth.edge.size, growth.edge.root())
            store.risk(bound)
            head = replace(head, at_risk=bound)
            made = Sequencer(store, signer, head, growth, mark=held, bound=bound, pause=pause)
            made.start()
            return cls(store, made, found, opened.pop_all())

    def append(
        self,
        leaf: bytes,
        id: str,
        sealed: Sequence[Sealed] = (),
        evidence: Sequence[Evidence] = (),
    ) -> bytes:
        """Promise that an entry will be stored; its leaf hash.

        Args:
            leaf: the entry's bytes.
            id: what it is found by; ids that rise with time are found and stored best.
            sealed: the values whose digests stand in the entry.
            evidence: what the entry names by a digest; what is kept already may come again.

        **Cost**: three microseconds; where the disk cannot follow, up to ``PATIENCE`` seconds.

        Raises:
            InputError: the entry is too large, or its id is not printable ASCII.
            StorageError: too much waits to be stored, or the log is closed.
            IntegrityError: the log contradicts itself.
        """
        if len(leaf) > ENTRY_LIMIT or not (id.isascii() and id.isprintable()):
            raise _unfit(leaf, id)
        found = sha256(b"\x00" + leaf).digest()
        self._sequencer.put(Row(id, leaf, found, sealed, evidence), PATIENCE)
        return found

    def submit(
        self,
        leaf: bytes,
        id: str,
        sealed: Sequence[Sealed] = (),
        evidence: Sequence[Evidence] = (),
    ) -> Future[Logged]:
        """Store an entry; the answer comes with its receipt when the disk has it.

        Where storing fails the answer is a StorageError, and the entry may still come into the log,
        as it may where the process ends before the answer.

        Raises:
            InputError, StorageError, IntegrityError: as :meth:`append`.
        """
        return self._awaited(leaf, id, sealed, evidence)

    def erase(self, leaf: bytes, id: str, places: Sequence[tuple[int, str]]) -> Future[Logged]:
        """Store an entry and forget with it sealed values, by index of their entry and field."""
        return self._awaited(leaf, id, erases=places)

    def _awaited(
        self,
        leaf: bytes,
        id: str,
        sealed: Sequence[Sealed] = (),
        evidence: Sequence[Evidence] = (),
        erases: Sequence[tuple[int, str]] = (),
    ) -> Future[Logged]:
        if len(leaf) > ENTRY_LIMIT or not (id.isascii() and id.isprintable()):
            raise _unfit(leaf, id)
        awaited: Future[Logged] = Future()
        row = Row(id, leaf, leaf_hash(leaf), sealed, evidence, awaited, erases)
        self._sequencer.put(row, PATIENCE)
        return awaited

    @property
    def size(self) -> int:
        """Entries that are stored."""
        return self._sequencer.head.size

    @property
    def checkpoint(self) -> str:
        """The last checkpoint, signed."""
        return self._sequencer.head.checkpoint

    @property
    def depth(self) -> int:
        """Entries that wait to be stored."""
        return self._sequencer.depth

    @property
    def lost(self) -> int:
        """Promised entries that could not be stored, the gap found at the start among them."""
        return self.found.lost + self._sequencer.lost

    @property
    def trouble(self) -> str:
        """What keeps entries from being stored at the moment; empty where nothing does."""
        error = self._sequencer.trouble
        return error.message() if error else ""

    def close(self) -> None:
        """Store what waits, and let others write.

        Raises:
            StorageError, IntegrityError: something could not be stored.
        """
        self._sequencer.close()
        with self._opened:
            if self._sequencer.trouble is not None:
                raise self._sequencer.trouble
            self._store.risk(0)

    def __enter__(self) -> LogWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def create(place: str, signer: Signer, mark: Path | None = None) -> None:
    """Make an empty log with a signed checkpoint of it.

    Raises:
        StorageError: there is one, or the place cannot be written.
    """
    if not is_url(place) and Path(place).exists():
        raise StorageError("is there already", file=place, remedy="choose another place")
    with closing(Mark(mark_of(place) if mark is None else mark)) as held:
        store = Store(engine(place, writing=True, new=True))
        with closing(store.engine):
            signed = Checkpoint(signer.name, 0, EMPTY_ROOT).signed(signer)
            store.create(Head(signer.verifier.text, 0, str(signed)))
        held.stamp(0, EMPTY_ROOT)


def _with_gap(
    store: Store, signer: Signer, head: Head, growth: Growth, found: Found
) -> tuple[Head, Growth]:
    """The log after an entry that says what is missing before it."""
    id = f"gap-{head.size}"
    leaf = entry_bytes(Kind.GAP, id, now(), {"exact": found.exact, "lost": found.lost})
    counted = head.buffered + (found.lost if found.exact else 0)
    told = replace(head, buffered=counted, at_risk=0)
    return store_alone(store, (signer,), told, growth, (id, leaf))


def now() -> str:
    """The time, in UTC."""
    return datetime.now(UTC).isoformat()


def _unfit(leaf: bytes, id: str) -> InputError:
    if len(leaf) <= ENTRY_LIMIT:
        return InputError("an entry's id is printable ASCII", field=repr(id))
    return InputError(
        f"an entry of {len(leaf):,} bytes is too large for the log",
        field=id,
        remedy=f"keep it within {ENTRY_LIMIT:,} bytes; state what is larger by its digest",
    )
