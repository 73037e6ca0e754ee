"""How many prompts of an invented log two threads sketch in a second, lot by lot."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.process import clearance, timed
from clearance.adapters.campaigns.casts import bytes_of
from clearance.campaigns.sketch.bottom import TOKENS, sketch_rows

NAME = "sketching"
ASKED = 400_000
THREADS, LOT, RUNS = 2, 25_000, 5
_PLAN = ("--seed", "1705", "--accounts", "4000", "--rows", "400000", "--members", "", "--no-crowds")


def sketched(folder: Path) -> Mapping[str, float]:
    """What an earlier run found, or measured now: prompts, words of one, prompts a second."""
    path = folder / f"{NAME}.json"
    if not path.exists():
        path.write_text(json.dumps(_measured(folder), indent=1) + "\n", "utf-8")
    said: Mapping[str, float] = json.loads(path.read_text("utf-8"))
    return said


def _measured(folder: Path) -> Mapping[str, float]:
    made = folder / f"{NAME}.made"
    shutil.rmtree(made, ignore_errors=True)
    clearance("campaigns", "simulate", str(made), *_PLAN)
    prompts = pa.concat_arrays(
        pq.read_table(one, columns=["prompt"])["prompt"].combine_chunks().cast(pa.large_string())
        for one in sorted((made / "log").iterdir())
    )
    shutil.rmtree(made)
    lots = [prompts.slice(at, LOT) for at in range(0, len(prompts), LOT)]
    _sketch(lots[0])
    with ThreadPoolExecutor(THREADS) as pool:
        spent = median(timed(lambda: list(pool.map(_sketch, lots)), RUNS).wall)
    words = sum(len(one.split()) for one in prompts.to_pylist()) / len(prompts)
    return {"prompts": len(prompts), "words": words, "rate": len(prompts) / spent}


def _sketch(lot: pa.Array) -> int:
    data, offsets = bytes_of(lot)
    tokens, sizes = np.empty((len(lot), TOKENS), np.int64), np.zeros(len(lot), np.int64)
    sketch_rows(data, offsets, np.array([1, 2], np.uint64), tokens, sizes)
    return int(sizes.sum())
