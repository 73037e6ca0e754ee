"""Published names in many scripts are read; the reading meets the Latin spelling where it can."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from rapidfuzz import fuzz

from clearance.matching.text.form import NameForm, name_form, name_forms
from clearance.model.party import PartyKind

pytestmark = pytest.mark.real_data
Find = Callable[[str], Path]

VOWELS = str.maketrans("b", "p", "aeiouyw ")
"""Vowels and what Arabic writes for long ones; and it has one letter for b and p."""


def test_companies_lose_their_legal_form(real_data: Find) -> None:
    text = real_data("matching/cleanco_companies.csv").read_text(encoding="utf-8")
    names = [line.rpartition(";")[0] for line in text.splitlines()]
    assert sum(bool(name_form(name).form) for name in names) / len(names) >= 0.95


def test_names_of_the_lei_list_are_read_whole(real_data: Find) -> None:
    table = pq.read_table(real_data("matching/gleif/gleif_names_100k.parquet"), columns=["name"])
    names = table["name"].to_pylist()[::5]
    forms = name_forms(names, PartyKind.ENTITY)
    told = Counter(warning for form in forms for warning in form.warnings)
    assert all(form.ascii for form in forms)
    assert sum(map(bool, (form.form for form in forms))) / len(forms) >= 0.8
    assert told.total() <= len(forms) / 1_000, told


def test_few_names_of_the_lei_list_become_one(real_data: Find) -> None:
    table = pq.read_table(real_data("matching/gleif/gleif_names_100k.parquet"), columns=["name"])
    folded = {
        form.folded: form for form in name_forms(table["name"].to_pylist()[::5], PartyKind.ENTITY)
    }
    with_form = {(form.joined, form.form, form.numbers) for form in folded.values()}
    assert len(with_form) / len(folded) >= 0.995


def test_the_sample_of_scripts_tells_only_what_is_odd(real_data: Find) -> None:
    with real_data("matching/rigour_sample_names.csv").open(encoding="utf-8", newline="") as file:
        forms = [name_form(row["name"]) for row in csv.DictReader(file)]
    scripts = Counter(form.script for form in forms)
    assert {"Latin", "Cyrillic", "Greek", "Arabic", "Han", "Kana", "Hangul"} <= set(scripts)
    assert {warning for form in forms for warning in form.warnings} <= {
        "only_legal_form",
        "control",
    }
    assert all(form.core for form in forms)


def test_one_person_in_sixteen_scripts_is_read_alike(real_data: Find) -> None:
    text = real_data("matching/rigour_putin_names.txt").read_text(encoding="utf-8")
    forms = [name_form(line, PartyKind.PERSON) for line in text.splitlines() if line.strip()]
    commonest = Counter(form.ascii[-1] for form in forms if form.ascii).most_common(1)[0][0]
    alike = Counter(form.script for form in forms if _likeness(form, commonest) >= 70)
    asked = Counter(form.script for form in forms)
    missed = {script for script in asked if alike[script] < asked[script] / 2}
    assert len(asked) >= 14
    assert missed <= {"Khmer", "Han", "Kana", "Myanmar"}, missed


def _likeness(form: NameForm, word: str) -> float:
    """How alike the consonants of some word are to those of ``word``."""
    return max(
        (fuzz.ratio(own.translate(VOWELS), word.translate(VOWELS)) for own in form.ascii),
        default=0,
    )


def test_persons_in_two_scripts_are_alike_in_consonants(real_data: Find) -> None:
    path = real_data("matching/watchman/cross_script_pairs.csv")
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] not in "# "]
    pairs = [
        (name_form(row[0], PartyKind.PERSON), name_form(row[1], PartyKind.PERSON))
        for row in csv.reader(filter(None, lines))
    ]
    read = [(one, other) for one, other in pairs if one.ascii]
    alike = [
        fuzz.token_sort_ratio(_consonants(one), _consonants(other)) >= 60 for one, other in read
    ]
    assert sum(alike) / len(read) >= 0.85
    assert {one.script for one, _ in pairs if not one.ascii} <= {"Han"}


def _consonants(form: NameForm) -> str:
    return " ".join(word.translate(VOWELS) or word for word in form.ascii)
