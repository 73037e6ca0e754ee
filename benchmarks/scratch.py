"""The scratch folder: worlds, snapshots and portfolios, made once and used again."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process import Usage, clearance, run

VERSION = 2
"""Of the generators; a scratch folder of another version is not used."""

CUSTOMERS = 300_000
STATED = 200_000
"""Parties of the world that is written as BODS statements."""


@dataclass(frozen=True, slots=True)
class Scratch:
    """The files of one world size under ``root``."""

    root: Path
    size: int

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)

    @property
    def folder(self) -> Path:
        """Where everything of this size is."""
        return self.root / f"v{VERSION}-{self.size}"

    def tables(self, kind: str) -> tuple[Path, Path]:
        """Parties and interests as ``csv`` or ``parquet``."""
        files = (self.folder / f"parties.{kind}", self.folder / f"interests.{kind}")
        if not all(file.exists() for file in files):
            self._generate()
        return files

    def snapshot(self) -> Path:
        """The world as a snapshot."""
        out = self.folder / "snapshot"
        if not out.exists():
            self.build(out, "parquet")
        return out

    def build(self, out: Path, kind: str) -> Usage:
        """Build a snapshot anew; what it took."""
        tables = self.tables(kind)
        shutil.rmtree(out, ignore_errors=True)
        return clearance("reference", "build", str(out), *map(str, tables))

    def customers(self) -> Path:
        """A portfolio of companies of the world."""
        out = self.folder / "customers.csv"
        if not out.exists():
            from benchmarks.portfolio import write_customers

            write_customers(self.tables("parquet")[0], out, CUSTOMERS)
        return out

    def statements(self) -> Path:
        """BODS 0.4 JSON lines of a world of ``STATED`` parties."""
        out = self.folder / "statements.jsonl"
        if not out.exists():
            from benchmarks.statements import write_statements

            write_statements(out, min(self.size, STATED))
        return out

    def _generate(self) -> None:
        """In a process of its own, so that its memory is free again for what is measured."""
        run([sys.executable, "-m", "benchmarks.scratch", str(self.folder), str(self.size)])


def _write_world(folder: Path, size: int) -> None:
    import pyarrow.csv as csv
    import pyarrow.parquet as pq

    from benchmarks.world import make_world

    world = make_world(size)
    for name, table in (("parties", world.parties), ("interests", world.interests)):
        pq.write_table(table, folder / f"{name}.parquet")
        csv.write_csv(table, folder / f"{name}.csv")


if __name__ == "__main__":
    _write_world(Path(sys.argv[1]), int(sys.argv[2]))
