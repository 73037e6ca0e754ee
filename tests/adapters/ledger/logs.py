"""Logs for tests: a key, entries, and a log that holds some of every kind."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from time import sleep

from clearance.adapters.ledger.writer import LogWriter, create
from clearance.ledger.entry import Kind, Sealed, framed
from clearance.ledger.keys import Signer
from clearance.usecases.log_acts import erasure

KEY = Signer("example.org/log", bytes(range(32)))
WAIT = 30
AT = "2026-01-05T09:00:00Z"
EVIDENCE = b"what was known"
DIGEST = sha256(EVIDENCE).hexdigest()


def leaf(id: str, *sealed: Sealed) -> bytes:
    return framed(Kind.DECISION, id, AT, b"{}", sealed)


def sealed_of(at: int) -> Sealed:
    return Sealed("ip", at.to_bytes(16, "big"), f"192.0.2.{at}", f"account-{at}")


def filled(place: Path, count: int) -> str:
    """A log of so many decisions, each with a sealed address, and one erasure."""
    made = str(place)
    create(made, KEY)
    with LogWriter.open(made, KEY) as log:
        for at in range(count - 1):
            id, sealed = f"d{at:04}", sealed_of(at)
            log.append(leaf(id, sealed), id, [sealed], [(DIGEST, EVIDENCE)])
        places = [(0, "ip")]
        log.erase(erasure("e", AT, places, "asked for"), "e", places).result(WAIT)
    return made


@contextmanager
def another_writer(place: str) -> Iterator[None]:
    """A process that writes the log, with ``a`` acknowledged, until it is killed at the end."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        log = LogWriter.open(place, KEY)
        log.submit(leaf("a"), "a").result(WAIT)
        os.write(tell, b".")
        sleep(600)
        os._exit(1)
    os.close(tell)
    try:
        assert os.read(told, 1) == b"."
        yield
    finally:
        os.close(told)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
