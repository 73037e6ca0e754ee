"""Places written as words."""

from __future__ import annotations

import pytest

from clearance.adapters.formats.places import code_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("XA", "XA"),
        ("xa", "XA"),
        ("Nowhere, XA", "XA"),
        ("England & Wales", "GB"),
        ("THE  UNITED STATES OF AMERICA", "US"),
        ("U.S.A.", "US"),
        ("Delaware", "US-DE"),
        ("Minnesota, Usa", "US-MN"),
        ("Companies House", ""),
        ("Z1", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_text_is_the_place_that_it_names_or_none(text: str | None, code: str) -> None:
    assert code_of(text) == code
