"""What is made from a world is read without a reject, and every customer is found."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from benchmarks.figures import Figure
from benchmarks.policy import write_policy
from benchmarks.portfolio import write_customers
from benchmarks.report import copy_into, publish, write_report
from benchmarks.statements import write_statements
from benchmarks.world import make_world

from clearance.adapters.policies.loaded import load_policy
from clearance.adapters.portfolio.customers import read_customers
from clearance.adapters.snapshot.load import in_memory

SIZE = 1_000


def test_statements_are_read_without_a_reject(tmp_path: Path) -> None:
    path = tmp_path / "statements.jsonl"
    count = write_statements(path, SIZE)
    reference = in_memory([path])
    assert len(reference) == SIZE
    assert SIZE + len(reference.graph.interests.holder) == count


def test_every_customer_is_found_by_its_register_number(tmp_path: Path) -> None:
    world = make_world(SIZE)
    pq.write_table(world.parties, tmp_path / "parties.parquet")
    pq.write_table(world.interests, tmp_path / "interests.parquet")
    write_customers(tmp_path / "parties.parquet", tmp_path / "customers.csv", 100)
    customers = read_customers(tmp_path / "customers.csv")
    reference = in_memory([tmp_path / "interests.parquet"], [tmp_path / "parties.parquet"])
    asked = [number for customer in customers for number in customer.identifiers]
    assert [len(found) for found in reference.with_identifiers(asked)] == [1] * 100


def test_the_policy_of_the_worlds_can_be_used(tmp_path: Path) -> None:
    assert load_policy(str(write_policy(tmp_path))).policy.id == "benchmark"


def test_a_report_keeps_what_is_not_measured_again(tmp_path: Path) -> None:
    slow, fast = Figure("screen", "screen", 61.0, "s", 60), Figure("screen", "screen", 9.0, "s", 60)
    opening = Figure("opening", "open", 0.1, "s", 1.5)
    write_report(tmp_path, 10_000_000, {"cores": "2"}, [slow], [])
    assert "≤ 60 (missed)" in (tmp_path / "report.md").read_text()
    write_report(tmp_path, 10_000_000, {"cores": "2"}, [opening], [])
    table = write_report(tmp_path, 10_000_000, {"cores": "2"}, [fast], []).read_text()
    assert table.index("| open | 0.1 s |") < table.index("| screen | 9 s | ≤ 60 |")


def test_published_rows_stay_with_their_day_until_they_are_taken_again(tmp_path: Path) -> None:
    measured, page = tmp_path / "measured.json", tmp_path / "page.md"
    page.write_text("<!-- tables: here -->\n<!-- end of tables -->\n")
    for day, figures in (
        ("2030-01-01", [Figure("screen", "screen", 61.0, "s"), Figure("opening", "open", 2, "s")]),
        ("2030-02-02", [Figure("screen", "screen", 9.0, "s")]),
    ):
        folder = tmp_path / day
        folder.mkdir()
        write_report(folder, 10_000_000, {"day": day}, figures, [])
        publish(folder / "report.json", measured, page)
    assert "| open | 2 s | – |  | 2030-01-01 |" in page.read_text()
    assert "| screen | 9 s | – |  | 2030-02-02 |" in page.read_text()
    assert page.read_text().count("| screen |") == 1


def test_the_page_shows_what_is_published() -> None:
    published = json.loads(Path("benchmarks/measured.json").read_bytes())["worlds"]
    page = Path("docs/benchmarks.md").read_text()
    told = [one for world in published.values() for one in (*world["figures"], *world["races"])]
    assert told
    for one in told:
        assert one["day"]
        assert f"| {one.get('what') or one['question']} |" in page


@pytest.mark.parametrize("before", ["", "old\n"])
def test_tables_are_put_between_the_marks(tmp_path: Path, before: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# P\n<!-- tables: here -->\n{before}<!-- end of tables -->\nrest\n")
    copy_into(page, "new\n")
    assert page.read_text() == "# P\n<!-- tables: here -->\n\nnew\n\n<!-- end of tables -->\nrest\n"
