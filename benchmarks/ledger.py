"""A log at full speed: ``python -m benchmarks.ledger [--entries N] [--place FILE-OR-URL]``.

Entries are the size of a decision's, 500 bytes. What is asked of a process is taken without its
storing thread, then with it; proofs are of entries anywhere in a log of N. Prints a line a figure.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from benchmarks.figures import Figure
from clearance.adapters.collecting import rarely_collecting
from clearance.adapters.ledger.kept import StoreKept
from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.writer import LogWriter, create
from clearance.ledger.entry import Kind, framed
from clearance.ledger.keys import Signer
from clearance.ledger.proofs import inclusion
from clearance.ledger.tree import NOTHING, leaf_hash
from clearance.ledger.verify import is_included
from clearance.usecases.verify_log import verify_log

T = TypeVar("T")
KEY = Signer("benchmark.example/log", bytes(range(32)))
BODY = b'{"text":"%s"}' % (b"x" * 400)
AT = "2026-01-05T09:00:00.000000Z"
ALONE = 50_000
PROOFS = 20_000
SECONDS = 5.0


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--place", help="where the log is made; a temporary SQLite file without")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, rarely_collecting():
        place = chosen.place or str(Path(folder) / "log.db")
        create(place, KEY)
        for figure in figures(place, chosen.entries):
            value = f"{figure.value:,.2f} {figure.unit}"
            print(f"{figure.name:12} {value:>24}  {figure.note}", flush=True)


def figures(place: str, count: int) -> Iterator[Figure]:
    """Every figure, on one log that grows meanwhile."""
    leaves = _leaves(count)
    yield _growing(leaves)
    yield _promising(place, leaves)
    yield _storing(place, leaves, count)
    for clients in (1, 16):
        yield _durable(place, clients)
    yield from _proving(place)
    yield _verifying(place)


def storing(place: str, count: int, clients: Sequence[int]) -> Iterator[Figure]:
    """Storing alone, in a new log at a place."""
    create(place, KEY)
    yield _storing(place, _leaves(count), count)
    for each in clients:
        yield _durable(place, each)


def _leaves(count: int) -> Sequence[bytes]:
    return [leaf(at) for at in range(min(count, 200_000))]


def leaf(at: int) -> bytes:
    """An entry as large as a decision's."""
    return framed(Kind.DECISION, f"d{at:010}", AT, BODY)


def _growing(leaves: Sequence[bytes]) -> Figure:
    started = time.perf_counter()
    NOTHING.grown([leaf_hash(one) for one in leaves])
    rate = len(leaves) / (time.perf_counter() - started)
    return Figure("tree", "hash leaves and grow the tree", rate, "leaves/s")


def _promising(place: str, leaves: Sequence[bytes]) -> Figure:
    some = [(one, f"d{at:010}") for at, one in enumerate(leaves[:ALONE])]
    with LogWriter.open(place, KEY, bound=1 << 20, pause=3600) as log:
        started = time.thread_time()
        for one, id in some:
            log.append(one, id)
        used = (time.thread_time() - started) / len(some)
    return Figure("append", "promise an entry", used * 1e6, "µs", 3)


def _storing(place: str, leaves: Sequence[bytes], count: int) -> Figure:
    log = LogWriter.open(place, KEY)
    started = time.perf_counter()
    for at in range(log.size, count):
        log.append(leaves[at % len(leaves)], f"d{at % len(leaves):010}")
    stored = count - log.found.size
    log.close()
    rate = stored / (time.perf_counter() - started)
    return Figure("stored", "promised, stored and signed", rate, "entries/s", note=f"{stored:,}")


def _durable(place: str, clients: int) -> Figure:
    took: list[float] = []
    with LogWriter.open(place, KEY) as log:
        until = time.perf_counter() + SECONDS

        def ask() -> None:
            at = 0
            while (started := time.perf_counter()) < until:
                log.submit(leaf(at), f"d{at:010}").result()
                took.append(time.perf_counter() - started)
                at += 1

        threads = [threading.Thread(target=ask) for _ in range(clients)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    took.sort()
    median, late = statistics.median(took), took[int(len(took) * 0.99)]
    note = f"p50 {median * 1e3:.2f} ms, {len(took) / SECONDS:,.0f}/s"
    return Figure(f"durable-{clients}", "99 of 100 answered", late * 1e3, "ms p99", 25, note=note)


def _proving(place: str) -> Iterator[Figure]:
    draw = random.Random(7)
    with LogReader.open(place) as reader:
        size = reader.head().size
        nodes = reader.nodes(size)
        asked = [draw.randrange(size) for _ in range(PROOFS)]
        first = _rate(asked[:2000], lambda at: inclusion(at, size, nodes))
        for at in range(0, size, 256):
            inclusion(at, size, nodes)
        rate = _rate(asked, lambda at: inclusion(at, size, nodes))
        note = f"at {size:,} leaves; {first:,.0f}/s while tiles are read"
        yield Figure("proof", "prove an entry", rate, "proofs/s", 40_000, more=True, note=note)
        yield Figure(
            "receipt", "write its receipt", _rate(asked, lambda at: reader.receipt(at).text), "/s"
        )
        root = NOTHING.root()
        proofs = [(at, inclusion(at, size, nodes)) for at in asked]
        rate = _rate(proofs, lambda one: is_included(root, one[0], one[1], size, root))
        yield Figure("check", "check a proof", rate, "checks/s")


def _verifying(place: str) -> Figure:
    started = time.perf_counter()
    with LogReader.open(place) as reader:
        found = verify_log(reader, [KEY.verifier], StoreKept(reader.store))
    assert found.holds, found.flaws
    rate = found.size / (time.perf_counter() - started)
    return Figure("verify", "check the whole log", rate, "entries/s")


def _rate(asked: Sequence[T], ask: Callable[[T], object]) -> float:
    started = time.perf_counter()
    for one in asked:
        ask(one)
    return len(asked) / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
