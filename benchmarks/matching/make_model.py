"""``python -m benchmarks.matching.make_model``: train the shipped model anew."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.matching.open_set import held_questions
from benchmarks.matching.questions import questions
from benchmarks.matching.ready import Ready, ready
from benchmarks.matching.training import models, usual_words
from clearance.adapters.matching.models import SHIPPED, models_bytes
from clearance.matching.rarity import rarity
from clearance.matching.score import Models
from clearance.matching.text.form import name_form
from clearance.model.party import PartyKind

OUT = Path("src/clearance/adapters/matching") / SHIPPED
SIZE = 1_000_000
QUESTIONS = 1_500
"""For each noise."""


def main() -> None:
    """Train on the corpus of a million names and write the file that is shipped."""
    parser = argparse.ArgumentParser(prog="make_model", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("bench"), help="the scratch folder")
    parser.add_argument("--names", type=Path, help="the folder of the real names")
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args()
    learned = make_model(ready(chosen.folder, SIZE, chosen.names), QUESTIONS)
    chosen.out.write_bytes(models_bytes(learned))
    print(f"{chosen.out}: {chosen.out.stat().st_size:,} bytes")


def make_model(of: Ready, count: int) -> Models:
    """The models that ``count`` questions for each noise teach."""
    corpus = of.corpus
    usual = usual_words(
        name_form(name, kind).ascii
        for name, kind in zip(corpus.names, corpus.kinds, strict=True)
        if kind is not PartyKind.PERSON
    )
    rare = rarity(of.source.count, of.source.names, usual)
    asked = questions(of.table, count, "train", far=True)
    more = questions(of.table, count // 3, "calibrate", far=True)
    held = list(held_questions(corpus, [*asked, *more], of.search, 1))
    return models(held, rare, usual)


if __name__ == "__main__":
    main()
