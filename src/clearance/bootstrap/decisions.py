"""Past decisions out of a log."""

from __future__ import annotations

from clearance.adapters.decisions.again import replayed
from clearance.adapters.decisions.logged import LoggedDecision, logged_decision
from clearance.adapters.ledger.reader import LogReader
from clearance.model.errors import InputError
from clearance.usecases.replay import Replay


def decision(log: str, id: str) -> LoggedDecision:
    """A decision as it was logged, with what it rested on.

    Raises:
        InputError: no decision has this id.
        StorageError: there is no log.
        IntegrityError: what is kept has not the digests that the entry names.
    """
    with LogReader.open(log) as reader:
        stored = reader.entry(id)
        if stored is None:
            raise InputError(f"no entry has the id {id!r}", file=log, remedy="check the id")
        return logged_decision(stored, reader.evidence)


def replay(log: str, id: str) -> Replay:
    """What deciding a past question again shows.

    Raises:
        InputError, StorageError, IntegrityError: as ``decision``.
    """
    return replayed(decision(log, id))
