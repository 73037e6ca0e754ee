"""``python -m benchmarks.matching``: how good matching is, by slice and beside peers.

Everything is measured in one run; with ``--docs`` the tables and pictures of the docs are written.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from benchmarks.matching.peers import Peer
from benchmarks.matching.ready import Ready, ready
from benchmarks.matching.sets import (
    Set,
    lists,
    near_duplicates,
    open_set,
    persons_not_listed,
    with_address,
)
from benchmarks.matching.side_by_side import MATCH, Result, called, ours, results
from benchmarks.matching.written import BESIDE, IMAGES, PAGE, between, features, side_by_side
from clearance.adapters.matching.evaluation import calibration_picture, table
from clearance.adapters.matching.models import shipped_models
from clearance.usecases.asked import Answered
from clearance.usecases.evaluate import Slice, calibration, measured, sliced, slices

PERSONS_FOR_PEERS = 2_000
WIDE = 5
"""How many times as many questions the slices are measured by as the peers are asked."""
PICTURES = {"entity": "Entities: said and seen", "person": "Persons: said and seen"}


def main() -> None:
    """Measure what was asked for."""
    chosen = _arguments()
    if chosen.all_persons:
        line = _strangers()
        print(line)
        if chosen.docs:
            between(PAGE, "persons", [line])
        return
    of = ready(chosen.folder, chosen.size, chosen.names)
    wide = open_set(of, WIDE * chosen.questions)
    found, _ = ours(wide, shipped_models())
    reached, _ = ours(with_address(of, chosen.questions), shipped_models())
    told = list(table([*slices(found.outcomes, found.labels), *_reached(reached)]))
    recall = (
        f"The right one is weighed for {_recall(wide):.1%} of {_present(wide):,} that are there."
    )
    print("\n".join([*told, "", recall]), flush=True)
    beside = list(side_by_side(_results(of, chosen)))
    print("\n".join(beside))
    if chosen.docs:
        between(PAGE, "slices", [*told, "", recall])
        between(PAGE, "side by side", beside)
        between(PAGE, "features", list(features()))
        between(BESIDE, "matching", beside)
        _pictures(found)


def _results(of: Ready, chosen: argparse.Namespace) -> list[Result]:
    sets = [
        open_set(of, chosen.questions),
        *lists(),
        near_duplicates(of, chosen.questions * 4),
        persons_not_listed(PERSONS_FOR_PEERS),
    ]
    peer = Peer(chosen.peers) if chosen.peers.exists() else None
    corpus = chosen.folder / f"names-v1-{chosen.size}" / "corpus.parquet"
    return list(results(sets, shipped_models(), peer, corpus))


def _reached(found: Answered) -> list[Slice]:
    bare = found.of("no country")
    return [sliced("with address", found.outcomes), sliced("with address, no country", bare)]


def _strangers() -> str:
    """All persons who are not listed, beside the list."""
    of = persons_not_listed()
    found, _ = ours(of, shipped_models())
    share = measured(lambda some: called(MATCH, some), found.outcomes)
    return (
        f"Of {len(of.questions):,} persons who are not listed, {share.value:.3%} "
        f"({share.low:.3%}–{share.high:.3%}) reach {MATCH:.0%} by their name."
    )


def _present(of: Set) -> int:
    return sum(one.present for one in of.questions)


def _recall(of: Set) -> float:
    return float(np.mean([one.right >= 0 for one in of.questions if one.present]))


def _pictures(found: Answered) -> None:
    for label, title in PICTURES.items():
        picture = calibration_picture(calibration(found.of(label)), title)
        (IMAGES / f"calibration-{label}.svg").write_text(picture)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="matching", description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="names of the corpus")
    parser.add_argument("--questions", type=int, default=500, help="for each noise")
    parser.add_argument("--folder", type=Path, default=Path("bench"), help="the scratch folder")
    parser.add_argument("--names", type=Path, help="the folder of the real names")
    parser.add_argument("--peers", type=Path, default=Path(".venv-evaluate/bin/python"))
    parser.add_argument(
        "--all-persons", action="store_true", help="only the 100,000 of them, and ours"
    )
    parser.add_argument("--docs", action="store_true", help="write tables and pictures of the docs")
    return parser.parse_args()


if __name__ == "__main__":
    main()
