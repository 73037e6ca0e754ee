"""The page about scripts shows what the program does."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearance.matching.text.form import name_form
from clearance.model.party import PartyKind

PAGE = Path(__file__).parents[3] / "docs" / "matching-scripts.md"


def _rows(heading: str) -> list[tuple[str, ...]]:
    """The rows of the table below a heading, their first two lines left out."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


@pytest.mark.parametrize("row", _rows("Examples"), ids=lambda row: row[0])
def test_an_example_is_read_as_shown(row: tuple[str, ...]) -> None:
    made = name_form(row[0])
    read = (made.script, " ".join(made.core), " ".join(made.ascii), made.form)
    shown = (*read, " ".join(made.numbers))
    assert tuple(cell or "–" for cell in shown) == row[1:]


@pytest.mark.parametrize("row", _rows("One name, written twice"), ids=lambda row: row[1])
def test_two_spellings_shown_are_one_key(row: tuple[str, ...]) -> None:
    assert name_form(row[0]).joined == name_form(row[1]).joined


@pytest.mark.parametrize("row", _rows("Persons"), ids=lambda row: row[0])
def test_two_spellings_of_a_person_have_one_core(row: tuple[str, ...]) -> None:
    one, other = (name_form(cell, PartyKind.PERSON) for cell in row)
    assert sorted(one.core) == sorted(other.core)


@pytest.mark.parametrize("row", _rows("What is told"), ids=lambda row: row[1])
def test_a_warning_shown_is_told(row: tuple[str, ...]) -> None:
    assert row[1].strip("`") in name_form(row[0]).warnings
