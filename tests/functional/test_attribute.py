"""``clearance attribute`` held to how ownership is counted, case by case, from its JSON alone.

The cases stand in ``attribute_cases.txt``, one a line; its head says how to read them. Each is
written as files, asked through the command, and compared with what the text makes of it.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from clearance.cli.app import main

TABLE = Path(__file__).with_name("attribute_cases.txt")
PARTY = ("id", "kind", "jurisdiction", "headquarters", "residence", "lists")
INTEREST = (
    *("interested_party", "subject", "interest_type", "share", "minimum", "maximum"),
    *("exclusive_minimum", "exclusive_maximum", "start", "end", "source", "statement"),
    *("direct", "components", "attributed", "joint"),
)
SHORT = {"hq": "headquarters", "jur": "jurisdiction", "res": "residence", "type": "interest_type"}
DAY = "2026-06-01"

Answer = Mapping[str, Any]
"""The JSON, or a part of it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the table: the words of the command, two files, and what must come out."""

    line: int
    words: tuple[str, ...]
    parties: tuple[str, ...]
    interests: tuple[str, ...]
    expected: tuple[str, ...]


def _cases() -> list[Case]:
    found = []
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            words, *lists = (cell.strip() for cell in line.split("|"))
            rest = [tuple(cell.split(", ")) if cell else () for cell in lists]
            found.append(Case(number, tuple(words.split()), *rest))
    return found


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    lines = [",".join(columns)] + [",".join(row.get(c, "") for c in columns) for row in rows]
    return "\n".join(lines) + "\n"


def _named(words: Sequence[str]) -> dict[str, str]:
    pairs = (word.split("=", 1) for word in words)
    return {SHORT.get(key, key): value for key, value in pairs}


def _ends(text: str) -> dict[str, str]:
    """The columns of a share as the table writes it: ``40``, ``(25,50]`` or ``?``."""
    if text[0] not in "[(":
        return {} if text == "?" else {"share": text}
    low, high = text[1:-1].split(",")
    return {
        "exclusive_minimum" if text[0] == "(" else "minimum": low,
        "exclusive_maximum" if text[-1] == ")" else "maximum": high,
    }


def _interest(text: str) -> dict[str, str]:
    ends, share, *rest = text.split(" ")
    holder, subject = ends.split(">")
    return {"interested_party": holder, "subject": subject} | _ends(share) | _named(rest)


def _party(text: str) -> dict[str, str]:
    first, *rest = text.split(" ")
    return {"id": first} | _named(rest)


def ask(folder: Path, *words: str) -> Answer:
    """The JSON of ``clearance attribute``, run in this process."""
    out = io.StringIO()
    argv = ["clearance", "attribute", *words, "--format", "json"]
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(sys, "argv", argv)
        with contextlib.suppress(SystemExit):
            main()
    answer: Answer = json.loads(out.getvalue())
    return answer


def _share(share: Answer) -> str:
    """A share of the JSON as the table writes it."""
    low, high = f"{share['minimum']:.8g}", f"{share['maximum']:.8g}"
    if low == high:
        return low
    first = "(" if share["exclusive_minimum"] else "["
    return f"{first}{low},{high}{')' if share['exclusive_maximum'] else ']'}"


def _holdings(finding: Answer) -> str:
    return ";".join(f"{item['holder']}>{item['subject']}" for item in finding["because"])


#: What a word of the table says of a finding: is it so?
CHECKS: Mapping[str, Callable[..., bool]] = {
    "measure": lambda f, want: f["measure"] == want,
    "undeclared": lambda f, want: f["undeclared"] == float(want),
    "missing": lambda f, want: any(
        want.replace("_", " ") in m["what"] and m["subject"] and m["settles"] for m in f["missing"]
    ),
    "flag": lambda f, want: any(want in flag for flag in f["flags"]),
    "statement": lambda f, want: any(item["statement"] == want for item in f["because"]),
    "because": lambda f, want: _holdings(f) == want,
    "cascade": lambda f, want: f["readings"]["cascade"]["reached"] == want,
    "product": lambda f, want: f["readings"]["product"]["reached"] == want,
}


def _differences(answer: Answer, expected: str) -> list[str]:
    first, *rest = expected.split(" ")
    if first.startswith("in_force="):
        return [] if answer["in_force"] == (first == "in_force=true") else ["in_force"]
    if first.startswith("order="):
        order = ";".join(party["id"] for party in answer["parties"])
        return [] if order == first[6:] else [f"order {order}"]
    finding = next(party for party in answer["parties"] if party["id"] == first)
    named = [word for word in rest if "=" in word]
    plain = (finding["reached"], finding["level"] or "-", _share(finding["share"]))
    wrong = [
        f"{first}: {want} expected, {got} answered"
        for want, got in zip([word for word in rest if "=" not in word], plain, strict=False)
        if want not in ("~", got)
    ]
    for word in named:
        key, want = word.split("=", 1)
        if not CHECKS[key](finding, want):
            wrong.append(f"{first}: {word} expected, {finding}")
    return wrong


def differences(case: Case, folder: Path) -> list[str]:
    """What the program answers otherwise than the table."""
    (folder / "i.csv").write_text(_csv(INTEREST, [_interest(i) for i in case.interests]))
    (folder / "p.csv").write_text(_csv(PARTY, [_party(p) for p in case.parties]))
    words = ["--rule", *case.words, "--interests", "i.csv"]
    words += ["--parties", "p.csv"] if case.parties else []
    words += [] if "--as-of" in case.words else ["--as-of", DAY]
    answer = ask(folder, *words)
    return [wrong for expected in case.expected for wrong in _differences(answer, expected)]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case.line}-{case.words[0]}")
def test_a_case_comes_out_as_the_domain_text_says(case: Case, tmp_path: Path) -> None:
    """Each line of the table, through the command."""
    assert differences(case, tmp_path) == []


def test_a_case_that_expects_otherwise_is_told(tmp_path: Path) -> None:
    """The table would notice: each word of an expectation is compared."""
    wrong = (
        "T certain bars 40 measure=votes because= missing= flag=x",
        "in_force=false",
        "order=T",
    )
    case = Case(0, ("us-ofac-50", "--seed", "X"), (), ("X>T 40",), wrong)
    assert len(differences(case, tmp_path)) == 8
