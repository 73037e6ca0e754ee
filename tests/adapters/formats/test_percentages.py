"""Percentages as people write them, and those that nobody can read."""

from __future__ import annotations

import pytest
from tests.adapters.formats.reading import band

from clearance.adapters.formats.percentages import units_of_text
from clearance.model.errors import InputError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50", "50"),
        ("50%", "50"),
        ("50 %", "50"),
        ("50,5", "50.5"),
        ("50.5 percent", "50.5"),
        ("100.00", "100"),
        ("0", "0"),
        ("25-50", "[25,50]"),
        ("25 - 50 %", "[25,50]"),
        ("25% to 50%", "[25,50]"),
        ("25–50%", "[25,50]"),
        ("between 25 and 50", "[25,50]"),
        ("more than 25%", "(25,100]"),
        ("More than 25 %", "(25,100]"),
        ("> 50", "(50,100]"),
        (">50%", "(50,100]"),
        (">= 50", "[50,100]"),
        ("≥75", "[75,100]"),
        ("at least 10", "[10,100]"),
        ("75 or more", "[75,100]"),
        ("75%+", "[75,100]"),
        ("< 25", "[0,25)"),
        ("less than 25%", "[0,25)"),
        ("up to 25", "[0,25]"),
        ("25 or less", "[0,25]"),
    ],
)
def test_a_percentage_in_words_is_an_exact_interval(text: str, expected: str) -> None:
    low, high, flags = units_of_text(text)
    assert band({"low": low, "high": high, "flags": flags}) == expected


@pytest.mark.parametrize(
    "text", ["101", "-5", "half", "50/50", "50-25", "1.234,5", "50 %%", "a majority", "nan", "25-"]
)
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        units_of_text(text)
