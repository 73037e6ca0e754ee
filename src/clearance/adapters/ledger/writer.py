"""Writing a log with a thread of this process: promise and store soon, or answer when stored."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from clearance.adapters.ledger.mark import Mark
from clearance.adapters.ledger.place import engine, is_url, mark_of
from clearance.adapters.ledger.promising import Promising
from clearance.adapters.ledger.store import Head, Logged, Store
from clearance.adapters.ledger.waiting import Waiting
from clearance.adapters.ledger.writing import Taken, taken
from clearance.ledger.checkpoint import Checkpoint
from clearance.ledger.keys import Signer
from clearance.ledger.tree import EMPTY_ROOT
from clearance.model.errors import ClearanceError, StorageError

BOUND = 16_384
PAUSE = 0.01


class LogWriter(Promising):
    """The one writer of a log, in this process.

    Use this when entries are made: :meth:`append` where an answer cannot wait for the disk,
    :meth:`submit` where nothing may be lost. Both keep one order. A context manager: leaving it
    stores what waits.
    """

    def __init__(self, log: Taken, bound: int, pause: float) -> None:
        waiting = Waiting(bound, log.mark.promised)
        super().__init__(waiting)
        self.found = log.found
        self._log = log
        self._sequencer = log.sequencer(waiting, self, pause)
        self._sequencer.start()

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
        return cls(taken(place, signer, bound, mark), bound, pause)

    def stored(self, count: int, answers: Sequence[tuple[int, Logged]]) -> None:
        """Told by the sequencer."""
        self._answer(answers)

    def failed(self, error: ClearanceError, tickets: Sequence[int], dropped: int) -> None:
        """Told by the sequencer."""
        self._fail(error, tickets)

    @property
    def size(self) -> int:
        """Entries that are stored."""
        return self._sequencer.head.size

    @property
    def checkpoint(self) -> str:
        """The last checkpoint, signed."""
        return self._sequencer.head.checkpoint

    @property
    def lost(self) -> int:
        """Promised entries that could not be stored, the gap found at the start among them."""
        return self.found.lost + self._sequencer.lost

    def close(self) -> None:
        """Store what waits, and let others write.

        Raises:
            StorageError, IntegrityError: something could not be stored.
        """
        self._sequencer.close()
        self._log.end(self._waiting.trouble)


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
