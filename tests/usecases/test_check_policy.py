"""Checking files: every document is recognised, every mistake told, in order."""

from __future__ import annotations

import pytest

from clearance.adapters.policies import reading as policies
from clearance.usecases.check_policy import Kind, check

SHIPPED = [
    (kind, id)
    for kind, ids in (
        (policies.POLICIES, policies.policy_ids()),
        (policies.RULES, policies.rule_ids()),
        (policies.LISTS, policies.list_ids()),
    )
    for id in ids
]


def lines_of(*documents: tuple[str, str]) -> list[str]:
    """What is said of documents."""
    checked = check(documents, policies.shelf_of)
    return [problem.error().message() for one in checked for problem in one.problems]


@pytest.mark.parametrize(("kind", "id"), SHIPPED)
def test_a_shipped_document_is_sound(kind: str, id: str) -> None:
    (one,) = check([policies.read_document(id, kind)], policies.shelf_of)
    expected = {
        policies.POLICIES: Kind.POLICY,
        policies.RULES: Kind.RULE,
        policies.LISTS: Kind.REGION_LIST,
    }
    assert one.problems == ()
    assert one.kind is expected[kind]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "x.toml:1: neither a policy, a rule nor a region list; write effective"),
        ("a = ", "x.toml:1: not TOML: invalid value; mend the line"),
        ("a = 1\na = 2", "x.toml:2: not TOML: cannot overwrite a value; mend the line"),
        ('effective = "yesterday"', "x.toml:1: effective: 'yesterday' is no date; write YYYY"),
        ("listing = 1", "x.toml:1: listing: 1 is not known here; use one of supported"),
        ("versions = 1", "x.toml:1: versions: 1 is of the wrong type; write tables"),
        ("[[versions]]\nstart = 2020-01-01T00:00:00", "versions[1].start: 2020-01-01 00:00:00 is"),
        ("ownership = [[]]", "ownership: [[]] is of the wrong type; write tables [[ownership]]"),
        ("seeds = 1", "x.toml:1: seeds: 1 is of the wrong type; write a table [seeds]"),
        ("effective = " + "[" * 5000, "x.toml"),
    ],
)
def test_what_is_no_document_is_one_line_each(text: str, line: str) -> None:
    found = lines_of(("x.toml", text))
    assert any(line in one for one in found), found
    assert all("\n" not in one for one in found)


def test_two_versions_of_one_policy_must_not_overlap() -> None:
    name, text = policies.read_document("regime-us-ofac-50", policies.POLICIES)
    ended = text.replace("effective = 2014-08-13", "effective = 2014-08-13\nend = 2020-01-01")
    later = text.replace("effective = 2014-08-13", "effective = 2020-01-01")
    assert lines_of((name, ended), ("later.toml", later)) == []
    (line,) = lines_of((name, text), ("later.toml", later))
    assert line.startswith("later.toml:4: effective: 'regime-us-ofac-50' overlaps the version at ")


def test_mistakes_of_all_files_are_told_in_order() -> None:
    found = lines_of(("b.toml", "listing = 1\n"), ("a.toml", "a = "))
    assert found == sorted(found, key=lambda line: line.startswith("a.toml"))
    assert found[-1].startswith("a.toml:1")
