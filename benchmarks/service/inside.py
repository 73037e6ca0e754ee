"""Whole decisions in one process: question, address, twenty rules, reasons, and the log's entry."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import orjson

from benchmarks.service import wire, world
from clearance.adapters.ledger.apart import LogApart
from clearance.bootstrap.serving import Loader, Sources, log_at
from clearance.service.authzen import AuthZen
from clearance.service.desk import Desk
from clearance.service.questions import question
from clearance.service.settings import Settings
from clearance.service.wire import Request

T = TypeVar("T")

ASKED = 100_000
ROUNDS = 3


def inside(folder: Path, accounts: int) -> Mapping[str, float]:
    """Seconds, rates by the clock, and processor time beside."""
    world.fresh_log(folder)
    started = time.perf_counter()
    loader = Loader(
        Sources([str(world.POLICY)], str(folder / "state.db"), folder / "networks.mmdb")
    )
    generation = loader.load()
    loaded = time.perf_counter() - started
    gc.collect()
    gc.freeze()
    with log_at(str(folder / "log.db"), folder / "key") as log, _placed(log.pid):
        desk = Desk(generation, log)
        made = [question(one, desk.now(), None) for one in world.questions(ASKED, accounts)]
        api = AuthZen(desk, Settings())
        bodies = [orjson.dumps(one) for one in world.questions(ASKED, accounts)]
        headers = {b"content-type": b"application/json"}
        asked = [Request("POST", "/", "", headers, body, True) for body in bodies]
        decide, answer = _Work(desk.decide, made), _Work(api.evaluation, asked)
        first, _, _ = _clocked(decide, log)
        again = [_clocked(decide, log) for _ in range(ROUNDS)]
        whole = [_clocked(answer, log) for _ in range(ROUNDS)]
        lost = log.lost
    (rate, used, logged), (whole_rate, whole_used, _) = _middle(again), _middle(whole)
    return {
        "loaded_seconds": loaded,
        "first_of_the_day": first,
        "decisions": rate,
        "decision_us": used,
        "log_us": logged,
        "answers_with_json": whole_rate,
        "answer_us": whole_used,
        "lost": lost,
    }


@dataclass(frozen=True)
class _Work(Generic[T]):
    """Something to be done with many things."""

    act: Callable[[T], object]
    things: Sequence[T]


def _clocked(work: _Work[T], log: LogApart) -> tuple[float, float, float]:
    """Things a second by the clock, and microseconds of processor time a thing: here, in the log.

    The clock stops when all is decided, the processor's when the log has stored it.
    """
    act, logs, used, started = work.act, _used(log.pid), time.process_time(), time.perf_counter()
    for one in work.things:
        act(one)
    took = time.perf_counter() - started
    while log.depth:
        time.sleep(0.01)
    used, count = time.process_time() - used, len(work.things)
    return count / took, used / count * 1e6, (_used(log.pid) - logs) / count * 1e6


@contextmanager
def _placed(log: int) -> Iterator[None]:
    """As over HTTP: the thread that decides on one core, the log's process on another."""
    before = os.sched_getaffinity(0)
    quiet = subprocess.DEVNULL
    os.sched_setaffinity(0, {int(wire.DECIDES)})
    subprocess.run(["taskset", "-apc", wire.BESIDE, str(log)], check=True, stdout=quiet)
    yield
    os.sched_setaffinity(0, before)


def _middle(rounds: Sequence[tuple[float, float, float]]) -> list[float]:
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def _used(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
