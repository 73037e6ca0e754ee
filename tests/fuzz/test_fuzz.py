"""Whatever bytes come, every parser answers or refuses in one line, and so does the request path.

A seeded share of what ``python -m tests.fuzz`` does for as long as one likes.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tests.fuzz.mutation import mutated
from tests.fuzz.targets import TARGETS

from clearance.adapters.policies import reading as policies
from clearance.model.errors import InputError
from clearance.model.share import fraction_of_percent
from clearance.usecases.check_policy import check

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


@pytest.mark.parametrize("text", ["1e-999999999", "0." + "0" * 500 + "1", "50." + "1" * 100_000])
def test_a_share_finer_than_any_memory_is_refused_at_once(text: str) -> None:
    with pytest.raises(InputError, match="is no percentage; write a plain number"):
        fraction_of_percent(text)


@pytest.mark.parametrize(
    "number", ["1e-999999999", "1e999999999", "1e99999999999999999999", "9" * 5000]
)
def test_a_number_beyond_reading_is_a_problem_of_the_document(number: str) -> None:
    id = policies.rule_ids()[0]
    text = policies.read_document(id, policies.RULES)[1].replace("= 50", f"= {number}")
    (found,) = check([("rule.toml", text)], policies.shelf_of)
    assert found.problems
