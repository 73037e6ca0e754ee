"""The groups of the published data are found by their names, however somebody spells them.

Their companies stand in two registers each; merged they are one, and a name leads to that one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from clearance.adapters.snapshot.reference import Reference
from clearance.bootstrap import merging, referencing
from clearance.bootstrap.matching import Matcher
from clearance.bootstrap.merging import MergeReport
from clearance.matching.resolution import Answer
from clearance.model.party import PartyKind
from clearance.model.record import Record

pytestmark = pytest.mark.real_data

FORMS = {
    r"\bP\.? ?L\.? ?C\b\.?": "Public Limited Company",
    r"\bLIMITED$": "Ltd",
    r"(?i)^публичное акционерное общество": "ПАО",
}
"""A legal form as registers write it, and another way to write the same."""


def published() -> Path:
    """The folder of published groups, or a skip."""
    root = os.environ.get("CLEARANCE_TEST_DATA", "")
    folder = Path(root) / "ownership" / "bods04_real"
    if not root or not folder.is_dir():
        pytest.skip("CLEARANCE_TEST_DATA names no folder of published data")
    return folder


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MergeReport]:
    folder = tmp_path_factory.mktemp("groups")
    referencing.build_reference(folder / "built", [published()])
    return folder / "merged", merging.merge_reference(folder / "built", folder / "merged")


def heads(reference: Reference) -> list[int]:
    """The company that each published file is about, by the number that names the file."""
    found = []
    for register, scheme in (("gleif", "XI-LEI"), ("uk_psc", "GB-COH")):
        for path in sorted((published() / register).glob("*.jsonl")):
            (head,) = reference.lookup_identifier(scheme, path.stem)
            found.append(head)
    return found


def spellings(name: str) -> Mapping[str, str]:
    """A registered name as people write it."""
    short = name
    for registered, other in FORMS.items():
        short = re.sub(registered, other, short)
    words = [word for word in name.split() if len(word) > 4] or name.split()
    longest = max(words, key=len)
    slipped = longest[:2] + longest[3] + longest[2] + longest[4:] if len(longest) > 4 else longest
    return {
        "as registered": name,
        "in small letters": name.lower(),
        "another way to write its form": short,
        "two letters swapped": name.replace(longest, slipped),
        "with signs": name.replace(" ", "  ").replace(" AND ", " & ") + " .",
    }


def test_companies_of_two_registers_become_one(merged: tuple[Path, MergeReport]) -> None:
    folder, report = merged
    reference = referencing.open_snapshot(folder)
    assert report.parties == len(merging.merges_of(folder)[0]) >= 9
    assert len(set(heads(reference))) < len(heads(reference))
    for party in merging.merges_of(folder)[0]:
        index = reference.index(party.id)
        assert index is not None
        schemes = [one.scheme for one in reference.identifiers(index)]
        assert schemes.count("XI-LEI") <= 1
        assert schemes.count("GB-COH") <= 1
        assert party.ties


def test_every_group_is_found_in_three_spellings_and_none_leads_elsewhere(
    merged: tuple[Path, MergeReport],
) -> None:
    folder, _ = merged
    reference = referencing.open_snapshot(folder)
    matcher = Matcher.open(folder)
    for head in heads(reference):
        known = reference.record(head)
        found = []
        for how, name in spellings(known.main_name).items():
            asked = Record("asked", (name,), PartyKind.ENTITY, known.countries)
            answer = matcher.resolve(asked)
            if answer.answer is Answer.MATCH:
                assert answer.party == head, (reference.id(head), how)
                found.append(name)
            else:
                assert answer.candidates[0].party == head, (reference.id(head), how)
        assert len(set(found)) >= 3, (reference.id(head), found)
