"""Text that others wrote, made safe to show."""

from __future__ import annotations

import pytest

from clearance.adapters.foreign_text import cell, columns, shortened, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Alder", "Alder"),
        ("Alder\u202edtL", "Alder‹U+202E›dtL"),
        ("a\u2066b\u2069", "a‹U+2066›b‹U+2069›"),
        ("a\x1b[31mb", "a‹U+001B›[31mb"),
        ("a\x00b", "a‹U+0000›b"),
        ("two\r\nlines\tand a tab", "two lines and a tab"),
        ("zero\u200bwidth", "zero‹U+200B›width"),
        ("Größe 株式会社 Ωμέγα", "Größe 株式会社 Ωμέγα"),
        ("a\ud800b", "a‹U+D800›b"),
    ],
)
def test_what_steers_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=cmd()", "'=cmd()"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =cmd()", "'  =cmd()"),
        ("\t=cmd()", "' =cmd()"),
        ("|calc", "'|calc"),
        ("＝cmd()", "'＝cmd()"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_a_cell_runs_nothing(text: str, shown: str) -> None:
    assert cell(text) == shown


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("株式会社", 8, "株式会社"),
        ("株式会社", 7, "株式会…"),
        ("", 3, ""),
    ],
)
def test_a_text_is_cut_by_columns(text: str, width: int, short: str) -> None:
    assert shortened(text, width) == short
    assert columns(shortened(text, width)) <= width
