"""``results.jsonl``, ``results.csv`` and ``changes.csv``: whole, ordered, harmless."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from clearance.adapters.screening.changes import read_earlier, write_changes
from clearance.adapters.screening.results import (
    COLUMNS,
    cells,
    read_results,
    result_files,
    screened_json,
)
from clearance.matching.evidence import Agrees, Evidence, EvidenceKind
from clearance.matching.resolution import Answer, Because, Resolution, Weighed
from clearance.model.customer import Customer
from clearance.model.dates import Period, parse_date
from clearance.model.errors import InputError
from clearance.model.interest import Measure
from clearance.model.outcome import Outcome
from clearance.model.record import Record
from clearance.model.rule import Level
from clearance.model.share import UNSTATED, Share
from clearance.model.verdict import Holding, Missing, Reached
from clearance.policy.reasons.reason import Reason
from clearance.usecases.compare import Comparison, Earlier
from clearance.usecases.screened import Screened, Under

REASON = Reason("ownership_certain", "r", Outcome.DENY, "law", "art. 1", "=HYPERLINK(1)")
PATH = (
    Holding(
        "p",
        "q",
        Measure.SHARES,
        Share(Fraction(1, 4), Fraction(1, 2), True),
        Period(parse_date("2019-05")),
        "s1",
    ),
    Holding("q", "r", None, UNSTATED, Period(), "s2", "appointmentOfBoard"),
)
DENIED = Screened(
    Customer("c1", "=cmd()", "XA", segment="smb", revenue=Decimal("10.50")),
    Outcome.DENY,
    (REASON,),
    "r",
    "lei",
    "rule",
    Reached.CERTAIN,
    Level.BARS,
    Share.of_percent("55"),
    PATH,
    (Missing("q", "who", "it"),),
    ("rows_differ",),
    "proofs:1",
)
PLAIN = Screened(Customer("c2", 'a "quoted"\nname', revenue=Decimal(3)), Outcome.ALLOW)


def written(folder: Path, *results: Screened) -> Path:
    with result_files(folder) as files:
        for one in results:
            files.write(screened_json(one), cells(one))
    return folder


def test_a_line_of_json_says_everything(tmp_path: Path) -> None:
    written(tmp_path, DENIED)
    record = json.loads((tmp_path / "results.jsonl").read_text())
    assert record["name"] == "=cmd()"
    assert record["annual_revenue"] == 10.5
    assert (record["outcome"], record["reached"], record["level"]) == ("deny", "certain", "bars")
    assert record["share"] == {
        "minimum": 55.0,
        "maximum": 55.0,
        "exclusive_minimum": False,
        "exclusive_maximum": False,
    }
    assert record["path"][0]["share"]["exclusive_minimum"] is True
    assert record["path"][0]["start"] == "2019-05"
    assert record["path"][1] == {
        "holder": "q",
        "subject": "r",
        "measure": None,
        "share": {"unspecified": "unstated"},
        "start": None,
        "end": None,
        "statement": "s2",
        "note": "appointmentOfBoard",
    }
    assert record["missing"] == [{"subject": "q", "what": "who", "settles": "it"}]
    assert record["reasons"][0]["citation"] == "art. 1"
    assert (record["proof"], record["flags"]) == ("proofs:1", ["rows_differ"])


def test_the_csv_holds_everybody_in_order_and_runs_nothing(tmp_path: Path) -> None:
    written(tmp_path, DENIED, PLAIN)
    with (tmp_path / "results.csv").open(newline="") as file:
        header, first, second = csv.reader(file)
    assert tuple(header) == COLUMNS
    row = dict(zip(header, first, strict=True))
    assert (row["name"], row["why"]) == ("'=cmd()", "'=HYPERLINK(1)")
    assert row["path"] == "p -over 25 to 50 %-> q; q -?-> r"
    assert (row["share_minimum"], row["share"]) == ("55.0", "55 %")
    assert dict(zip(header, second, strict=True))["name"] == 'a "quoted" name'


def test_several_reasons_are_told_apart(tmp_path: Path) -> None:
    written(tmp_path, replace(DENIED, reasons=DENIED.reasons * 2))
    with (tmp_path / "results.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["why"] == "'=HYPERLINK(1); =HYPERLINK(1)"


def test_an_ambiguous_customer_has_each_candidate_and_what_it_would_mean(tmp_path: Path) -> None:
    told = Evidence(EvidenceKind.NAME, Agrees.FOR, "the same name", 1.0)
    candidates = tuple(
        Weighed(at, Record(f"p{at}", ("=A",), countries=("XA",)), "=A", 0.51234, (told,))
        for at in range(2)
    )
    who = Resolution(
        Answer.AMBIGUOUS, -1, 0.51234, candidates, (Because("unsure", "51 %"),), ("its country",)
    )
    under = (Under("p0", Outcome.DENY, ("ownership_certain",)), Under("p1", Outcome.ALLOW))
    written(tmp_path, Screened(Customer("c"), Outcome.REVIEW, resolution=who, under=under))
    record = json.loads((tmp_path / "results.jsonl").read_text())
    assert record["match"]["answer"] == "ambiguous"
    assert record["match"]["reasons"] == [{"rule": "unsure", "text": "51 %"}]
    assert record["match"]["candidates"][0]["evidence"][0]["agrees"] == "for"
    assert (record["match"]["probability"], record["match"]["settle"]) == (0.5123, ["its country"])
    assert record["under"] == [
        {"party": "p0", "outcome": "deny", "reasons": ["ownership_certain"]},
        {"party": "p1", "outcome": "allow", "reasons": []},
    ]
    with (tmp_path / "results.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["match"], row["probability"]) == ("ambiguous", "0.5123")
    assert row["candidates"] == "p0 =A (XA) 51.2%: deny; p1 =A (XA) 51.2%: allow"


@pytest.mark.parametrize("name", ["=cmd()", "+1", "-1", "@x", "\t=x", "\r=x", "＝x"])
def test_no_cell_begins_with_what_a_spreadsheet_runs(tmp_path: Path, name: str) -> None:
    customer = Customer(name, name, segment=name)
    written(tmp_path, Screened(customer, Outcome.ALLOW, party=name, flags=()))
    with (tmp_path / "results.csv").open(newline="") as file:
        _, row = csv.reader(file)
    assert not [value for value in row if value.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        written(tmp_path / name, DENIED, PLAIN)
    for file in ("results.jsonl", "results.csv"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_earlier_results_are_read_back(tmp_path: Path) -> None:
    written(tmp_path, DENIED, PLAIN)
    assert list(read_earlier(tmp_path).values()) == [
        Earlier("c1", "=cmd()", Outcome.DENY, ("ownership_certain",), Decimal("10.5")),
        Earlier("c2", 'a "quoted"\nname', Outcome.ALLOW, (), Decimal(3)),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "no results there"),
        ("{", ":1: no result"),
        ("[]", ":1: no result"),
        ('{"customer":"c1"}', "'c1' has no result"),
        (
            '{"customer":"c1","name":"","outcome":"maybe","reasons":[],"annual_revenue":1}',
            "'c1' has no result",
        ),
    ],
)
def test_what_is_no_earlier_run_is_told(tmp_path: Path, content: str | None, told: str) -> None:
    if content is not None:
        (tmp_path / "results.jsonl").write_text(content + "\n")
    with pytest.raises(InputError) as caught:
        read_earlier(tmp_path)
    assert told in str(caught.value)


def test_changes_are_written_by_kind(tmp_path: Path) -> None:
    before = {
        "c1": Earlier("c1", "=cmd()", Outcome.ALLOW, (), Decimal(1)),
        "c3": Earlier("c3", "gone", Outcome.DENY, ("x",), Decimal(2)),
    }
    comparison = Comparison(before)
    found = filter(None, map(comparison.of, (DENIED, PLAIN)))
    write_changes(tmp_path, comparison.changes(found, ("c1", "c2")))
    assert (tmp_path / "changes.csv").read_text().splitlines()[1:] == [
        "newly_denied,c1,'=cmd(),10.5,allow,deny,,ownership_certain",
        'added,c2,"a ""quoted"" name",3,,allow,,',
        "removed,c3,gone,2,deny,,x,",
    ]


def test_results_without_a_folder_are_the_callers_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no results there"):
        next(read_results(tmp_path / "none"))
