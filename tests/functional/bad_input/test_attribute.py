"""Bad input to ``attribute``: files and words it cannot use."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.functional.bad_input.saying import FILES, Case, Run, refused, title

WORDS = ("attribute", "--rule", "product", "--interests", "interests.csv")


def _interests(
    line: str, header: str = "interested_party,subject,share,minimum,maximum,start,end"
) -> bytes:
    return f"{header}\n{line}\n".encode()


ATTRIBUTE = (
    Case(
        "unknown column",
        "interests.csv",
        b"interested_party,subject,shares\nP,S,5\n",
        ("shares", "share"),
    ),
    Case("a missing column", "interests.csv", b"subject,share\nS,5\n", ("interested_party",)),
    Case(
        "wrong encoding",
        "interests.csv",
        "interested_party,subject\nP,Müller\n".encode("latin-1"),
        ("UTF-8",),
        3,
    ),
    Case(
        "101 percent",
        "interests.csv",
        _interests("P,S,101,,,,"),
        ("interests.csv:2", "share", "101"),
    ),
    Case(
        "a negative share",
        "interests.csv",
        _interests("P,S,-3,,,,"),
        ("interests.csv:2", "share", "-3"),
    ),
    Case(
        "a percent sign",
        "interests.csv",
        _interests("P,S,50%,,,,"),
        ("interests.csv:2", "share", "50%"),
    ),
    Case(
        "a decimal comma",
        "interests.csv",
        _interests('P,S,"50,5",,,,'),
        ("interests.csv:2", "share", "50,5"),
    ),
    Case(
        "no such date",
        "interests.csv",
        _interests("P,S,50,,,2019-02-30,"),
        ("interests.csv:2", "start", "2019-02-30"),
    ),
    Case(
        "end before start",
        "interests.csv",
        _interests("P,S,50,,,2020-01-02,2020-01-01"),
        ("interests.csv:2", "end"),
    ),
    Case(
        "ends out of order",
        "interests.csv",
        _interests("P,S,,60,50,,"),
        ("interests.csv:2", "minimum"),
    ),
    Case(
        "unknown interest type",
        "interests.csv",
        b"interested_party,subject,interest_type\nP,S,shareholdings\n",
        ("interests.csv:2", "interest_type", "shareholding"),
    ),
    Case(
        "an empty id",
        "interests.csv",
        b"interested_party,subject\n,S\n",
        ("interests.csv:2", "interested_party"),
    ),
    Case("an empty file", "interests.csv", b"", ("interests.csv", "empty"), 3),
    Case(
        "cut-off JSON",
        "interests.csv",
        b'[{"statementId":"1","recordType":"entity","recordId":"x"',
        ("interests.csv",),
        3,
    ),
    Case(
        "a truncated gzip",
        "interests.csv",
        gzip.compress(FILES["interests.csv"].encode() * 500)[:-20],
        ("interests.csv",),
        3,
    ),
    Case("a NUL byte", "interests.csv", b"interested_party,subject\nP\0,S\n", (":2", "NUL")),
    Case(
        "a lone surrogate",
        "interests.csv",
        b"interested_party,subject\nP\xed\xa0\x80,S\n",
        ("UTF-8",),
        3,
    ),
    Case("an exponent", "interests.csv", _interests("P,S,1e2,,,,"), (":2", "share", "exponent")),
    Case("a small one", "interests.csv", _interests("P,S,,,5E-1,,"), (":2", "maximum", "exponent")),
    Case("not a number", "interests.csv", _interests("P,S,nan,,,,"), (":2", "share", "nan")),
    Case("a huge number", "interests.csv", _interests("P,S," + "9" * 5000 + ",,,,"), (":2", "…")),
    Case("JSON a million deep", "interests.csv", b'{"a":' * 1_000_000, ("too deep",), 3),
    Case("arrays a million deep", "interests.csv", b"[" * 1_000_000, ("too deep",), 3),
    Case("a picture", "interests.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ("binary",), 3),
    Case("a quote never closed", "interests.csv", _interests('"P,S,5,,,,'), (":2", "quote")),
    Case("a row of another length", "interests.csv", _interests("P,S"), (":2", "header has 7")),
    Case("a parties file with a column unknown", "parties.csv", b"id,nam\nP,x\n", ("nam", "name")),
    Case("a party without id", "parties.csv", b"id,name\n,x\n", ("parties.csv:2", "id")),
    Case(
        "a region that is a name", "parties.csv", b"id,headquarters\nP,Narnia\n", (":2", "Narnia")
    ),
    Case("an empty parties file", "parties.csv", b"", ("parties.csv", "empty"), 3),
    Case("a party twice", "parties.csv", b"id,name\nP,One\nP,Two\n", ("parties.csv:3", "P")),
    Case(
        "an unknown kind",
        "parties.csv",
        b"id,kind\nP,company\n",
        ("parties.csv:2", "kind", "company"),
    ),
)


@pytest.mark.parametrize("case", ATTRIBUTE, ids=title)
def test_attribute_says_what_is_wrong_and_where(world: Path, run: Run, case: Case) -> None:
    case.write(world)
    refused(run, (*WORDS, "--parties", "parties.csv"), case.code, case.says)


COMMANDS = (
    ("an unknown rule", ("--rule", "us-ofac-500"), ("us-ofac-500", "us-ofac-50")),
    ("a seed that is nobody", ("--rule", "product", "--seed", "Q"), ("'Q'", "--seed")),
    ("no such day", ("--rule", "product", "--as-of", "2026-02-30"), ("2026-02-30",)),
    ("a region that is no code", ("--rule", "provider-regions", "--regions", "X1"), ("X1",)),
    ("a list of no regions", ("--rule", "product", "--regions", ""), ("--regions", "ISO 3166")),
    (
        "an interest file that is not there",
        ("--rule", "product", "--interests", "no.csv"),
        ("no.csv", "no such file"),
    ),
    ("a method that is none", ("--rule", "product", "--method", "guess"), ("--method", "guess")),
    ("a day that is no day", ("--rule", "product", "--as-of", "soon"), ("--as-of", "soon")),
    ("a year for a day", ("--rule", "product", "--as-of", "2026"), ("--as-of", "YYYY-MM-DD")),
    ("no such option", ("--rule", "product", "--sed", "P"), ("--sed", "--seed")),
    ("no value", ("--rule",), ("--rule", "argument")),
    ("a NUL in a path", ("--rule", "product", "--parties", "a\0b"), ("--parties",)),
    ("no such rule file", ("--rule", "./none.toml"), ("none.toml", "no such file")),
)


@pytest.mark.parametrize(("about", "words", "says"), COMMANDS, ids=[case[0] for case in COMMANDS])
def test_attribute_refuses_words_it_cannot_use(
    world: Path, run: Run, about: str, words: tuple[str, ...], says: tuple[str, ...]
) -> None:
    refused(run, ("attribute", "--interests", "interests.csv", *words), 2, says)


@pytest.mark.parametrize("file", ["interests.csv", "parties.csv"])
@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_fault(world: Path, run: Run, file: str, mark: str) -> None:
    (world / file).write_text(FILES[file], encoding=mark)
    said = run(*WORDS, "--seed", "P", "--parties", "parties.csv")
    assert (said.code, said.err) == (0, "")
    assert "certain" in said.out
