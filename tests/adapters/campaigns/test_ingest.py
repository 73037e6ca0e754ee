"""Ingesting logs: whatever their form, order and place, the same rows give the same bytes."""

from __future__ import annotations

import gzip
import json
import stat
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from clearance.adapters.campaigns.digest import TABLES
from clearance.adapters.campaigns.ingest import Ingested, ingest
from clearance.adapters.campaigns.invented import write_log
from clearance.adapters.campaigns.log_folder import days_of
from clearance.campaigns.simulation.log import invent
from clearance.campaigns.simulation.plan import Plan
from clearance.model.errors import (
    ClearanceError,
    InputError,
    IntegrityError,
    SourceError,
    StorageError,
)

KEY = bytes(range(16))
ROW = {"time": "2026-01-05T10:00:00Z", "account": "a1", "prompt": "write a poem about the sea"}


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Ingested]:
    """Ingests sources under a fixed key into a log of that name."""
    key = tmp_path / "key"
    key.write_bytes(KEY)

    def run(*sources: Path, log: str = "log", keep_text: bool = False) -> Ingested:
        return ingest(sources, tmp_path / log, key, keep_text=keep_text)

    return run


def lines(path: Path, *rows: object) -> Path:
    text = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    path.write_text(text, "utf-8")
    return path


def stored(log: Path, columns: str = "time, account, sketch") -> list[tuple[object, ...]]:
    with duckdb.connect() as database:
        statement = f"select {columns} from '{log}/day=*/rows.parquet' order by all"
        return database.execute(statement).fetchall()


def whole(log: Path) -> dict[str, bytes]:
    """Every byte of a log's days."""
    return {str(one.relative_to(log)): one.read_bytes() for one in sorted(log.glob("day=*/*"))}


def tables(log: Path) -> dict[str, pa.Table]:
    """Every table of a log's days; Parquet leaves some bytes to chance where nothing is read."""
    files = sorted(log.glob("day=*/*.parquet"))
    return {str(one.relative_to(log)): pq.ParquetFile(one).read() for one in files}


def test_forms_of_a_log_give_the_same_rows(tmp_path: Path, read: Callable[..., Ingested]) -> None:
    rows = [ROW, ROW | {"account": "a2", "time": "2026-01-06T00:30:00+02:00"}]
    header = ",".join(ROW) + "\n"
    csv = tmp_path / "log.csv"
    csv.write_text(header + "".join(",".join(row.values()) + "\n" for row in rows), "utf-8")
    packed = tmp_path / "log.jsonl.gz"
    packed.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "log.parquet")
    for number, path in enumerate((csv, packed, tmp_path / "log.parquet")):
        read(path, log=f"log{number}")
    first = tables(tmp_path / "log0")
    assert len(first) == len(TABLES) + 2
    assert tables(tmp_path / "log1") == first == tables(tmp_path / "log2")


def test_order_and_files_of_a_log_do_not_matter(
    tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    made = tmp_path / "made"
    write_log(invent(Plan(3, 300, 3000, 5, (20,), 1000, crowds=False)), made)
    table = pa.concat_tables([pq.read_table(one) for one in sorted((made / "log").iterdir())])
    backwards = table.take(pa.array(range(len(table) - 1, -1, -1)))
    parts = []
    for number in range(3):
        parts.append(tmp_path / f"{number}.parquet")
        pq.write_table(backwards.slice(number * len(table) // 3, len(table) // 3 + 1), parts[-1])
    read(made / "log", log="one")
    read(*parts, log="two")
    for part in parts:
        read(part, log="three")
    one, two, three = (tables(tmp_path / name) for name in ("one", "two", "three"))
    assert len(one) == 5 * (len(TABLES) + 2)
    assert [name for name in one if not one[name].equals(two[name])] == []
    assert [name for name in one if not one[name].equals(three[name])] == []


def test_a_row_that_is_there_is_not_added_again(
    tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    path = lines(tmp_path / "log.jsonl", ROW, ROW)
    assert read(path).repeated == 1
    assert read(path).repeated == 2
    assert len(stored(tmp_path / "log")) == 1


@pytest.mark.parametrize(
    "field", ["agent", "model", "plan", "issuer", "asn", "created", "tokens_in"]
)
def test_rows_that_differ_in_one_field_both_stay_and_a_missing_word_is_an_empty_one(
    field: str, tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    said = 1_767_000_000 if field in {"created", "tokens_in"} else "one"
    path = lines(tmp_path / "log.jsonl", ROW, ROW | {field: said}, ROW | {"plan": ""})
    assert read(path).repeated == 1
    assert len(stored(tmp_path / "log", f"{field}, plan")) == 2


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (None, None),
        (7, 7),
        (-3, 0),
        (2**40, 2**31 - 1),
        (10**30, None),
        ("9" * 30, None),
        (1.5, None),
    ],
)
def test_tokens_are_whole_numbers_or_are_not_stated(
    given: object, kept: int | None, tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    read(lines(tmp_path / "log.jsonl", ROW | {"tokens_in": given}, ROW | {"tokens_in": 5}))
    assert sorted(stored(tmp_path / "log", "tokens_in"), key=str) == sorted(
        [(kept,), (5,)], key=str
    )


def test_a_late_row_joins_its_day_and_leaves_the_others(
    tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    read(lines(tmp_path / "a.jsonl", ROW, ROW | {"time": "2026-01-07T00:00:00Z"}))
    before = whole(tmp_path / "log")
    late = lines(tmp_path / "b.jsonl", ROW | {"time": "2026-01-05T23:59:59Z"})
    assert len(read(late).days) == 1
    after = whole(tmp_path / "log")
    assert len(stored(tmp_path / "log")) == 3
    assert {name for name in after if after[name] != before[name]} >= {
        "day=2026-01-05/rows.parquet"
    }
    assert all(after[name] == before[name] for name in before if "2026-01-07" in name)


@pytest.mark.parametrize(
    "time",
    [
        "2026-01-05T10:00:00Z",
        "2026-01-05 10:00:00",
        "2026-01-05T15:30:00+05:30",
        "2026-01-04T22:00:00-12:00",
        1_767_607_200,
        1_767_607_200_000,
        "1767607200000000",
        1_767_607_200_000_000_000,
    ],
)
def test_a_moment_is_the_same_however_it_is_written(
    time: object, tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    read(lines(tmp_path / "log.jsonl", ROW | {"time": time}))
    assert stored(tmp_path / "log", "time") == [(1_767_607_200_000_000,)]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (ROW | {"time": "yesterday"}, "time"),
        (ROW | {"time": "1970-01-01T00:00:00Z"}, "time"),
        (ROW | {"time": "9999-01-01T00:00:00Z"}, "time"),
        (ROW | {"account": ""}, "account"),
        (ROW | {"account": None}, "account"),
        ("{not json", ""),
        ("[1, 2]", ""),
    ],
)
def test_a_row_that_cannot_be_used_is_filed_with_its_line(
    row: object, field: str, tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    done = read(lines(tmp_path / "log.jsonl", ROW, row, ROW | {"account": "a2"}))
    assert (done.rows, done.rejects) == (2, 1)
    filed = json.loads((tmp_path / "log" / "rejects.jsonl").read_text("utf-8"))
    assert (filed["source"], filed["line"], filed["field"]) == ("log.jsonl", 2, field)
    assert "poem" not in filed["reason"]


@pytest.mark.parametrize(
    ("text", "tokens"), [("", 0), ("?", 0), ("one", 1), ("one two three four five", 2), (None, 0)]
)
def test_an_empty_or_short_prompt_has_few_tokens_or_none(
    text: str | None, tokens: int, tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    read(lines(tmp_path / "log.jsonl", ROW | {"prompt": text}))
    ((sketch,),) = stored(tmp_path / "log", "sketch")
    assert isinstance(sketch, list)
    assert len(sketch) == tokens


def test_binary_in_a_prompt_and_a_huge_word_are_sketched(
    tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    prompts = [bytes(range(256)), b"x" * 3_000_000, b"\xff" * 100]
    rows = {"time": [1_767_607_200] * 3, "account": ["a"] * 3, "prompt": prompts}
    pq.write_table(pa.table(rows), tmp_path / "log.parquet")
    assert read(tmp_path / "log.parquet").rows == 3


BROKEN: list[tuple[str, bytes, type[ClearanceError], str]] = [
    ("no time", b"account,prompt\na,b\n", InputError, "time"),
    ("no account", b"time,prompt\n1,b\n", InputError, "account"),
    ("no prompt", b"time,account\n1,b\n", InputError, "prompt"),
    ("twice", b"time,time,account,prompt\n1,1,b,c\n", InputError, "time"),
    ("truncated Parquet", b"PAR1 this is no file", SourceError, "broken"),
    ("empty", b"", SourceError, "empty"),
    ("a JSON array", b'[\n {"time": 1, "account": "a", "prompt": "b"}\n]\n', SourceError, "array"),
    ("no text", b"time,account,prompt\n1,b,\xff\xfe\n", SourceError, "UTF-8"),
    ("endless line", b'{"time": "' + b"x" * 17_000_000, SourceError, "longer than"),
]


@pytest.mark.parametrize(
    ("content", "error", "said"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN]
)
def test_a_source_that_cannot_be_read_is_told_and_nothing_is_written(
    content: bytes, error: type[ClearanceError], said: str, tmp_path: Path,
    read: Callable[..., Ingested],
) -> None:  # fmt: skip
    path = tmp_path / "source"
    path.write_bytes(content)
    with pytest.raises(error) as raised:
        read(path)
    assert said in raised.value.message()
    assert "source" in raised.value.message()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["key", "source"]


@pytest.mark.parametrize("column", ["account", "payment", "time"])
def test_a_column_of_another_type_is_told(
    column: str, tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    rows = {"time": [1_767_607_200], "account": ["a"], "prompt": ["b"], column: [[b"\xff"]]}
    pq.write_table(pa.table(rows), tmp_path / "log.parquet")
    with pytest.raises(InputError, match=f"{column}: a column of type"):
        read(tmp_path / "log.parquet")


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        (pa.array([["x"]]), "a column of type"),
        (pa.array([[-1, 5]]), "a token is not between"),
        (pa.array([[2**63]], pa.list_(pa.uint64())), "a token is not between"),
        (pa.array([5]), "a column of type"),
    ],
    ids=["words", "negative", "too large", "no list"],
)
def test_a_sketch_that_is_none_is_told(
    tokens: pa.Array, said: str, tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    pq.write_table(
        pa.table({"time": [1_767_607_200], "account": ["a"], "sketch": tokens}),
        tmp_path / "log.parquet",
    )
    with pytest.raises(InputError, match=f"sketch: {said}"):
        read(tmp_path / "log.parquet")


def test_text_that_is_none_cannot_be_kept(tmp_path: Path, read: Callable[..., Ingested]) -> None:
    rows = {"time": [1_767_607_200], "account": ["a"], "prompt": [b"\xff"]}
    pq.write_table(pa.table(rows), tmp_path / "log.parquet")
    with pytest.raises(InputError, match="not UTF-8"):
        read(tmp_path / "log.parquet", keep_text=True)


def test_a_day_is_added_without_reading_any_other_but_the_evening_before(
    tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    """What must not be read is made unreadable; the new day is as beside whole ones."""
    days = [f"2026-01-0{day}T10:00:00Z" for day in (5, 6, 7, 8)]
    for log in ("whole", "log"):
        read(
            *(lines(tmp_path / f"{day[:10]}.jsonl", ROW | {"time": day}) for day in days[:3]),
            log=log,
        )
    for path in (tmp_path / "log").glob("day=*/*"):
        if path.parts[-2:] != ("day=2026-01-07", "rows.parquet"):
            path.write_bytes(b"unreadable")
    before = whole(tmp_path / "log")
    last = lines(tmp_path / "last.jsonl", ROW | {"time": days[3]})
    for log in ("whole", "log"):
        assert len(read(last, log=log).days) == 1
    after, beside = whole(tmp_path / "log"), whole(tmp_path / "whole")
    assert {name: after[name] for name in before} == before
    new = sorted(after.keys() - before.keys())
    assert len(new) == len(TABLES) + 2
    assert [after[name] for name in new] == [beside[name] for name in new]


@pytest.mark.parametrize("table", ["rows", "accounts"])
def test_a_damaged_day_of_the_log_is_named(
    table: str, tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    path = lines(tmp_path / "a.jsonl", ROW)
    read(path)
    damaged = tmp_path / "log" / "day=2026-01-05" / f"{table}.parquet"
    damaged.write_bytes(damaged.read_bytes()[:300])
    before = whole(tmp_path / "log")
    with pytest.raises(IntegrityError, match=f"{table}.parquet: the table is damaged"):
        read(path)
    assert whole(tmp_path / "log") == before


def test_a_failed_ingest_leaves_the_log_as_it_was(
    tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    read(lines(tmp_path / "a.jsonl", ROW))
    before = whole(tmp_path / "log")
    (tmp_path / "b.csv").write_bytes(b"time,account,prompt\n1767607200,b,\xff\n")
    with pytest.raises(SourceError):
        read(lines(tmp_path / "c.jsonl", ROW | {"account": "a9"}), tmp_path / "b.csv")
    assert whole(tmp_path / "log") == before


def test_another_key_is_refused(tmp_path: Path, read: Callable[..., Ingested]) -> None:
    path = lines(tmp_path / "a.jsonl", ROW)
    read(path)
    other = tmp_path / "other"
    other.write_bytes(b"x" * 16)
    with pytest.raises(InputError, match="not the key"):
        ingest([path], tmp_path / "log", other, keep_text=False)


def test_a_key_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", ROW)
    ingest([path], tmp_path / "log", None, keep_text=False)
    key = tmp_path / "log" / "key"
    assert len(key.read_bytes()) == 16
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    ingest([path], tmp_path / "log", None, keep_text=False)
    assert len(days_of(tmp_path / "log")) == 1


def test_a_folder_with_other_files_is_refused(
    tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "letter.txt").write_text("mine")
    with pytest.raises(StorageError):
        read(lines(tmp_path / "a.jsonl", ROW))


def test_text_and_addresses_are_not_kept_unless_asked(
    tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    path = lines(tmp_path / "a.jsonl", ROW | {"address": "192.0.2.7", "payment": "card-77"})
    read(path)
    read(path, log="kept", keep_text=True)
    plain = b"".join(whole(tmp_path / "log").values())
    assert b"192.0.2.7" not in plain
    assert stored(tmp_path / "kept", "prompt") == [(ROW["prompt"],)]
    assert "prompt" not in pq.read_schema(tmp_path / "log/day=2026-01-05/rows.parquet").names


SPANS: list[dict[str, object]] = [
    {
        "start_time": ROW["time"],
        "attributes": {
            "enduser.id": "a1",
            "gen_ai.operation.name": "chat",
            "gen_ai.input.messages": [
                {"role": "user", "parts": [{"type": "text", "content": ROW["prompt"]}]}
            ],
        },
    },
    {
        "resourceSpans": [
            {
                "scopeSpans": [
                    {
                        "spans": [
                            {
                                "startTimeUnixNano": "1767607200000000000",
                                "attributes": [
                                    {"key": "enduser.id", "value": {"stringValue": "a1"}},
                                    {
                                        "key": "gen_ai.prompt",
                                        "value": {"stringValue": ROW["prompt"]},
                                    },
                                ],
                            }
                        ]
                    }
                ]
            }
        ]
    },
    {
        "request_id": "r1",
        "startTime": ROW["time"],
        "api_key": "hashed",
        "end_user": "a1",
        "messages": [{"role": "user", "content": ROW["prompt"]}],
    },
]


@pytest.mark.parametrize("span", SPANS, ids=["span", "OTLP export", "LiteLLM"])
def test_logs_that_others_write_are_read_as_ours(
    span: dict[str, object], tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    read(lines(tmp_path / "ours.jsonl", ROW), log="ours")
    read(lines(tmp_path / "theirs.jsonl", span), log="theirs")
    assert stored(tmp_path / "theirs") == stored(tmp_path / "ours")


def test_spans_of_other_operations_are_left_out(
    tmp_path: Path, read: Callable[..., Ingested]
) -> None:
    other = {"start_time": ROW["time"], "attributes": {"gen_ai.operation.name": "embeddings"}}
    assert read(lines(tmp_path / "a.jsonl", SPANS[0], other)).rows == 1
