"""Whole decisions in one process: question, address, twenty rules, reasons, and the log's entry."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import orjson

from benchmarks.service import world
from clearance.bootstrap.serving import Loader, Sources, log_at
from clearance.service.authzen import AuthZen
from clearance.service.desk import Desk
from clearance.service.questions import question
from clearance.service.settings import Settings
from clearance.service.wire import Request

ASKED = 100_000
ROUNDS = 3


def inside(folder: Path, accounts: int) -> Mapping[str, float]:
    """Seconds and rates; the process's processor time, sequencer included, is told beside."""
    world.fresh_log(folder)
    started = time.perf_counter()
    loader = Loader(
        Sources([str(world.POLICY)], str(folder / "state.db"), folder / "networks.mmdb")
    )
    generation = loader.load()
    loaded = time.perf_counter() - started
    gc.collect()
    gc.freeze()
    with log_at(str(folder / "log.db"), folder / "key") as log:
        desk = Desk(generation, log)
        made = [question(one, desk.now(), None) for one in world.questions(ASKED, accounts)]
        api = AuthZen(desk, Settings())
        bodies = [orjson.dumps(one) for one in world.questions(ASKED, accounts)]
        headers = {b"content-type": b"application/json"}
        asked = [Request("POST", "/", "", headers, body, True) for body in bodies]
        first = _clocked(lambda: [desk.decide(one) for one in made])
        again = [_clocked(lambda: [desk.decide(one) for one in made]) for _ in range(ROUNDS)]
        whole = [_clocked(lambda: [api.evaluation(one) for one in asked]) for _ in range(ROUNDS)]
        lost = log.lost
    return {
        "loaded_seconds": loaded,
        "first_of_the_day": ASKED / first,
        "decisions": ASKED / statistics.median(again),
        "answers_with_json": ASKED / statistics.median(whole),
        "lost": lost,
    }


def _clocked(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
