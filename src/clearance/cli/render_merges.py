"""How merges look on a terminal. Values in, text out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from clearance.adapters.matching.merge_lines import MergedParty, ToldTie
from clearance.bootstrap.merging import MergeReport
from clearance.cli.render import document

SHOWN = 30
"""How many merged parties and refused ties the table lists; JSON lists every one."""


def report(out: Path, done: MergeReport, *, as_json: bool) -> None:
    """Print what a merge did."""
    if as_json:
        return document({"out": str(out), **asdict(done)})
    from clearance.cli.terminal import show

    show(f"snapshot {done.digest[:16]} in {out}")
    show(f"{done.members:,} parties became {done.parties:,}; by {_counted(done.ties)}")
    show(f"refused: {_counted(done.refused)}")
    if done.judgements:
        show(f"{done.judgements:,} judgements; {done.strangers:,} ids in them are no party here")
    return show(f"why: clearance reference merges {out}")


def merges(found: Sequence[MergedParty], refused: Sequence[ToldTie], *, as_json: bool) -> None:
    """Print merged parties and refused ties."""
    if as_json:
        told = {
            "merges": [asdict(one) for one in found],
            "refused": [asdict(one) for one in refused],
        }
        return document(told)
    from clearance.cli.terminal import show

    for one in found[:SHOWN]:
        show(f"{one.id} stands for {', '.join(one.members[1:])}")
        for tie in one.ties:
            show(f"  {tie.one} = {tie.other}: {tie.text}")
    _rest(len(found), "merged parties")
    for tie in refused[:SHOWN]:
        show(f"refused: {tie.one} = {tie.other}: {tie.text}; but {tie.because}")
    _rest(len(refused), "refused")
    if not found and not refused:
        show("nothing is merged")
    return None


def _rest(count: int, what: str) -> None:
    from clearance.cli.terminal import show

    if count > SHOWN:
        show(f"and {count - SHOWN:,} more {what}; --format json lists every one")


def _counted(counts: Mapping[str, int]) -> str:
    told = [f"{word} {count:,}" for word, count in sorted(counts.items())]
    return ", ".join(told) or "nothing"
