"""Rename every region at random and ask again: outcomes must not change."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from clearance.demo.answers import Row
from clearance.demo.draw import Draw
from clearance.demo.stage import AFTER, DAY, Stage
from clearance.demo.world import FREE_ZONE, OFFSHORE, SUPPORTED, UNSUPPORTED


def changed_by_renaming(stage: Stage, answers: Mapping[str, Row], seed: int = 7) -> tuple[int, int]:
    """How many outcomes differ when the same world has other region names, and of how many."""
    names = (*UNSUPPORTED, *SUPPORTED, *OFFSHORE)
    renamed = dict(zip(names, Draw(seed).shuffled(names), strict=True))
    zone, _, suffix = FREE_ZONE.partition("-")
    renamed[FREE_ZONE] = f"{renamed[zone]}-{suffix}"
    with TemporaryDirectory() as folder:
        other = Stage(stage.world, Path(folder))
        other.set(renamed)
        other.screen(AFTER, DAY, "renamed")
        again = other.answers("renamed")
    return sum(row.outcome != again[id].outcome for id, row in answers.items()), len(answers)
