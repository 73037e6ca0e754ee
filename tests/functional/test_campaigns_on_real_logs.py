"""Published logs and texts: templates are recovered, and nobody unrelated is ever linked."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from clearance.adapters.campaigns.asked_log import AskedLog
from clearance.adapters.campaigns.engine import DuckEngine
from clearance.adapters.campaigns.ingest import ingest
from clearance.adapters.campaigns.known_texts import read_known
from clearance.adapters.campaigns.log_folder import days_of
from clearance.campaigns.evidence import Kind
from clearance.campaigns.verdict import counts
from clearance.usecases.detect import Detected, detect

pytestmark = pytest.mark.real_data
Data = Callable[[str], Path]
START, DAY = 1_767_571_200, 86_400


def ingested(folder: Path, columns: Mapping[str, object]) -> Path:
    key = folder / "key"
    key.write_bytes(bytes(range(16)))
    pq.write_table(pa.table(dict(columns)), folder / "log.parquet")
    ingest([folder / "log.parquet"], folder / "log", key, keep_text=False)
    return folder / "log"


def detected(log: Path, *known: Path) -> Detected:
    with DuckEngine(log, days_of(log)) as engine:
        return detect(AskedLog(engine, None, read_known(known, log, log.parent / "key")))


def _text(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8")


def _lines(path: Path) -> list[str]:
    return [line for line in _text(path).split("\n") if line]


def _template(name: str) -> str:
    """The template's words; some sets were made of one template over several parts of a corpus."""
    return re.sub(r"_(dbert|dbidaf|droberta|ParaphraseRC|SelfRC)_", "_", name)


def test_accounts_that_keep_to_a_template_are_recovered(real_data: Data, tmp_path: Path) -> None:
    path = real_data("campaigns/templates/t0_per_template.jsonl.gz")
    rows = [json.loads(line) for line in _lines(path)]
    random.Random(5).shuffle(rows)
    seen: Counter[str] = Counter()
    accounts: list[str] = []
    for row in rows:
        accounts.append(f"{row['template']}/{seen[row['template']] % 10}")
        seen[row["template"]] += 1
    prompts = [row["prompt"] for row in rows]
    times = [START + 60 * at for at in range(len(rows))]
    log = ingested(tmp_path, {"account": accounts, "prompt": prompts, "time": times})
    with DuckEngine(log, days_of(log)) as engine:
        asked = AskedLog(engine)
        view, names = asked.view, asked.names()
    truth = [_template(name.rsplit("/", 1)[0]) for name in names]
    rarest: dict[int, tuple[int, int]] = {}
    for actor, item in zip(view.focus.actor.tolist(), view.focus.item.tolist(), strict=True):
        anchor = (int(view.focus.count[item]), int(view.tokens[item]))
        rarest[actor] = min(rarest.get(actor, anchor), anchor)
    groups: dict[tuple[int, int], Counter[str]] = {}
    for actor, anchor in rarest.items():
        groups.setdefault(anchor, Counter())[truth[actor]] += 1
    right = sum(group.most_common(1)[0][1] for group in groups.values())
    assert right / len(rarest) >= 0.95
    assert right / len(truth) >= 0.80


def _election(path: Path) -> Mapping[str, object]:
    """A row a post, its sketch all that the post links to, shows and is tagged with."""
    table = pq.read_table(path)
    channels = ("url_id", "hashtag_id", "domain_id", "phash_id")
    said: dict[tuple[str, int, float], set[int]] = {}
    columns = (
        table[name].to_pylist() for name in ("account_id", "post_id", "timestamp", *channels)
    )
    for account, post, time, *values in zip(*columns, strict=True):
        tokens = {4 * one + kind for kind, one in enumerate(values) if one is not None}
        said.setdefault((account, post, time), set()).update(tokens)
    sketches = pa.array([sorted(one) for one in said.values()], pa.list_(pa.int64()))
    accounts, times = [key[0] for key in said], [key[2] for key in said]
    return {"account": accounts, "time": times, "sketch": sketches}


def test_a_log_of_people_during_an_election_flags_nothing(real_data: Data, tmp_path: Path) -> None:
    """Pages that a publisher posts to at once are told by copies; little else is synchronous."""
    path = real_data("campaigns/coordinated/german_elections.parquet")
    found = detected(ingested(tmp_path, _election(path))).searched
    assert len(found.cohorts) >= 50
    assert found.campaigns == ()
    told = [{said.kind for said in one.evidence if counts(said)} for one in found.cohorts]
    assert sum(Kind.COPIES in kinds for kinds in told) >= 10
    assert sum(Kind.SYNCHRONY in kinds for kinds in told) <= 4


def _public(real_data: Data) -> Iterator[tuple[str, list[str]]]:
    """Kinds of texts that many unrelated people use."""
    folder = real_data("campaigns/prompts")
    csv.field_size_limit(10**8)
    personas = StringIO(_text(folder / "awesome_chatgpt_prompts_2026-03-20.csv.gz"), newline="")
    yield "personas", [row["prompt"] for row in csv.DictReader(personas)][:40]
    texts = sorted((folder / "fabric").glob("*.md"))
    yield "system prompts", [one.read_text("utf-8") for one in texts][:40]
    benchmark = (folder / "gsm8k_test.jsonl").read_text("utf-8").splitlines()
    yield "benchmark", [json.loads(line)["question"] for line in benchmark][:200]
    wrappers = _lines(real_data("campaigns/wrappers/wrapper_prompts.jsonl.gz"))
    yield "wrappers", [json.loads(line)["text"] for line in wrappers][:40]


def test_public_texts_used_by_unrelated_accounts_make_no_campaign(
    real_data: Data, tmp_path: Path
) -> None:
    rng = np.random.default_rng(8)
    accounts: list[str] = []
    prompts: list[str] = []
    times: list[int] = []
    for kind, texts in _public(real_data):
        for number in range(150):
            own = rng.choice(len(texts), 3)
            hour = rng.integers(0, 24)
            for at in range(40):
                which = at % len(texts) if kind == "benchmark" else int(rng.choice(own))
                accounts.append(f"{kind}-{number}")
                prompts.append(f"{texts[which]} {rng.integers(10**9)}")
                when = (int(rng.integers(28)) + hour / 24 + float(rng.normal(0, 0.1))) * DAY
                times.append(START + DAY + int(when))
    log = ingested(tmp_path, {"account": accounts, "prompt": prompts, "time": times})
    found = detected(log)
    told = [one.of(Kind.TEMPLATE) for one in found.searched.cohorts]
    assert sum(one is not None and counts(one) for one in told) >= 50
    assert found.searched.campaigns == ()
    files = []
    for kind, texts in _public(real_data):
        files.append(tmp_path / f"{kind}.jsonl")
        files[-1].write_text("".join(json.dumps({"text": one}) + "\n" for one in texts), "utf-8")
    assert detected(log, *files).searched.cohorts == ()
