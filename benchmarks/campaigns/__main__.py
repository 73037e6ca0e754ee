"""``python -m benchmarks.campaigns FOLDER``: logs of 2 to 32 million rows, found and timed.

Each log is made, measured and removed; FOLDER keeps a file of figures each, and what stands there
is not measured again. An hour and 20 GB of disk for all, on two cores and 8 GB of memory.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.campaigns.cases import CASES
from benchmarks.campaigns.running import kept
from benchmarks.campaigns.sketching import NAME as SKETCHING
from benchmarks.campaigns.sketching import sketched
from benchmarks.campaigns.tables import peers_table, scale_table
from benchmarks.machine import machine
from benchmarks.matching.written import BESIDE, between

PAGE = Path("docs/benchmark-campaigns.md")


def main() -> None:
    """Measure what was asked for, a line on the screen for each log."""
    chosen = _arguments()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        if not chosen.docs and (chosen.only is None or case.name in chosen.only):
            print(kept(case, chosen.folder), flush=True)
    if not chosen.docs and (chosen.only is None or SKETCHING in chosen.only):
        print(sketched(chosen.folder), flush=True)
    if chosen.peers:
        from benchmarks.campaigns.beside import beside

        for said in beside(chosen.folder, chosen.peers):
            print(said, flush=True)
    if chosen.docs:
        between(PAGE, "scale", scale_table(chosen.folder, machine()))
        for page, mark in ((PAGE, "peers"), (BESIDE, "campaigns")):
            between(page, mark, peers_table(chosen.folder))


def _arguments() -> argparse.Namespace:
    names = [*(case.name for case in CASES), SKETCHING]
    parser = argparse.ArgumentParser(prog="campaigns", description=__doc__)
    parser.add_argument("folder", type=Path, help="where figures are kept and logs are made")
    parser.add_argument("--only", nargs="*", choices=names, help="these logs alone")
    parser.add_argument("--peers", type=Path, help="the interpreter of the environment of peers")
    parser.add_argument("--docs", action="store_true", help="write the tables, measure no log")
    return parser.parse_args()


if __name__ == "__main__":
    main()
