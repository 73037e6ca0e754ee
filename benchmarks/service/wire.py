"""The decision point as a process, asked by wrk; load generator and server share the machine.

The decision point's loop has one core; who asks and who writes the log share another. Left to the
system the one who asks is moved to the core of whoever answers, and interrupts it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from benchmarks.machine import peak, resident
from benchmarks.service import world

PORT = 18_180
CONNECTIONS = 32
SECONDS = 8
BATCH = 50
DECIDES, BESIDE = "0", "1"
"""Cores, as ``taskset`` names them."""


def asked(folder: Path, accounts: int) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Figures by name: start and memory, buffered, batch, durable."""
    world.wrk_script(folder / "one.lua", 0, accounts)
    world.wrk_script(folder / "many.lua", BATCH, accounts)
    world.fresh_log(folder)
    with server(folder) as (process, ready):
        yield (
            "start",
            {
                "ready_seconds": ready,
                "resident_mb": resident(process.pid),
                "log_resident_mb": resident(_child(process.pid)),
            },
        )
        wrk(folder / "one.lua", seconds=4)
        yield "buffered", wrk(folder / "one.lua")
        many = wrk(folder / "many.lua")
        yield "batch", {**many, "items_per_second": many["requests_per_second"] * BATCH}
        yield "while a generation is made", {**_changing(folder), "resident_mb": peak(process.pid)}
        after = {"resident_mb": resident(process.pid)}
        process.terminate()
        stopped = json.loads((process.communicate(timeout=60)[1] or "{}").splitlines()[-1])
        yield "after", {**after, "lost": stopped["lost"], "log_size": stopped["log_size"]}
    world.fresh_log(folder)
    with server(folder, "--durable") as (process, _):
        wrk(folder / "one.lua", seconds=2)
        yield "durable", wrk(folder / "one.lua")


def _changing(folder: Path) -> Mapping[str, float]:
    """What wrk measured while the state changed every few seconds, and how often it did."""
    done, changes = Event(), [0]

    def change() -> None:
        while not done.wait(3):
            world.touch(folder, changes[0])
            changes[0] += 1

    thread = Thread(target=change)
    thread.start()
    found = wrk(folder / "one.lua", seconds=15)
    done.set()
    thread.join()
    return {**found, "changes": changes[0]}


@contextmanager
def server(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], float]]:
    """A served folder, and the seconds from its start until it was ready."""
    words = [
        "serve", "--policy", str(world.POLICY), "--bind", f"127.0.0.1:{PORT}",
        "--networks", str(folder / "networks.mmdb"), "--state", str(folder / "state.db"),
        "--log", str(folder / "log.db"), "--key", str(folder / "key"),
    ]  # fmt: skip
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "clearance.cli.app", *words, *options],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        while "listening" not in (said := process.stderr.readline()):
            assert said, "it did not start"
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health/ready") as answer:
            assert answer.status == 200
        _placed(process.pid)
        yield process, time.perf_counter() - started
    finally:
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=60)


def wrk(script: Path, seconds: int = SECONDS, url: str = "") -> Mapping[str, float]:
    """What wrk measured: rate, and milliseconds at the median and at 99 of 100."""
    command: Sequence[str] = [
        "taskset", "-c", BESIDE, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency",
        "-s", str(script), url or f"http://127.0.0.1:{PORT}",
    ]  # fmt: skip
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    other = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return {
        "requests_per_second": float(_found(r"Requests/sec:\s+([\d.]+)", text)[1]),
        "p50_ms": _milliseconds(*_found(r"50%\s+([\d.]+)(us|ms|s)", text).groups()),
        "p99_ms": _milliseconds(*_found(r"99%\s+([\d.]+)(us|ms|s)", text).groups()),
        "refused": float(other[1]) if other else 0.0,
    }


def _placed(pid: int) -> None:
    """The thread that decides on its core, the log's process beside."""
    quiet = subprocess.DEVNULL
    subprocess.run(["taskset", "-pc", DECIDES, str(pid)], check=True, stdout=quiet)
    subprocess.run(["taskset", "-apc", BESIDE, str(_child(pid))], check=True, stdout=quiet)


def _child(pid: int) -> int:
    """The process that writes the log."""
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def _found(pattern: str, text: str) -> re.Match[str]:
    found = re.search(pattern, text)
    assert found is not None, text
    return found


def _milliseconds(value: str, unit: str) -> float:
    return float(value) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]
