"""``python -m benchmarks.service FOLDER``: how fast the decision point answers, in lines of JSON.

Needs wrk. Three hundred thousand accounts, twenty rules, a database of networks; the log is on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.service import gateway, inside, wire, world

ACCOUNTS = 300_000


def main() -> None:
    """Make the world once, measure, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.service", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--accounts", type=int, default=ACCOUNTS)
    parser.add_argument("--only", choices=["make", "inside", "wire", "envoy"])
    chosen = parser.parse_args()
    world.make(chosen.folder, chosen.accounts)
    if chosen.only in (None, "inside"):
        print(json.dumps({"inside": inside.inside(chosen.folder, chosen.accounts)}), flush=True)
    if chosen.only in (None, "wire"):
        for name, figures in wire.asked(chosen.folder, chosen.accounts):
            print(json.dumps({name: figures}), flush=True)
    if chosen.only in (None, "envoy") and gateway.ENVOY.exists():
        figures = gateway.through(chosen.folder, chosen.accounts)
        print(json.dumps({"envoy": figures}), flush=True)


if __name__ == "__main__":
    main()
