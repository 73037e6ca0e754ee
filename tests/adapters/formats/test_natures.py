"""Natures of control: every published code, with the band of the statute."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.adapters.formats.reading import band

from clearance.adapters.formats.natures import nature_of

LLP, OVERSEAS = "-limited-liability-partnership", "-registered-overseas-entity"


@pytest.mark.parametrize(
    ("code", "type_", "expected"),
    [
        ("ownership-of-shares-25-to-50-percent", "shareholding", "(25,50]"),
        ("ownership-of-shares-50-to-75-percent", "shareholding", "(50,75)"),
        ("ownership-of-shares-75-to-100-percent", "shareholding", "[75,100]"),
        ("ownership-of-shares-25-to-50-percent-as-trust", "shareholding", "(25,50]"),
        ("ownership-of-shares-75-to-100-percent-as-firm", "shareholding", "[75,100]"),
        (f"ownership-of-shares-more-than-25-percent{OVERSEAS}", "shareholding", "(25,100]"),
        (
            f"ownership-of-shares-more-than-25-percent-as-control-over-trust{OVERSEAS}",
            "shareholding",
            "(25,100]",
        ),
        ("voting-rights-25-to-50-percent", "votingRights", "(25,50]"),
        (f"voting-rights-50-to-75-percent{LLP}", "votingRights", "(50,75)"),
        (f"voting-rights-75-to-100-percent-as-trust{LLP}", "votingRights", "[75,100]"),
        (f"voting-rights-more-than-25-percent-as-firm{OVERSEAS}", "votingRights", "(25,100]"),
        (
            f"right-to-share-surplus-assets-25-to-50-percent{LLP}",
            "rightsToSurplusAssetsOnDissolution",
            "(25,50]",
        ),
        (
            "part-right-to-share-surplus-assets-75-to-100-percent-as-firm",
            "rightsToSurplusAssetsOnDissolution",
            "[75,100]",
        ),
        ("right-to-appoint-and-remove-directors", "appointmentOfBoard", "(50,100]"),
        ("right-to-appoint-and-remove-directors-as-trust", "appointmentOfBoard", "(50,100]"),
        (f"right-to-appoint-and-remove-members-as-firm{LLP}", "appointmentOfBoard", "(50,100]"),
        ("right-to-appoint-and-remove-person", "appointmentOfBoard", "(50,100]"),
        ("significant-influence-or-control", "otherInfluenceOrControl", "?"),
        (
            f"significant-influence-or-control-as-trust{OVERSEAS}",
            "otherInfluenceOrControl",
            "?",
        ),
        (
            f"registered-owner-as-nominee-person-england-wales{OVERSEAS}",
            "enjoymentAndUseOfAssets",
            "?",
        ),
    ],
)
def test_a_code_has_a_type_and_a_band(code: str, type_: str, expected: str) -> None:
    nature = nature_of(code)
    assert nature is not None
    low, high, flags = nature.units
    found = (nature.type.name, band({"low": low, "high": high, "flags": flags}))
    assert found == (type_, expected)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "ownership-of-shares",
        "ownership-of-shares-10-to-25-percent",
        "significant-influence-or-control-25-to-50-percent",
        "voting-rights-25-to-50-percent-as-friend",
        "right-to-appoint-and-remove-directors-now",
    ],
)
def test_what_the_register_does_not_say_has_no_meaning(code: str) -> None:
    assert nature_of(code) is None


@pytest.mark.real_data
def test_every_published_code_is_understood(real_data: Callable[[str], Path]) -> None:
    text = real_data("ownership/uk_psc_raw/psc_descriptions.yml").read_text()
    section = text.split("short_description:")[1].split("statement_description:")[0]
    codes = set(re.findall(r"^    '([a-z0-9-]+)'", section, re.MULTILINE))
    assert len(codes) > 80
    assert sorted(code for code in codes if nature_of(code) is None) == []
