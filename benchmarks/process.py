"""What a call or a whole process costs: medians of several runs, resources from the system."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MIB = 1024


@dataclass(frozen=True, slots=True)
class Usage:
    """One process: seconds by the clock and on the cores, peak memory in MiB, what it printed."""

    wall: float
    user: float
    system: float
    peak: float
    printed: str

    @property
    def cpu(self) -> float:
        """Seconds on the cores, user and system."""
        return self.user + self.system


@dataclass(frozen=True, slots=True)
class Timing:
    """Several runs of one call in one process: seconds by the clock and on the cores."""

    wall: tuple[float, ...]
    cpu: tuple[float, ...]

    def document(self) -> dict[str, object]:
        """As plain JSON."""
        return {
            "wall": statistics.median(self.wall),
            "cpu": statistics.median(self.cpu),
            "first": self.wall[0],
            "runs": len(self.wall),
        }


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Usage:
    """Run to the end.

    Raises:
        RuntimeError: the process failed; its last words are in the message.
    """
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **(environment or {})},
    ) as process:
        printed = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    text = printed.decode(errors="replace")
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{text[-2000:]}")
    return Usage(wall, used.ru_utime, used.ru_stime, used.ru_maxrss / MIB, text)


def clearance(*arguments: str) -> Usage:
    """One run of the command line."""
    return run([sys.executable, "-m", "clearance.cli.app", *arguments])


def cool(folder: Path) -> None:
    """Let the system forget the pages of a folder's files, so that they are read from disk."""
    os.sync()
    for path in folder.iterdir():
        handle = os.open(path, os.O_RDONLY)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)


def timed(call: Callable[[], object], repeat: int) -> Timing:
    """Run a call several times in this process."""
    wall, cpu = [], []
    for _ in range(repeat):
        gc.collect()
        begun, used = time.perf_counter(), time.process_time()
        kept = call()
        wall.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - used)
        del kept
    return Timing(tuple(wall), tuple(cpu))
