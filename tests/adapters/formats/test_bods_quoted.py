"""BODS made from another register: what its quoted words say beside the figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adapters.formats.bods_records import interest, only_interest, relationship
from tests.adapters.formats.reading import band, flags, kind, read_lines

QUOTED = "Relationship Type: ['ownership-of-shares-{}', 'voting-rights-75-to-100-percent']"


@pytest.mark.parametrize(
    ("details", "published", "expected"),
    [
        (QUOTED.format("25-to-50-percent"), (25.0, 50.0), "(25,50]"),
        (QUOTED.format("50-to-75-percent-as-trust"), (50, 75), "(50,75)"),
        (QUOTED.format("75-to-100-percent"), (75, 100), "[75,100]"),
        ("Relationship Type: ['significant-influence-or-control']", (25, 50), "[25,50]"),
        ("held by agreement", (25, 50), "[25,50]"),
        (None, (25, 50), "[25,50]"),
    ],
)
def test_ends_that_a_conversion_closed_are_opened_where_the_nature_is_quoted(
    tmp_path: Path, details: str | None, published: tuple[float, float], expected: str
) -> None:
    low, high = published
    record = relationship(interest({"minimum": low, "maximum": high}, details=details))
    assert band(only_interest(tmp_path, record)) == expected


@pytest.mark.parametrize(
    ("quoted", "expected", "flag"),
    [
        ("IS_DIRECTLY_CONSOLIDATED_BY", "otherInfluenceOrControl", True),
        ("IS_FUND-MANAGED_BY", "enjoymentAndUseOfAssets", False),
    ],
)
def test_quoted_gleif_relationships_mean_what_they_mean_in_gleif(
    tmp_path: Path, quoted: str, expected: str, flag: bool
) -> None:
    stated = interest(type="otherInfluenceOrControl", details=f"Relationship Type: {quoted}")
    row = only_interest(tmp_path, relationship(stated))
    assert (kind(row), row["detail"]) == (expected, quoted)
    assert ("consolidation" in flags(row)) is flag


def test_a_quoted_branch_says_whose_branch_it_is(tmp_path: Path) -> None:
    quoted = "Relationship Type: IS_INTERNATIONAL_BRANCH_OF"
    stated = interest(type="otherInfluenceOrControl", details=quoted)
    read = read_lines(tmp_path, [relationship(stated)])
    assert read.party("B")["branch_of"] == "A"
