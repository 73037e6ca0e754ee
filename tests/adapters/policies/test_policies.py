"""Reading documents from disk: what cannot be read is one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearance.adapters.policies.loaded import load_policy
from clearance.adapters.policies.reading import codes_with, load_rule
from clearance.model.errors import InputError


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"a = 1\nb = '\xff'\n", "rule.toml:2: not UTF-8; save it as UTF-8"),
        (b"#" * (4 * 2**20 + 1), "rule.toml: larger than 4 MiB; split the document"),
        (b"", "rule.toml:1: aggregation: missing; write one of pooled, per-party"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(tmp_path: Path, raw: bytes, line: str) -> None:
    file = tmp_path / "rule.toml"
    file.write_bytes(raw)
    with pytest.raises(InputError) as raised:
        load_rule(str(file))
    assert line in raised.value.message()


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml: no such file; check the path"):
        load_policy(str(tmp_path / "none.toml"))


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder; name one file"):
        load_rule(f"{tmp_path}/")


@pytest.mark.parametrize("id", ["provider-regions-2025-09-5", "../regimes/x", "nothing-like-it"])
def test_an_unknown_policy_is_told(id: str) -> None:
    with pytest.raises(InputError):
        load_policy(id)


def test_an_operator_overrides_display_names(tmp_path: Path) -> None:
    names = tmp_path / "names.tsv"
    names.write_text("# ours\nXA\tOver there\n", "utf-8")
    assert codes_with(names).name("XA") == "Over there"
