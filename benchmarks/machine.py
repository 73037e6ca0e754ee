"""The machine and the tools that a report names."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

TOOLS = ("numpy", "pyarrow", "scipy", "duckdb", "networkx", "clingo")


def machine() -> dict[str, str]:
    """Cores, processor, memory, versions and the day, as text by name."""
    return {
        "cores": str(os.cpu_count()),
        "processor": _found("/proc/cpuinfo", r"model name\s*:\s*(.+)") or platform.machine(),
        "memory": _memory(),
        "system": platform.system(),
        "Python": platform.python_version(),
        **{tool: _version(tool) for tool in TOOLS},
        "day": datetime.now(UTC).date().isoformat(),
    }


def resident(pid: int | str = "self") -> float:
    """Megabytes that a process holds in memory, pages of files that it looked at included."""
    return int(_found(f"/proc/{pid}/status", r"VmRSS:\s+(\d+) kB")) / 1024


def peak(pid: int | str = "self") -> float:
    """Megabytes that a process held at most; unlike ``getrusage``, nothing of its parent's."""
    return int(_found(f"/proc/{pid}/status", r"VmHWM:\s+(\d+) kB")) / 1024


def _version(tool: str) -> str:
    try:
        return version(tool)
    except PackageNotFoundError:
        return "not there"


def _found(path: str, pattern: str) -> str:
    try:
        match = re.search(pattern, Path(path).read_text())
    except OSError:
        return ""
    return match[1].strip() if match else ""


def _memory() -> str:
    kib = _found("/proc/meminfo", r"MemTotal:\s*(\d+)")
    return f"{int(kib) / 1024**2:.0f} GiB" if kib else "unknown"
