"""The arithmetic of an answer, step by step: what was added or multiplied, and what came out.

1. A step is one party under one reading, in the order in which restriction flows.
2. Cascade and majority chain add whole holdings of parties that count, ``perhaps`` where their
   holder only possibly does; product and hybrid multiply each holding by what its holder is
   restricted to.
3. What is declared indirect stands apart: the larger of it and what flows through its components
   counts, never the sum.
4. The result is the engine's own; the parts are shown so that a reader can follow it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from clearance.model.rule import Reading
from clearance.model.share import ANY, Share, range_text
from clearance.model.verdict import Finding, Holding, Reached, ReadingResult
from clearance.usecases.shares import bare_text

_DECLARED = "declared indirect"
_MULTIPLIED = (Reading.PRODUCT.value, Reading.HYBRID.value)


@dataclass(frozen=True, slots=True)
class Step:
    """One party under one reading: ``sum`` is the arithmetic, ``share`` what came out."""

    party: str
    reading: str
    sum: str
    share: Share
    reached: Reached


def steps(
    finding: Finding, path: Sequence[Holding], explain: Callable[[str], Finding | None]
) -> tuple[Step, ...]:
    """The steps of a path, the asked party's last.

    Args:
        finding: the answer about the asked party.
        path: its holdings up to where the restriction starts.
        explain: the answer about any party of the path.
    """
    order = dict.fromkeys(holding.subject for holding in path)
    order.pop(finding.id, None)
    found: list[Step] = []
    for id in (*order, finding.id):
        answer = finding if id == finding.id else explain(id)
        if answer is not None:
            found += _of_party(answer, explain)
    return tuple(found)


def _of_party(finding: Finding, explain: Callable[[str], Finding | None]) -> Iterator[Step]:
    for reading, result in finding.readings.items():
        if finding.seed and not finding.because:
            text = f"restricted itself: {finding.seed}"
        else:
            text = _added(finding, reading, result, explain) or "nothing counts"
            total = range_text(result.share)
            text = text if text == total else f"{text} = {total}"
        yield Step(finding.id, reading, text, result.share, result.reached)


def _added(
    finding: Finding,
    reading: str,
    result: ReadingResult,
    explain: Callable[[str], Finding | None],
) -> str:
    counted = [one for one in finding.because if one.measure is result.measure]
    plain = " + ".join(_parts([one for one in counted if one.note != _DECLARED], reading, explain))
    declared = " + ".join(
        _parts([one for one in counted if one.note == _DECLARED], reading, explain)
    )
    either = (plain, f"{declared} {_DECLARED}" if declared else "")
    return ", or ".join(one for one in either if one)


def _parts(
    holdings: Sequence[Holding], reading: str, explain: Callable[[str], Finding | None]
) -> Iterator[str]:
    for holding in holdings:
        holder = explain(holding.holder)
        counted = holder.readings.get(reading) if holder is not None else None
        if reading in _MULTIPLIED:
            times = counted.share if counted is not None else ANY
            if times.maximum > 0:
                yield f"{bare_text(holding.share)} % × {bare_text(times)} %"
        elif counted is None or counted.reached is not Reached.NO:
            sure = counted is not None and counted.reached is Reached.CERTAIN
            yield f"{'' if sure else 'perhaps '}{bare_text(holding.share)} %"
