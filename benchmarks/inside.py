"""Measurements inside one process of their own: ``python -m benchmarks.inside WHAT PATH …``.

Prints one line of JSON: seconds by the clock and on the cores (medians), and plain facts.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.process import Timing, timed

Found = dict[str, object]


def opening(snapshot: Path, repeat: int, _: str) -> Found:
    """A snapshot opened for use."""
    from benchmarks.questions import opened

    timing = timed(lambda: opened(snapshot), repeat)
    return timing.document() | {"parties": len(opened(snapshot))}


def world(snapshot: Path, repeat: int, rule: str) -> Found:
    """One rule's answer for the whole world."""
    import numpy as np

    from benchmarks.questions import answered, opened

    reference = opened(snapshot)
    timing = timed(lambda: answered(reference, rule), repeat)
    no, possible, certain = np.bincount(answered(reference, rule).reached, minlength=3).tolist()
    return timing.document() | {"no": no, "possible": possible, "certain": certain}


def explain(snapshot: Path, repeat: int, policy: str) -> Found:
    """One party explained from a folder, opened each time: some parties reached, most not."""
    import numpy as np

    from benchmarks.questions import DAY, answered, opened
    from clearance.adapters.explaining.explaining import explain_party
    from clearance.model.dates import day_of

    reference, day = opened(snapshot), day_of(DAY)
    reached = np.flatnonzero(answered(reference, "cascade-50").reached)
    chosen = [*reached[:: max(1, len(reached) // 100)], *range(0, len(reference), 100_003)]
    names = [reference.id(int(party)) for party in chosen]
    explain_party(snapshot, names[0], policy, day)
    runs = [timed(lambda: explain_party(snapshot, name, policy, day), 1) for name in names]  # noqa: B023
    wall, cpu = (tuple(getattr(run, of)[0] for run in runs) for of in ("wall", "cpu"))
    return Timing(wall, cpu).document() | {"slowest": max(wall)}


def statements(path: Path, repeat: int, _: str) -> Found:
    """BODS statements read into columns."""
    from clearance.adapters.formats.source import open_source
    from clearance.adapters.snapshot.load import supply_of

    def read() -> int:
        supplies = [supply_of(source) for source in open_source(path)]
        return sum(batch.records for supply in supplies for batch in supply.batches)

    timing = timed(read, repeat)
    return timing.document() | {"statements": read(), "per": statistics.median(timing.wall)}


def names(path: Path, repeat: int, _: str) -> Found:
    """Names read as search and comparison read them: a lot, and the median of single ones."""
    import pyarrow.parquet as pq

    from clearance.matching.text.form import name_form, name_forms
    from clearance.model.party import PartyKind

    texts = pq.read_table(path, columns=["name"])["name"].to_pylist()[:20_000]
    timing = timed(lambda: name_forms(texts, PartyKind.ENTITY), repeat)
    singles = []
    for text in texts:
        started = time.perf_counter()
        name_form(text)
        singles.append(time.perf_counter() - started)
    return timing.document() | {"names": len(texts), "single": statistics.median(singles)}


def impact(snapshot: Path, repeat: int, what: str) -> Found:
    """A change of policy over the world's portfolio."""
    from benchmarks.impact import impact as compared

    return compared(snapshot, repeat, what)


MEASURED: dict[str, Callable[[Path, int, str], Found]] = {
    "opening": opening,
    "world": world,
    "explain": explain,
    "statements": statements,
    "names": names,
    "impact": impact,
}

if __name__ == "__main__":
    what, path, repeat, asked = sys.argv[1:5]
    print(json.dumps(MEASURED[what](Path(path), int(repeat), asked)))
