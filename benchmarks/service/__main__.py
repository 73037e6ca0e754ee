"""``python -m benchmarks.service FOLDER``: how fast the decision point answers, in lines of JSON.

Needs two cores, wrk and taskset; Envoy, nginx beside it and PostgreSQL are left out where they are
not installed. Three hundred thousand accounts, twenty rules, a database of networks; the log is on.
``--write`` puts the figures into docs/benchmark-service.md. Six minutes.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.service import database, gateway, inside, page, side, wire, world

ACCOUNTS = 300_000
PARTS = ("make", "inside", "wire", "envoy", "side", "postgresql")


def main() -> None:
    """Make the world once, measure, print."""
    parser = argparse.ArgumentParser(prog="benchmarks.service", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--accounts", type=int, default=ACCOUNTS)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--write", action="store_true", help="into docs/benchmark-service.md")
    chosen = parser.parse_args()
    folder: Path = chosen.folder.absolute()
    world.make(folder, chosen.accounts)
    found: dict[str, Mapping[str, float]] = {}
    for name, figures in _measured(folder, chosen.accounts, chosen.only):
        print(json.dumps({name: figures}), flush=True)
        found[name] = figures
    if chosen.write:
        page.write(found)


def _measured(
    folder: Path, accounts: int, only: str | None
) -> Iterator[tuple[str, Mapping[str, float]]]:
    if only in (None, "inside"):
        yield "inside", inside.inside(folder, accounts)
    if only in (None, "wire"):
        yield from wire.asked(folder, accounts)
    if only in (None, "side"):
        world.wrk_script(folder / "one.lua", 0, accounts)
        yield "fastapi", side.fastapi(folder)
    if only in (None, "envoy") and gateway.ENVOY.exists():
        yield "envoy", gateway.through(folder, accounts)
        if shutil.which(gateway.NGINX[0]):
            yield "envoy alone", gateway.beside(folder, accounts)
    if only in (None, "postgresql") and database.INSTALLED:
        yield "postgresql", database.stored()


if __name__ == "__main__":
    main()
