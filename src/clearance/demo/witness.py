"""The longest path to a denied customer, its proof, and the same proof with one share altered."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from clearance.adapters.proofs.reading import read_proofs
from clearance.bootstrap import verifying
from clearance.demo.answers import Row
from clearance.demo.stage import Stage, say
from clearance.model.plain import percent_text
from clearance.model.proof import Because, Step
from clearance.model.share import Share

PROOFS = "proofs.jsonl"


def longest(stage: Stage, rows: Sequence[Row]) -> tuple[Row, tuple[Step, ...]]:
    """The customer whose first proof takes most steps, and the steps."""
    proved = [(row, _steps(stage, row)) for row in rows]
    return max(proved, key=lambda pair: len(pair[1]))


def show_witness(stage: Stage, rows: Sequence[Row]) -> Row:
    """Print the longest path with the sum of each step, and what the checker says of its proof."""
    row, steps = longest(stage, rows)
    say(f"the longest path to one of them, {row.customer}, link by link:")
    for number, step in enumerate(steps, 1):
        say(f"  {number}. {_told(stage, step)}")
    file = stage.folder / "after" / PROOFS
    say("its proof, by the independent checker:")
    _verify(stage, file, row.customer)
    altered, was, now = alter(file, row.customer, stage.folder / "altered")
    say(f"the same proof with one share altered from {was} % to {now} %:")
    _verify(stage, altered, row.customer)
    say("  and without the snapshot, by its arithmetic alone:")
    _verify(None, altered, row.customer)
    return row


def alter(file: Path, customer: str, folder: Path) -> tuple[Path, str, str]:
    """A copy of the proofs file in which one share of the customer's proof is smaller.

    The number keeps its length, so that the index beside it still holds.
    """
    shutil.copytree(file.parent, folder, dirs_exist_ok=True)
    raw = file.read_bytes()
    at = raw.index(b'"share":"', raw.index(b'{"customer":"%b"' % customer.encode())) + 9
    was = raw[at : raw.index(b'"', at)]
    now = str(int(was[:1]) // 2).encode() + was[1:]
    altered = folder / file.name
    altered.write_bytes(raw[:at] + now + raw[at + len(was) :])
    return altered, was.decode(), now.decode()


def _steps(stage: Stage, row: Row) -> tuple[Step, ...]:
    found = read_proofs(stage.folder / "after" / PROOFS, row.customer)[0].proof
    return found.arguments[0].steps if found else ()


def _told(stage: Stage, step: Step) -> str:
    party = stage.world.rows[step.party]
    if step.because is Because.SEED:
        return f"{party['name']}: restricted, {step.fact}"
    shares = [interest.share for interest in step.interests]
    terms = " + ".join(
        percent_text(share.minimum) if isinstance(share, Share) else "?" for share in shares
    )
    total = percent_text(step.total.value)
    sum = f"{terms} = {total}" if len(shares) > 1 else total
    return f"{party['name']} ({party['jurisdiction']}): {sum} % > 50 %"


def _verify(stage: Stage | None, proofs: Path, customer: str) -> None:
    for one in verifying.verify(proofs, customer, stage.snapshot if stage else None):
        say(
            f"  valid: {one.filed.party}" if one.checked.valid else f"  invalid: {one.checked.flaw}"
        )
