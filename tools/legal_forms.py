"""Makes ``clearance/matching/text/legal_form_data.py`` from the ISO 20275 list.

Run ``python -m tools.legal_forms elf-codes-1.4.1.csv.gz``. The list (CC0) is published at
https://www.gleif.org/en/about-lei/code-lists/iso-20275-entity-legal-forms-code-list

1. Names and abbreviations are folded and cut into words as names are; remarks in brackets go.
2. A form has the class its name tells; an abbreviation has that of most names it stands for.
3. What ``legal_forms_added.txt`` says wins. Latin abbreviations of up to two letters count only
   there; what ``legal_forms_kept.txt`` holds is left out.
4. Names of more than nine words or seventy letters stand in no company's name and are left out.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from clearance.matching.text.words import words
from tools.legal_form_classes import CLASSES, class_of, table

TARGET = Path(__file__).parents[1] / "src/clearance/matching/text/legal_form_data.py"
_NAMES = (
    "Entity Legal Form name Local name",
    "Entity Legal Form name Transliterated name (per ISO 01-140-10)",
)
_ABBREVIATIONS = ("Abbreviations Local language", "Abbreviations transliterated")
_BRACKETED = re.compile(r"[(（][^)）]*[)）]?")
_PARTED = re.compile(r"\s/\s|;|(?<=\w\w)/(?=\w\w)|, (?=[Ll]\.?[LCl])")
_MOST_WORDS, _MOST_LETTERS = 9, 70
_WIDTH = 96
_HEAD = '''"""Legal forms by class, folded; made by ``tools/legal_forms.py``, not by hand.

**Source**: ISO 20275 Entity Legal Forms, version 1.4.1, GLEIF, CC0; and what the tool adds.
"""

CLASSES = """
'''


def phrase(text: str) -> str:
    """A form as it stands in a folded name."""
    return " ".join(words(text))


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of the list."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def forms_in(row: dict[str, str], columns: tuple[str, ...]) -> Iterator[str]:
    """The distinct phrases that columns of a row hold."""
    found = (part for column in columns for part in _PARTED.split(row[column]))
    yield from dict.fromkeys(filter(None, map(phrase, (_BRACKETED.sub(" ", one) for one in found))))


def classes(path: Path) -> dict[str, str]:
    """Each form and its class."""
    left_out = set(map(phrase, kept()))
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(path):
        told = class_of(" ".join(phrase(row[column]) for column in _NAMES))
        for form in {*forms_in(row, _NAMES), *forms_in(row, _ABBREVIATIONS)} - left_out:
            if _counts(form):
                votes[form][_own_class(form, row, told)] += 1
    found = {form: _most(counted) for form, counted in votes.items()}
    return found | added()


def added() -> dict[str, str]:
    """The forms that the list lacks, and their class; one form has one class."""
    found: dict[str, str] = {}
    for name, forms in table("legal_forms_added.txt"):
        for form in filter(None, map(phrase, forms.split(";"))):
            if found.setdefault(form, name) != name:
                raise ValueError(f"{form!r} stands under {found[form]} and under {name}")
    return found


def kept() -> list[str]:
    """Entries of the list that stay in a name."""
    lines = (
        (Path(__file__).parent / "legal_forms_kept.txt").read_text(encoding="utf-8").splitlines()
    )
    return " ".join(line for line in lines if not line.startswith("#")).split(";")


def _own_class(form: str, row: dict[str, str], told: str) -> str:
    return class_of(form) if form in set(forms_in(row, _NAMES)) else told


def _counts(form: str) -> bool:
    short = 2 if form.isascii() else 1
    return short < len(form) <= _MOST_LETTERS and len(form.split()) <= _MOST_WORDS


def _most(counted: Counter[str]) -> str:
    return min(counted, key=lambda name: (-counted[name], CLASSES.index(name)))


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)


def _lines(name: str, forms: list[str]) -> Iterator[str]:
    yield f"[{name}]"
    line = ""
    for form in forms:
        if _width(line) + _width(form) > _WIDTH:
            yield line
            line = ""
        line += f"{form};"
    yield line


def module(found: dict[str, str]) -> str:
    """The text of the module."""
    sections = (
        _lines(name, sorted(form for form, own in found.items() if own == name)) for name in CLASSES
    )
    return _HEAD + "\n".join(chain.from_iterable(sections)) + '\n"""\n'


if __name__ == "__main__":
    TARGET.write_text(module(classes(Path(sys.argv[1]))), encoding="utf-8")
