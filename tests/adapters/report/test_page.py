"""The report: one file, nothing from outside, nothing a name could do."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from clearance.adapters.report.entries import Sieve
from clearance.adapters.report.page import Case, Head, page
from clearance.adapters.report.rows import Shortlist
from clearance.matching.evidence import Agrees, Evidence, EvidenceKind
from clearance.matching.resolution import Answer, Because, Resolution, Weighed
from clearance.model.customer import Customer
from clearance.model.dates import UNDATED
from clearance.model.interest import Measure
from clearance.model.outcome import Outcome
from clearance.model.party import PartyKind
from clearance.model.record import Record
from clearance.model.share import Share
from clearance.model.verdict import Holding, Missing, Reached
from clearance.policy.reasons.reason import Reason
from clearance.usecases.picture import Box, Line, Picture, Role
from clearance.usecases.screened import Screened, Under
from clearance.usecases.tally import Tally

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "&lt;b&gt;",
    "x\u202ey\u2066z",
    "L" * 3000,
    "]]>--><!--",
    "\u2028\u2029",
)
VOID = {"meta", "input", "br", "link"}


class Reader(HTMLParser):
    """Collects tags, attributes and the text of scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("script", "style"):
            self.raw.append((self.open[-1], self.tags[-1][1], data))
        else:
            self.text.append(data)


def report(name: str = "Alder", count: int = 3, largest: int = 1000) -> str:
    reason = Reason("ownership_certain", name, Outcome.DENY, "law", name, f"because {name}")
    path = (Holding("p", "q", Measure.SHARES, Share.of_percent("51"), UNDATED, name),)
    denied = Screened(
        Customer(f"c0{name}", name, "XA", segment=name, revenue=Decimal(10)),
        Outcome.DENY,
        (reason,),
        "q",
        "lei",
        "rule",
        Reached.CERTAIN,
        None,
        Share.of_percent("51"),
        path,
        (Missing("q", name, name),),
        ("rows_differ", "check_digit"),
        name,
        group="q",
    )
    allowed = [
        Screened(Customer(f"c{at}", name, revenue=Decimal(at)), Outcome.ALLOW)
        for at in range(1, count)
    ]
    tally, sieve = Tally(), Sieve(largest)
    some = (denied, ambiguous(name), *allowed)
    shortlist = Shortlist(len(some), largest)
    tally.add(replace(denied, group="q"))
    for at, one in enumerate(some):
        tally.add(one)
        if entry := sieve.entry(at, one):
            shortlist.add(entry)
    boxes = (
        Box("q", name, PartyKind.ENTITY, Role.REACHED, name),
        Box("p", name, PartyKind.STATE, Role.RESTRICTED),
    )
    picture = Picture("q", name, boxes, (Line("p", "q", "51 %", statement=name, note=name),))
    head = Head((("Policy", name), ("As of", "2025-09-05")), (name,), (name,))
    summary = tally.summary("p", 0, "d")
    return page(head, summary, shortlist, [Case(denied, picture)], 1)


def ambiguous(name: str) -> Screened:
    """A customer that may be one of two parties, both of that name."""
    told = Evidence(EvidenceKind.NAME, Agrees.FOR, f"{name} = {name}", 1.0)
    candidates = tuple(
        Weighed(at, Record(f"p{at}{name}", (name,), countries=("XA",)), name, 0.5, (told,))
        for at in range(2)
    )
    reasons = (Because("runner_up_near", f"{name} is near"),)
    who = Resolution(Answer.AMBIGUOUS, -1, 0.5, candidates, reasons, (name,))
    under = (Under("p0", Outcome.DENY, ("ownership_certain",)), Under("p1", Outcome.ALLOW))
    customer = Customer(f"a{name}", name, "XB", revenue=Decimal(7))
    reason = Reason("ambiguous", "", Outcome.REVIEW, "", "", name)
    return Screened(customer, Outcome.REVIEW, (reason,), resolution=who, under=under)


def tags_of(reader: Reader) -> list[str]:
    """All but the lines of a drawing's name, which may be one or two."""
    return [tag for tag, _ in reader.tags if tag != "text"]


def data_of(html: str) -> dict[str, list[list[object]]]:
    block = next(text for _, attrs, text in Reader(html).raw if attrs.get("id") == "data")
    found: dict[str, list[list[object]]] = json.loads(block)
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_and_never_markup(name: str) -> None:
    plain, hostile = Reader(report()), Reader(report(name))
    assert tags_of(hostile) == tags_of(plain)
    assert hostile.open == []
    for _, attrs in hostile.tags:
        assert not [key for key in attrs if key.startswith("on")]


def test_an_open_customer_is_shown_with_what_each_candidate_would_mean() -> None:
    text = " ".join(" ".join(Reader(report("Alder")).text).split())
    part = text[text.index("May be one of several parties") :]
    assert part.index("Alder is near") < part.index("p0Alder") < part.index("p1Alder")
    assert "50.0% ⊖ Deny + Alder = Alder" in part
    assert "What would settle it: Alder" in part


def test_customers_of_one_group_and_the_share_left_to_people_are_shown() -> None:
    text = " ".join(" ".join(Reader(report("Alder")).text).split())
    assert "At the top Customers Revenue Outcomes q q 2 20 ⊖ Deny 2" in text
    assert "Latin 5 1 (20 %) 20 % 0 %" in text
    assert "XB 1 1 (100 %) 100 % 0 %" in text


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x00", "\x1b"])
def test_no_sign_that_steers_is_left(sign: str) -> None:
    assert sign not in report(f"a{sign}b")


def test_only_our_script_and_style_are_admitted() -> None:
    html = report()
    reader = Reader(html)
    policy = next(
        attrs["content"]
        for tag, attrs in reader.tags
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for _, attrs, text in reader.raw:
        if attrs.get("type") != "application/json":
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy


def test_nothing_is_fetched() -> None:
    html = report()
    for tag, attrs in Reader(html).tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base")
        assert not {"src", "srcset", "style", "data"} & attrs.keys()
        assert (attrs.get("href") or "#").startswith("#")
    assert not re.search(r"@import|url\(", html)


def test_the_drawing_stands_beside_a_table_of_the_same_holdings() -> None:
    reader = Reader(report())
    tags = [tag for tag, _ in reader.tags]
    assert tags.index("svg") < tags.index("caption")
    assert "51 %" in reader.text


def test_what_is_odd_about_a_customers_data_is_shown_in_table_and_case() -> None:
    html = report()
    assert "Flags rows_differ check_digit" in " ".join(" ".join(Reader(html).text).split())
    assert "because Alder; flags: rows_differ, check_digit" in str(data_of(html)["texts"])


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    reader = Reader(report())
    ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in reader.tags:
        for name in ("href", "aria-labelledby"):
            for target in (attrs.get(name) or "").replace("#", "").split():
                assert target in ids


def test_the_table_holds_the_strict_and_the_largest_of_the_others() -> None:
    rows = data_of(report(count=50, largest=5))["rows"]
    strict, largest = ["c0Alder", "aAlder"], ["c45", "c46", "c47", "c48", "c49"]
    assert [row[0] for row in rows] == [*strict, *largest]


def test_a_drawn_customer_links_to_its_drawing() -> None:
    html = report()
    rows = data_of(html)["rows"]
    assert rows[0][-1] == "case-1"
    assert 'id="case-1"' in html


def test_an_empty_portfolio_still_makes_a_page() -> None:
    head = Head((("As of", "2025-09-05"),), ())
    html = page(head, Tally().summary("p", 0, ""), Shortlist(0), [], 0)
    assert "0 customers screened" in html


def test_the_same_results_give_the_same_bytes() -> None:
    assert report() == report()
