"""How fast records are matched: ``python -m benchmarks.matching.speed FOLDER SIZE`` prints JSON.

1. The **hard** mix is every noise equally often. The **realistic** mix is what registers are asked:
   seven names of ten as they stand there but for case, two with another legal form, lost accents
   or a slip of the pen, one of the hard ones. Every name comes with its country.
2. Together: all records as ``clearance match`` has those of a file, by processes that are started
   for it, as many as there are cores, sharing pages. Alone: one record after another in one thread,
   for the spread of single answers.
3. Every question is asked once before it counts, so that pages are in memory.
4. Opening and memory are those of a process of its own that has answered both mixes; what it holds
   are mostly pages of the index, which processes share.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.machine import peak
from benchmarks.matching.noise import form_written_otherwise, typo, without_diacritics
from benchmarks.matching.questions import Question, questions
from benchmarks.matching.ready import Ready, ready
from clearance.adapters.collecting import rarely_collecting
from clearance.adapters.matching.opening import open_resolver
from clearance.adapters.matching.sharing import answered
from clearance.matching.candidates import Sought
from clearance.matching.text.form import name_form
from clearance.model.customer import Customer
from clearance.model.party import PartyKind
from clearance.model.record import Record

EACH = 400
"""Questions about companies for each noise."""
LOT, ALONE = 1_000, 2_000
ENOUGH = 4
"""How often all are asked together: to start a process takes as long as some hundred answers."""
LIGHT = (form_written_otherwise, without_diacritics, typo)


def mixes(of: Ready) -> dict[str, list[Question]]:
    """The questions of each mix, in an order of chance."""
    rng = np.random.default_rng(5)
    hard = questions(of.table, EACH, "test")
    hard = [hard[at] for at in rng.permutation(len(hard))]
    mixed = [realistic(of.table, one, at % 10, rng) for at, one in enumerate(hard)]
    return {"realistic": mixed, "hard": hard}


def realistic(table: pa.Table, one: Question, place: int, rng: np.random.Generator) -> Question:
    """The question that stands in one of ten places of the realistic mix."""
    if place == 9:
        return one
    name = str(table["name"][one.truth])
    asked = name.upper() if place < 7 else LIGHT[int(rng.integers(len(LIGHT)))](rng, name)
    return Question(asked, one.country, one.kind, "", one.truth, False)


def together(records: Sequence[Record], folder: Path) -> float:
    """Records a second, by all cores."""
    resolver = open_resolver(folder)
    for start in range(0, len(records), LOT):
        resolver.resolve(records[start : start + LOT])
    customers = [
        Customer(one.id, one.main_name, one.countries[0], kind=one.kind) for one in records
    ] * ENOUGH
    with rarely_collecting():
        began = time.perf_counter()
        answers = sum(1 for _ in answered(resolver, customers, lambda who: who))
        return answers / (time.perf_counter() - began)


def alone(records: Sequence[Record], folder: Path) -> dict[str, float]:
    """Milliseconds of single answers: the middle, and that which one of a hundred exceeds."""
    resolver = open_resolver(folder)
    for record in records:
        resolver.resolve([record])
    spent = []
    for record in records:
        began = time.perf_counter()
        resolver.resolve([record])
        spent.append((time.perf_counter() - began) * 1e3)
    return {"p50": float(np.percentile(spent, 50)), "p99": float(np.percentile(spent, 99))}


def opened(records: Sequence[Record], folder: Path) -> dict[str, float]:
    """Seconds that a fresh process takes to open, and gigabytes resident when all are answered."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        return fresh.submit(_opened, records, folder).result()


def _opened(records: Sequence[Record], folder: Path) -> dict[str, float]:
    began = time.perf_counter()
    resolver = open_resolver(folder)
    spent = time.perf_counter() - began
    for start in range(0, len(records), LOT):
        resolver.resolve(records[start : start + LOT])
    return {"open": spent, "resident": peak() * 2**20 / 1e9}


def searched(of: Ready, asked: Sequence[Question], *, country: bool) -> dict[str, float]:
    """The search alone: questions a second, and the share of right parties among twenty."""
    sought = [
        Sought((name_form(one.name, KINDS[one.kind]),), (one.country,) if country else ())
        for one in asked
    ]
    of.source.search(sought)
    began = time.perf_counter()
    found = of.source.search(sought)
    spent = time.perf_counter() - began
    right = [
        any(each.party == one.truth for each in parties)
        for one, parties in zip(asked, found, strict=True)
    ]
    return {"rate": len(asked) / spent, "recall": float(np.mean(right))}


KINDS = {"entity": PartyKind.ENTITY, "person": PartyKind.PERSON}


def main() -> None:
    """Measure both mixes."""
    root, size = Path(sys.argv[1]), int(sys.argv[2])
    of = ready(root, size)
    folder = root / f"names-v1-{size}" / "snapshot"
    told: dict[str, object] = {}
    every: list[Record] = []
    for name, asked in mixes(of).items():
        records = [
            Record(str(at), (one.name,), KINDS[one.kind], (one.country,))
            for at, one in enumerate(asked)
        ]
        every += records
        told[name] = {
            "search": searched(of, asked, country=True),
            "without country": searched(of, asked, country=False),
            "together": together(records, folder),
            **alone(records[:ALONE], folder),
        }
    print(json.dumps(told | opened(every, folder)))


if __name__ == "__main__":
    main()
