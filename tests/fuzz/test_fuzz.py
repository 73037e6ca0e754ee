"""Whatever bytes come, every parser answers or refuses in one line, and so does the request path.

A seeded share of what ``python -m tests.fuzz`` does for as long as one likes.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tests.fuzz.mutation import mutated
from tests.fuzz.targets import TARGETS

SHARE = {"management": 60, "campaigns": 12, "networks": 40, "database": 60, "log": 60}
"""How often the slower ones are tried; the others 150 times."""


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_are_read_or_refused(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]
    seeds = target.seeds()
    for at, seed in enumerate(seeds):
        (tmp_path / f"s{at}").mkdir()
        target.run(seed, tmp_path / f"s{at}")
    for draw in range(SHARE.get(name, 150)):
        folder = tmp_path / str(draw)
        folder.mkdir()
        target.run(mutated(seeds, Random(f"{name} {draw}")), folder)


def test_mutations_change_what_they_are_given() -> None:
    seeds = [b'{"a": [1, 2, {"b": "c"}]}', b"id,name\n1,x\n"]
    made = {mutated(seeds, Random(draw)) for draw in range(200)}
    assert len(made) > 150
    assert made != {mutated(seeds, Random(draw + 1000)) for draw in range(200)}
