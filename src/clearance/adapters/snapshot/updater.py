"""An update: a snapshot told again before further sources, as a new snapshot beside the old.

1. The result is what a build from all sources, in order, would give: the same arrays and texts.
2. Parties that were merged stay merged: groups are made again by their ids. Whether new parties are
   one with others is asked by merging again.
3. What is unchanged is shared with the old folder; the index of names gets one more lot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from clearance.adapters.snapshot.builder import Builder
from clearance.adapters.snapshot.compile import Supply
from clearance.adapters.snapshot.folder import derive_folder
from clearance.adapters.snapshot.manifest import Manifest
from clearance.adapters.snapshot.merging import groups_in, merged, parted
from clearance.adapters.snapshot.restate import described_lines, restated
from clearance.adapters.snapshot.store import REJECTS, Stored, rejects_text
from clearance.adapters.told import Told

_ADDED = ("records", "replaced", "rejects")
"""Counts of what was read, which add up; all others are of what there is."""


class Updater(Builder):
    """Compiles a snapshot and further files and writes the folder ``out``."""

    def __init__(
        self,
        base: Stored,
        out: Path,
        paths: Sequence[Path],
        *,
        created_by: str,
        built: str,
        told: Told | None = None,
    ) -> None:
        super().__init__(out, paths, created_by=created_by, built=built, told=told)
        self._base = base
        self._whole = parted(base.content)

    @property
    def figures(self) -> Mapping[str, int]:
        """How many parties, interests, … by name."""
        before, counts = self._base.manifest.counts, asdict(self.compiled.counts)
        counts |= {name: counts[name] + before.get(name, 0) for name in _ADDED}
        gone = sum(len(group) - 1 for group in self._groups())
        return counts | ({"parties": counts["parties"] - gone, "merged": gone} if gone else {})

    def write(self) -> str:
        """Write what was compiled; the snapshot's digest."""
        from clearance.adapters.matching.later_names import with_later_names  # loads a compiler

        compiled, base = self.compiled, self._base
        self._told.stage("indexing names")
        content = with_later_names(self._whole, compiled.content)
        self._told.stage("writing")
        sources = (*base.manifest.sources, *self._sources(compiled))
        manifest = Manifest(*self._made_by, self.figures, sources, ())
        rejects = (base.folder / REJECTS).read_text("utf-8") + rejects_text(compiled.rejects)
        lines = {REJECTS: rejects, **described_lines(compiled.described)}
        return derive_folder(self._out, base, merged(content, self._groups()), manifest, lines)

    def _in_turn(self) -> Iterator[Supply]:
        """What the snapshot was told, then every supply."""
        self._told.stage(f"reading {self._base.folder.name}")
        yield Supply(str(self._base.folder), "snapshot", restated(self._base.folder, self._whole))
        yield from super()._in_turn()

    def _groups(self) -> list[tuple[int, ...]]:
        """The groups of the snapshot by the indexes that their parties have now."""
        ids, now = (one.texts["party.id"] for one in (self._whole, self.compiled.content))
        found = [[now.find(ids[one]) for one in group] for group in groups_in(self._base.content)]
        kept = (tuple(one for one in group if one >= 0) for group in found)
        return [group for group in kept if len(group) > 1]
