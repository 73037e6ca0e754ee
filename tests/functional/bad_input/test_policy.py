"""Bad input to every command that takes a policy: the same line from each."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.functional.bad_input.saying import EXPLAIN, POLICY, SCREEN, Run, one_clear_line, refused

EDITS = (
    ("an unknown rule", '"provider-regions"', '"provider-regionz"', ("ownership[1].rule",)),
    ("an unknown fact", '"headquarters"', '"headqarters"', ("region_rules[1].fact",)),
    ("an unknown field", "unlisted =", "unlistd =", ("unlistd", "unlisted")),
    ("a region that is no code", '["XA"]', '["XA", "X1"]', ("regions.codes[2]", "X1")),
    ("a name for a code", '["XA"]', '["Narnia"]', ("regions.codes[1]", "Narnia")),
    ("an unknown outcome", '"deny"', '"dney"', ("outcome", "deny")),
    ("a date that does not exist", "2025-01-01", "2025-02-30", ("pol.toml:3", "date")),
    ("a bracket left open", "[regions]", "[regions", ("pol.toml:10", "TOML")),
    ("a number for a title", '"Ours"', "5", ("title", "text in quotes")),
    ("JSON a million deep", POLICY, "a=" + "[" * 1_000_000, ("nested too deep",)),
    ("nothing", POLICY, "", ("pol.toml:1",)),
    ("a NUL byte", "[regions]", "\0", ("pol.toml:", "TOML")),
)  # fmt: skip


@pytest.mark.parametrize(("about", "old", "new", "says"), EDITS, ids=[edit[0] for edit in EDITS])
def test_a_policy_with_a_mistake_is_refused_by_every_command(
    screened: Path, run: Run, about: str, old: str, new: str, says: tuple[str, ...]
) -> None:
    assert old in POLICY
    (screened / "pol.toml").write_text(POLICY.replace(old, new, 1))
    for words in (SCREEN, EXPLAIN, ("policy", "show", "./pol.toml")):
        changed = tuple("./pol.toml" if word == "./policy.toml" else word for word in words)
        said = run(*changed)
        assert said.code == 2
        assert one_clear_line(said.err, ("pol.toml",))
    checked = run("policy", "check", "pol.toml")
    assert (checked.code, checked.err) == (1, "")
    for part in says:
        assert part in checked.out
    assert not (screened / "out").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe", ("pol.toml:1", "UTF-8")),
        (POLICY.replace("Ours", "Unsere Länder").encode("latin-1"), ("pol.toml:2", "UTF-8")),
        (b"#" * 5_000_000, ("pol.toml", "4 MiB")),
    ],
    ids=["binary", "another encoding", "too large"],
)
def test_a_policy_that_is_no_text_is_refused(
    screened: Path, run: Run, content: bytes, says: tuple[str, ...]
) -> None:
    (screened / "pol.toml").write_bytes(content)
    refused(run, ("policy", "check", "pol.toml"), 2, says)
    refused(run, (*SCREEN, "--policy", "./pol.toml"), 2, says)


def test_a_policy_with_a_byte_order_mark_is_sound(screened: Path, run: Run) -> None:
    (screened / "pol.toml").write_text(POLICY, encoding="utf-8-sig")
    assert run("policy", "check", "pol.toml").code == 0


def test_a_file_that_is_not_there_is_told(screened: Path, run: Run) -> None:
    refused(run, ("policy", "check", "none.toml"), 2, ("none.toml", "no such file"))
    refused(run, ("policy", "check", "snapshot"), 2, ("snapshot", "folder"))
