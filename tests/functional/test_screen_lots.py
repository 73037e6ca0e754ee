"""A portfolio of several lots is screened to the same bytes by however many processes."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest
from tests.functional.test_screen import INTERESTS, PARTIES, POLICY, REGIONS

from clearance.adapters.collecting import never_collecting
from clearance.adapters.screening.run import ScreenOrder, ScreenRun
from clearance.adapters.screening.screening import screen_portfolio
from clearance.adapters.snapshot.builder import Builder
from clearance.adapters.told import Told
from clearance.model.dates import day_of
from clearance.usecases.screen import LOT

TWINS = """p5,Dogwood Ltd,entity,XS,,
p6,Dogwood Ltd,entity,XB,,
p7,Elder Ltd,entity,XS,,XS-REG:7
p8,Fir Ltd,entity,XS,,XS-REG:8
"""
FURTHER = "p1,p7,50\np2,p8,30\nn1,p8,30\n"
KINDS = (
    "Alder Ltd,XS,XS-REG,1",
    "Birch Ltd,XS,XS-REG,2",
    "Cedar Ltd,XS,XS-REG,3",
    "Elder Ltd,XS,XS-REG,7",
    "Fir Ltd,XS,XS-REG,8",
    "Dogwood Ltd,,,",
    "Nobody Ltd,XS,,",
    "=Somebody Ltd,XA,,",
)
"""Denied, allowed, under half, steered, undeclared, one of two, nobody, and in a region."""


def portfolio(customers: int) -> str:
    lines = (f"c{at},{KINDS[at * at % 31 % 8]},{at * 7919 % 101}" for at in range(customers))
    return "\n".join(("id,name,country,register,register_number,annual_revenue", *lines))


@pytest.fixture(scope="module")
def order(tmp_path_factory: pytest.TempPathFactory) -> ScreenOrder:
    """Two lots and a piece of a third; an earlier run knew the first customers only."""
    folder = tmp_path_factory.mktemp("lots")
    for name, text in (
        ("parties.csv", PARTIES + TWINS),
        ("interests.csv", INTERESTS + FURTHER),
        ("regions.toml", REGIONS),
        ("customers.csv", portfolio(2 * LOT + 40)),
        ("earlier.csv", portfolio(LOT + 1)),
    ):
        (folder / name).write_text(text)
    sources = [folder / "parties.csv", folder / "interests.csv"]
    Builder(folder / "snapshot", sources, created_by="a test", built="2026-01-02").compile().write()
    order = ScreenOrder(
        folder / "snapshot",
        POLICY,
        folder / "customers.csv",
        folder / "out",
        day_of("2026-01-02"),
        regions=str(folder / "regions.toml"),
        processes=0,
    )
    earlier = replace(order, customers=folder / "earlier.csv", out=folder / "earlier")
    screen_portfolio(earlier, Told())
    return replace(order, previous=earlier.out)


def written(order: ScreenOrder, processes: int) -> tuple[ScreenRun, dict[str, bytes]]:
    """What so many processes say and write."""
    out = order.out.with_name(f"by-{processes}")
    run = screen_portfolio(replace(order, out=out, processes=processes), Told())
    return run, {file: (out / file).read_bytes() for file in run.files}


def test_the_bytes_are_those_of_one_process(order: ScreenOrder) -> None:
    here, files = written(order, 0)
    assert len(files) == 7
    assert here.summary.total.customers == 2 * LOT + 40
    assert len({outcome for outcome, _ in here.summary.outcomes}) == 3
    assert here.drawn
    assert here.changes
    for processes in (1, 3):
        there, same = written(order, processes)
        assert (there.summary, there.changes, there.drawn) == (
            here.summary,
            here.changes,
            here.drawn,
        )
        assert same == files


def test_every_customer_stands_in_every_file_in_the_portfolios_order(order: ScreenOrder) -> None:
    _, files = written(order, 3)
    expected = [f"c{at}".encode() for at in range(2 * LOT + 40)]
    rows = files["results.csv"].splitlines()[1:]
    assert [row.partition(b",")[0] for row in rows] == expected
    for name in ("results.jsonl", "standings.jsonl"):
        lines = [line for line in files[name].splitlines() if b'"customer":' in line]
        assert [line.split(b'"')[3] for line in lines] == expected


def test_told_of_is_every_customer_once(order: ScreenOrder) -> None:
    told: list[tuple[int, int]] = []
    screen_portfolio(
        replace(order, out=order.out.with_name("told"), processes=2),
        Told(passed=lambda done, total: told.append((done, total))),
    )
    total = 2 * LOT + 40
    assert told == [(LOT, total), (2 * LOT, total), (total, total)]


def test_customers_leave_nothing_that_only_the_collector_finds(order: ScreenOrder) -> None:
    def left(customers: int) -> int:
        file = order.customers.with_name(f"{customers}.csv")
        file.write_text(portfolio(customers))
        gc.collect()
        with never_collecting():
            screen_portfolio(
                replace(order, customers=file, out=order.out.with_name("left"), previous=None),
                Told(),
            )
            return gc.collect()

    left(LOT)  # whatever is made once
    assert left(4 * LOT) - left(LOT) < LOT
