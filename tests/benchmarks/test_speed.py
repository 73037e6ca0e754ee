"""The mixes that speed is measured on are what they are said to be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from benchmarks.matching.portfolio import write_unidentified
from benchmarks.matching.questions import Question
from benchmarks.matching.speed import realistic

TABLE = pa.table({"name": ["Étoile Marine Limited", "Borealis Shipping GmbH"]})
HARD = Question("Etoile Mrine", "XA", "entity", "typo", 0, False)


@pytest.mark.parametrize("place", range(7))
def test_seven_of_ten_names_stand_as_they_do_in_the_register_but_for_case(place: int) -> None:
    asked = realistic(TABLE, HARD, place, np.random.default_rng(1))
    assert asked.name == "ÉTOILE MARINE LIMITED"
    assert (asked.truth, asked.country) == (HARD.truth, HARD.country)


@pytest.mark.parametrize("place", [7, 8])
def test_two_of_ten_are_lightly_disturbed(place: int) -> None:
    names = {realistic(TABLE, HARD, place, np.random.default_rng(seed)).name for seed in range(20)}
    assert "Etoile Marine Limited" in names
    assert HARD.name not in names


def test_one_of_ten_is_hard() -> None:
    assert realistic(TABLE, HARD, 9, np.random.default_rng(1)) == HARD


def test_a_portfolio_of_names_holds_entities_alone_and_the_same_each_time(tmp_path: Path) -> None:
    names = [f"Étoile Marine {word} Limited" for word in "abcdefghijklmnop"]
    corpus = pa.table(
        {
            "name": [*names, "Jonna Wessik"],
            "country": ["XA"] * 17,
            "kind": ["entity"] * 16 + ["person"],
        }
    )
    for name in ("one.csv", "two.csv"):
        write_unidentified(corpus, tmp_path / name, 20)
    lines = (tmp_path / "one.csv").read_text().splitlines()
    assert (tmp_path / "two.csv").read_text().splitlines() == lines
    assert len(lines) == 17
    assert not any("Wessik" in line for line in lines)
    assert sum(line.split(",")[1].isupper() for line in lines) >= 11
