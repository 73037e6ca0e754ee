"""Customers whose names are made to run somewhere: in a spreadsheet, a browser, a terminal."""

from __future__ import annotations

import csv
import json
from html.parser import HTMLParser
from pathlib import Path

from tests.functional.bad_input.saying import SCREEN, Run

HOSTILE = ("=cmd()", "+1+1", "-1", "@sum(A1)", "\t=1", "<script>alert(1)</script>",
           "\"><img src=x onerror=alert(1)>", "</script><script>alert(1)</script>",
           "a\u202eb", "a\x1b[31mb")  # fmt: skip
RUNS = tuple("=+-@\t\r")


class Tags(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.images = 0
        self.handlers: list[str] = []
        self.scripts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.images += tag == "img"
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self._in_script = tag == "script"

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)
            self._in_script = False


def test_hostile_names_are_shown_and_never_run(screened: Path, run: Run) -> None:
    rows = [{"id": f"{at}{name}", "name": name, "segment": name} for at, name in enumerate(HOSTILE)]
    rows += [{"id": name.strip(), "name": name, "country": "XA"} for name in HOSTILE]
    (screened / "customers.csv").write_text("".join(json.dumps(row) + "\n" for row in rows))
    said = run(*SCREEN)
    assert (said.code, said.err) == (0, "")
    assert "\x1b" not in said.out
    with (screened / "out" / "results.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(RUNS)]
    assert not [cell for cell in cells if "\x1b" in cell or "\u202e" in cell]
    page = (screened / "out" / "report.html").read_text("utf-8")
    tags = Tags()
    tags.feed(page)
    assert (tags.images, tags.handlers) == (0, [])
    assert not [script for script in tags.scripts if script.strip() == "alert(1)"]
    assert "Content-Security-Policy" in page


def test_an_id_that_steers_the_terminal_is_shown_by_attribute(world: Path, run: Run) -> None:
    (world / "interests.csv").write_text("interested_party,subject\nP\x1b[31m,S\n")
    said = run("attribute", "--rule", "product", "--interests", "interests.csv")
    assert (said.code, said.err) == (0, "")
    assert "\x1b" not in said.out
    assert "P‹U+001B›[31m" in said.out
