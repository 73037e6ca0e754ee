"""The same log told otherwise gives the same campaigns; a later one continues them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from tests.functional.test_campaigns import Found, run, truth_of

PLAN = ("--seed", 103, "--accounts", 900, "--rows", 20_000, "--members", "20,60")
MORE = ("--exchanges", 14_000, "--days", 16)
KEY = bytes(range(16))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("again")
    (folder / "key").write_bytes(KEY)
    run("campaigns", "simulate", folder / "made", *PLAN, *MORE)
    run("campaigns", "ingest", folder / "made" / "log", folder / "log", "--key", folder / "key")
    run("campaigns", "find", folder / "log", "--out", folder / "out")
    return folder


def rows_of(made: Path) -> pa.Table:
    return pa.concat_tables(pq.read_table(one) for one in sorted((made / "made/log").iterdir()))


def found_in(made: Path, folder: Path, *tables: pa.Table, more: tuple[object, ...] = ()) -> Found:
    for number, table in enumerate(tables):
        pq.write_table(table, folder / f"{number}.parquet")
        source = folder / f"{number}.parquet"
        run("campaigns", "ingest", source, folder / "log", "--key", made / "key")
    run("campaigns", "find", folder / "log", "--out", folder / "out", *more)
    return Found(folder / "out", truth_of(made / "made"))


def members(out: Path, name: Callable[[str], str] = str) -> dict[frozenset[str], str]:
    """The verdict of each campaign, by its members under other names."""
    campaigns: dict[tuple[str, str], set[str]] = {}
    with (out / "members.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            campaigns.setdefault((row["campaign"], row["verdict"]), set()).add(name(row["account"]))
    return {frozenset(accounts): key[1] for key, accounts in campaigns.items()}


def evidence(out: Path) -> list[Mapping[str, object]]:
    said = json.loads((out / "campaigns.json").read_text("utf-8"))
    return [one["evidence"] for one in said["campaigns"]]


def test_two_campaigns_are_found(made: Path) -> None:
    truth = truth_of(made / "made")
    planted = {name for name, group in truth.items() if group.startswith("campaign-")}
    assert {name for names in members(made / "out") for name in names} == planted


def test_names_of_accounts_and_order_of_rows_decide_nothing(made: Path, tmp_path: Path) -> None:
    table = rows_of(made)
    shuffled = table.take(pa.array(np.random.default_rng(1).permutation(len(table))))
    names = shuffled["account"].to_pylist()
    renamed = [f"z{name[::-1]}" for name in names]
    other = shuffled.set_column(table.schema.get_field_index("account"), "account", [renamed])
    half = len(other) // 2
    found = found_in(made, tmp_path, other.slice(half), other.slice(0, half))
    assert members(found.out, lambda name: name[1:][::-1]) == members(made / "out")
    assert evidence(found.out) == evidence(made / "out")


def test_day_by_day_is_as_all_at_once(made: Path, tmp_path: Path) -> None:
    table = rows_of(made)
    day = table["time"].cast(pa.int64()).to_numpy() // 86_400_000_000
    parts = [table.filter(pa.array((day - day.min()) // 4 == one)) for one in range(4)]
    found = found_in(made, tmp_path, *parts)
    assert members(found.out) == members(made / "out")
    assert evidence(found.out) == evidence(made / "out")


def column(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), name, values)


def test_late_rows_and_other_time_zones_are_the_same_log(made: Path, tmp_path: Path) -> None:
    """Every third row comes later, told in times five and a half hours ahead."""
    table = rows_of(made)
    late = np.arange(len(table)) % 3 == 0
    told = table.filter(pa.array(late))
    moved = pc.add(told["time"].cast(pa.timestamp("us")), timedelta(hours=5, minutes=30))
    zoned = pc.binary_join_element_wise(pc.strftime(moved, "%Y-%m-%dT%H:%M:%S"), "+05:30", "")
    found = found_in(made, tmp_path, table.filter(pa.array(~late)), column(told, "time", zoned))
    assert members(found.out) == members(made / "out")
    assert evidence(found.out) == evidence(made / "out")


GREEK = str.maketrans("abdefgiklmnoprstuvz", "αβδεφγικλμνοπρστυωζ")


def test_neither_script_nor_anything_stated_of_a_person_is_read(made: Path, tmp_path: Path) -> None:
    """Texts in other letters, and columns that say who somebody is."""
    table = rows_of(made)
    texts = pa.array([one.translate(GREEK) for one in table["prompt"].to_pylist()])
    other = column(table, "prompt", texts)
    for number, name in enumerate(("country", "language", "nationality", "region")):
        stated = np.random.default_rng(number).choice(["XA", "XB", "XC"], len(table))
        other = other.append_column(name, pa.array(stated))
    found = found_in(made, tmp_path, other)
    assert members(found.out) == members(made / "out")


def test_whoever_comes_back_after_a_ban_is_linked_to_the_campaign_before(
    made: Path, tmp_path: Path
) -> None:
    table = rows_of(made)
    truth = truth_of(made / "made")
    late = table["time"].cast(pa.int64()).to_numpy() // 86_400_000_000
    later = late >= late.min() + 8
    names = [
        f"{name}-anew" if back and truth[name].startswith("campaign-") else name
        for name, back in zip(table["account"].to_pylist(), later.tolist(), strict=True)
    ]
    banned = table.set_column(table.schema.get_field_index("account"), "account", [names])
    before, after = banned.filter(pa.array(~later)), banned.filter(pa.array(later))
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    first = found_in(made, tmp_path / "first", before)
    second = found_in(made, tmp_path / "second", after, more=("--previous", first.out))
    assert len(second.campaigns()) == 2
    for one in second.campaigns():
        heir = one["predecessor"]
        assert isinstance(heir, dict)
        assert heir["by"] in {"templates", "cards"}
        assert heir["id"] in {each["id"] for each in first.campaigns()}


def test_a_cleared_account_stays_cleared_until_evidence_of_another_kind(
    made: Path, tmp_path: Path
) -> None:
    account = sorted(name for names in members(made / "out") for name in names)[0]
    for kinds, news in (("template synchrony payment address echo", None), ("address echo", True)):
        cleared = tmp_path / "cleared.csv"
        row = f"{account},{kinds},cleared,r1"
        cleared.write_text(f"account,evidence,decision,reviewer\n{row}\n", "utf-8")
        run("campaigns", "find", made / "log", "--out", tmp_path / "out", "--cleared", cleared)
        with (tmp_path / "out" / "facts.csv").open(encoding="utf-8") as file:
            rows = {row["account"]: row["new_evidence"] for row in csv.DictReader(file)}
        assert bool(rows.get(account)) == bool(news)
        assert set(rows.values()) == {"", rows.get(account, "")}
        assert len(rows) == (80 if news else 79)


def test_a_verified_organisation_is_one_actor(made: Path, tmp_path: Path) -> None:
    names = [name for group in members(made / "out") for name in group]
    file = tmp_path / "accounts.csv"
    rows = "".join(f"{name},Meadow Ltd\n" for name in sorted(names))
    file.write_text(f"account,organisation\n{rows}", "utf-8")
    run("campaigns", "find", made / "log", "--out", tmp_path / "out", "--accounts", file)
    assert members(tmp_path / "out") == {}


NOON = 1_767_614_400
ODD: dict[str, list[dict[str, object]]] = {
    "one account only": [
        {"time": NOON + 60 * n, "account": "a", "prompt": "the same words again and again"}
        for n in range(1500)
    ],
    "all rows in one second": [
        {"time": NOON, "account": f"a{n % 40}", "prompt": f"tell me of number {n}"}
        for n in range(2000)
    ],
    "one prompt everywhere": [
        {"time": NOON + 977 * n, "account": f"a{n % 40}", "prompt": "write a poem about the sea"}
        for n in range(2000)
    ],
    "clocks that run ahead": [
        {"time": NOON + 977 * n + 3600 * (n % 40 % 7), "account": f"a{n % 40}",
         "prompt": f"write a poem about the sea and the number {n % 9}"}
        for n in range(2000)
    ],
    "no prompts": [
        {"time": NOON + 977 * n, "account": f"a{n % 40}", "prompt": ""} for n in range(2000)
    ],
    "an account with most rows": [
        {
            "time": NOON + 37 * n,
            "account": f"a{n % 30 if n % 20 == 0 else 0}",
            "prompt": "write a poem about the sea",
        }
        for n in range(20_000)
    ],
}  # fmt: skip


@pytest.mark.parametrize("rows", ODD.values(), ids=ODD)
def test_odd_logs_link_nobody(rows: list[dict[str, object]], tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    run("campaigns", "ingest", path, tmp_path / "log")
    run("campaigns", "find", tmp_path / "log", "--out", tmp_path / "out")
    assert members(tmp_path / "out") == {}
