"""What every case of bad input has to hold: one clear line, a documented code, nothing left."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

LIST = """id = "ours"
title = "regions we do not serve"
listing = "unsupported"
source = "https://example.org/regions"
retrieved = 2026-01-02
verified = "yes"
codes = ["XA"]
"""
POLICY = """id = "ours"
title = "Ours"
effective = 2025-01-01
verified = "yes"

[[citations]]
text = "our terms"
url = "https://example.org/terms"

[regions]
listing = "unsupported"
codes = ["XA"]
unlisted = "allow"
unknown = "review"

[[region_rules]]
fact = "headquarters"
outcome = "deny"
unstated = "review"
basis = "contract"
ordered_by = "us"
citation = "our terms"

[[ownership]]
rule = "provider-regions"
certain = "deny"
presumed = "review"
possible = "review"
control = "review"
undeclared = "review"
basis = "contract"
ordered_by = "us"
citation = "our terms"
"""
FILES = {
    "interests.csv": "interested_party,subject,share\nP,S,51\n",
    "parties.csv": "id,name,jurisdiction,headquarters,identifiers\n"
    "P,Parent,XA,XA,XA-REG:1\nS,Subsidiary Works,XS,XS,XS-REG:2\n",
    "customers.csv": "id,name,country\nC1,Subsidiary Works,XS\nC2,Nobody,XS\n",
    "regions.toml": LIST,
    "policy.toml": POLICY,
}
REFERENCE = ("--reference", "snapshot", "--policy", "./policy.toml", "--as-of", "2026-01-02")
SCREEN = ("screen", *REFERENCE, "--customers", "customers.csv", "--out", "out")
EXPLAIN = ("explain", "S", *REFERENCE)
VERIFY = ("verify", "answers/proofs.jsonl#C1", "--reference", "snapshot")


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Case:
    """A file that is wrong, what must be said of it, and the code."""

    title: str
    file: str
    content: bytes | str
    says: tuple[str, ...]
    code: int = 2

    def write(self, folder: Path) -> None:
        """Put the file in its place."""
        content = self.content if isinstance(self.content, bytes) else self.content.encode()
        (folder / self.file).write_bytes(content)


Run = Callable[..., Said]


def title(case: Case) -> str:
    """What a case is called in a report of tests."""
    return case.title


def contents(folder: Path) -> Mapping[str, str]:
    """Every file below a folder with its digest, every folder with none."""
    return {
        str(entry.relative_to(folder)): hashlib.sha256(entry.read_bytes()).hexdigest()
        if entry.is_file()
        else ""
        for entry in sorted(folder.rglob("*"))
    }


def refused(run: Run, words: tuple[str, ...], code: int, says: tuple[str, ...]) -> None:
    """Run a command; hold it to one line that says so, its code, and an untouched folder."""
    before = contents(Path.cwd())
    said = run(*words)
    assert one_clear_line(said.err, says)
    assert said.code == code, said.err
    assert contents(Path.cwd()) == before


def one_clear_line(said: str, parts: tuple[str, ...]) -> bool:
    """Is it one line that holds all of this?"""
    assert said.count("\n") == 1, said
    assert said.startswith("clearance: ")
    assert "Traceback" not in said
    assert len(said) < 1600
    for part in parts:
        assert part in said, said
    return True
