"""How what the checker found looks on a terminal: lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clearance.model.dates import text_of_day
from clearance.usecases.verify import Verified


def lines(found: Sequence[Verified]) -> Iterator[str]:
    """A line for each proof, and one for each note."""
    for one in found:
        yield _line(one)
        yield from (f"  note: {note}" for note in one.checked.notes)


def _line(one: Verified) -> str:
    proof = one.filed.proof
    if proof is None:
        return f"invalid: {one.checked.flaw}"
    level = f", {proof.claim.level.value}" if proof.claim.level else ""
    run = proof.run
    about = (
        f"{proof.party} is {proof.claim.reached.word}{level} "
        f"under {run.rule.id} on {text_of_day(run.as_of)}"
    )
    if not one.checked.valid:
        return f"invalid: {one.checked.flaw}\n  claimed: {about}"
    checked = "; no live row is left out" if one.checked.complete else ""
    return f"valid: {about}{checked}"
