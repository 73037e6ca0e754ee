"""What is fuzzed, and what may come of any bytes.

A target ends in an answer or in an error of ours, told in one line. Whatever else it raises is a
defect.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from clearance.model.errors import ClearanceError


@dataclass(frozen=True)
class Target:
    """A reader of bytes. **Shape**: ``run`` takes them and a folder of its own."""

    seeds: Callable[[], Sequence[bytes]]
    run: Callable[[bytes, Path], None]


def reads(read: Callable[[Path], object], name: str) -> Callable[[bytes, Path], None]:
    """What reads a file of that name."""

    def run(data: bytes, folder: Path) -> None:
        (folder / name).write_bytes(data)
        told(lambda: read(folder / name))

    return run


def told(act: Callable[[], object]) -> None:
    """An answer, or an error of ours in one line."""
    flaw = ""
    try:
        act()
    except ClearanceError as error:
        flaw = error.message()
    assert "\n" not in flaw, flaw
