"""Where the demo plays: its folder, its files, and how a policy is put to them."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from clearance.adapters.screening.run import ScreenRun
from clearance.bootstrap import referencing, screening
from clearance.demo.answers import Row, read_answers
from clearance.demo.files import write_world
from clearance.demo.world import UNSUPPORTED, World
from clearance.model.errors import InputError

BEFORE = "provider-location-only"
AFTER = "provider-regions-2025-09-05"
EVE = "2025-09-04"
DAY = "2025-09-05"
LARGE = 100_000
REGIONS = "regions.toml"
MARK = ".clearance-demo"

_LIST = """\
# The demo's regions: user-assigned codes, no country has them.
id = "{id}"
title = "the demo's unsupported regions"
listing = "unsupported"
source = "assumed, for the demo"
retrieved = 2025-09-05
verified = "assumed"
codes = [{codes}]
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """The demo's folder with the world, its snapshot and the answers of each run."""

    world: World
    folder: Path

    @property
    def snapshot(self) -> Path:
        """The snapshot folder of this world."""
        return self.folder / "snapshot"

    def set(self, renamed: dict[str, str] | None = None) -> None:
        """Write the world's files and the region list, and build the snapshot."""
        write_world(self.world, self.folder, renamed)
        codes = ", ".join(f'"{(renamed or {}).get(code, code)}"' for code in UNSUPPORTED)
        listing = _LIST.format(id="demo-regions", codes=codes)
        (self.folder / REGIONS).write_text(listing, encoding="utf-8")
        sources = [self.folder / "parties.csv", self.folder / "interests.csv"]
        referencing.build_reference(self.snapshot, sources, strict=True)

    def screen(
        self,
        policy: str,
        day: str,
        name: str,
        *,
        proofs: bool = False,
        customers: str = "customers.csv",
    ) -> ScreenRun:
        """Put a shipped policy to the portfolio; answers go to the folder ``name``."""
        return screening.screen(
            self.snapshot,
            policy,
            self.folder / customers,
            self.folder / name,
            as_of=day,
            regions=str(self.folder / REGIONS),
            proofs=proofs,
        )

    def answers(self, name: str) -> dict[str, Row]:
        """What a run answered."""
        return read_answers(self.folder / name)


def empty(folder: Path) -> None:
    """Make the demo's folder; what an earlier demo left in it is removed.

    Raises:
        InputError: it holds something that no demo left.
    """
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise InputError(
                "the folder holds something else", file=str(folder), remedy="name another --out"
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("made by clearance demo\n", encoding="utf-8")


def say(text: str = "") -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")


def money(amount: int) -> str:
    """Dollars, rounded for reading: ``$1.2 M``, ``$340 k``."""
    if amount >= 1_000_000:
        return f"${amount / 1_000_000:.1f} M"
    return f"${amount / 1_000:.0f} k" if amount >= 1_000 else f"${amount}"
