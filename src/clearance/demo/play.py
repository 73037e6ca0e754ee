"""The whole demo: set the stage, play the acts, draw the pictures, say what to try next."""

from __future__ import annotations

from pathlib import Path

from clearance.demo.acts import act_after, act_before, act_readings, prologue
from clearance.demo.as_one import act_as_one
from clearance.demo.by_name import NAMED, act_names
from clearance.demo.pictures import draw_bands, draw_path
from clearance.demo.requests import act_requests
from clearance.demo.stage import AFTER, DAY, REGIONS, Stage, empty, say
from clearance.demo.structures import build_world


def play(out: Path) -> None:
    """Run the demo into ``out``, which is emptied if an earlier demo left it.

    Raises:
        InputError: ``out`` holds something else.
        StorageError: it cannot be written.
    """
    empty(out)
    stage = Stage(build_world(), out)
    stage.set()
    prologue(stage)
    act_before(stage)
    witness = act_after(stage)
    act_readings(stage)
    act_names(stage)
    act_requests(stage)
    campaigns, raster = act_as_one(stage)
    pictures = draw_path(stage, witness.party), draw_bands(stage), raster
    say()
    say(f"report    {out / 'after' / 'report.html'}")
    say(f"by name   {out / NAMED / 'report.html'}")
    say(f"campaigns {campaigns}")
    say(f"pictures  {', '.join(str(path) for path in pictures)}")
    say("try next")
    say(f"  .venv/bin/clearance explain {witness.party} --reference {stage.snapshot} \\")
    say(f"      --policy {AFTER} --regions {out / REGIONS} --as-of {DAY}")
    say(f"  .venv/bin/clearance verify '{out}/after/proofs.jsonl#{witness.customer}' \\")
    say(f"      --reference {stage.snapshot}")
