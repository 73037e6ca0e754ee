"""A portfolio of customers who give their names and countries and no number.

``python -m benchmarks.matching.portfolio FOLDER SIZE WANTED FILE`` writes it.

They are parties of the corpus by the realistic mix of ``speed``: seven of ten as they stand in the
register but for case, two lightly disturbed, one by any of the noises.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.matching.noise import COMPANY
from benchmarks.matching.questions import Question
from benchmarks.matching.ready import ready
from benchmarks.matching.speed import realistic


def write_unidentified(corpus: pa.Table, out: Path, wanted: int, seed: int = 3) -> None:
    """Write ``wanted`` customers, each an entity of the corpus, as CSV."""
    rng = np.random.default_rng(seed)
    entities = np.flatnonzero(corpus["kind"].to_numpy(zero_copy_only=False) == "entity")
    rows = rng.choice(entities, min(wanted, len(entities)), replace=False).tolist()
    noises = tuple(COMPANY.values())
    with out.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("id", "name", "country"))
        for at, row in enumerate(rows):
            name, country = str(corpus["name"][row]), str(corpus["country"][row])
            hard = noises[at // 10 % len(noises)](rng, name) if at % 10 == 9 else name
            asked = realistic(corpus, Question(hard, country, "", "", row, False), at % 10, rng)
            lines.writerow((f"c{at:07d}", asked.name, country))


if __name__ == "__main__":
    corpus = ready(Path(sys.argv[1]), int(sys.argv[2])).table
    write_unidentified(corpus, Path(sys.argv[4]), int(sys.argv[3]))
