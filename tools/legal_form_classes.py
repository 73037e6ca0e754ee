"""Which class a legal form is of, told from its name: the first whose word stems stand in it.

**Source**: ``legal_form_classes.txt`` beside this file, from the narrow to the wide class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).parent


def table(name: str) -> Iterator[tuple[str, str]]:
    """The sections of a text file beside this one: each heading and the text below it."""
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    text = " ".join(line for line in lines if not line.startswith("#"))
    for section in text.split("[")[1:]:
        heading, _, body = section.partition("]")
        yield heading, body.strip()


_PATTERNS = {
    name: re.compile("|".join(re.escape(stem.replace("_", " ")) for stem in stems.split()))
    for name, stems in table("legal_form_classes.txt")
}

CLASSES = (*_PATTERNS, "other")
"""Every class, from the narrow to the wide."""


def class_of(name: str) -> str:
    """The class that the folded name of a legal form tells, or ``other``.

    >>> class_of("gesellschaft mit beschrankter haftung"), class_of("offene handelsgesellschaft")
    ('limited', 'partnership')
    """
    padded = f" {name} "
    return next((told for told, pattern in _PATTERNS.items() if pattern.search(padded)), "other")
