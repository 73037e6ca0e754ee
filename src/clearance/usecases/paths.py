"""The whole path of an answer: from restricted parties down to the one that was asked about.

1. A finding knows the holdings in its own party; the path follows each holder upwards until a
   restricted party, a holder nobody knows, or one that holds nothing that counts.
2. Each party is explained once; loops end where they began.
3. Holdings come in the order in which restriction flows: the asked party's own come last.
"""

from __future__ import annotations

from collections.abc import Callable

from clearance.model.verdict import Finding, Holding

LONGEST = 60
"""A path stops growing here; what lies above is a matter for ``explain``."""


def path_of(finding: Finding, explain: Callable[[str], Finding | None]) -> tuple[Holding, ...]:
    """The holdings behind a finding, up to where the restriction starts.

    Args:
        finding: the answer about the asked party.
        explain: the answer about any other party, ``None`` where there is none.

    **Cost**: one explanation for each party on the path, at most ``LONGEST``.
    """
    steps: list[tuple[Holding, ...]] = []
    seen, waiting, count = {finding.id}, [finding], 0
    while waiting and count < LONGEST:
        current = waiting.pop(0)
        if not current.because:
            continue
        steps.append(current.because)
        count += len(current.because)
        for holding in current.because:
            if holding.holder not in seen:
                seen.add(holding.holder)
                above = explain(holding.holder)
                if above is not None:
                    waiting.append(above)
    return tuple(holding for step in reversed(steps) for holding in step)
