"""An invented log as the files that an operator would have, and its truth beside them.

OUT/log/2026-01-05.parquet …   what a provider logs
OUT/truth.csv                  account, group (ordinary, a crowd's name, campaign-1 …)
OUT/plan.json                  what was asked for; the same plan gives the same bytes
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from clearance.adapters.output_folder import output_folder
from clearance.campaigns.simulation.draft import NONE, Int64
from clearance.campaigns.simulation.log import AGENTS, ASNS, ISSUERS, Day, Log
from clearance.campaigns.simulation.plan import START
from clearance.campaigns.simulation.text import Texts
from clearance.model.dates import text_of_day

_FIRST_DAY = START // 86_400_000_000
OURS = ("log", "truth.csv", "plan.json")


def write_log(log: Log, out: Path) -> int:
    """Write an invented log; how many rows it has.

    Raises:
        StorageError: the folder cannot be written; nothing is left of it then.
    """
    with output_folder(out, OURS) as folder:
        (folder / "log").mkdir()
        rows = 0
        for day in log.days():
            table = _table(log, day)
            rows += len(table)
            path = folder / "log" / f"{text_of_day(_FIRST_DAY + day.number)}.parquet"
            pyarrow.parquet.write_table(table, path, compression="zstd", compression_level=1)
        pyarrow.csv.write_csv(_truth(log), folder / "truth.csv")
        (folder / "plan.json").write_text(json.dumps(asdict(log.plan), indent=1) + "\n", "utf-8")
    return rows


def _table(log: Log, day: Day) -> pa.Table:
    accounts, who = log.accounts, day.account
    columns = {
        "time": pa.array(day.time, pa.timestamp("us", "UTC")),
        "account": _named("account-{:07d}", accounts.name, who),
        "organisation": _named("organisation-{:05d}", accounts.organisation, who),
        "address": _named("2001:db8::{:x}", None, day.address),
        "asn": _named("AS{}", np.arange(ASNS) + 64_512, day.address * 31 % ASNS),
        "payment": _named("card-{:08d}", accounts.card, who),
        "issuer": _named("issuer-{:02d}", np.arange(ISSUERS), accounts.card[who] * 17 % ISSUERS),
        "agent": _named("agent/{}", np.arange(AGENTS), accounts.agent[who]),
        "model": _named("model-{}", None, day.model),
        "tokens_in": pa.array((day.words_in * 1.4).astype(np.int32)),
        "tokens_out": pa.array((day.words_out * 1.4).astype(np.int32)),
        "plan": _named("plan-{}", None, accounts.plan[who]),
        "created": pa.array(accounts.created[who], pa.timestamp("us", "UTC")),
        "prompt": _texts(day.prompt),
    }
    if day.output is not None:
        columns["output"] = _texts(day.output)
    return pa.table(columns)


def _named(form: str, value: Int64 | None, which: Int64) -> pa.Array:
    """Numbers as names, each made once; nothing where the number is -1."""
    used, at = np.unique(which, return_inverse=True)
    numbers = used if value is None else value[used]
    names = [None if one == NONE else form.format(one) for one in numbers.tolist()]
    return pa.array(names, pa.string()).take(pa.array(at))


def _texts(texts: Texts) -> pa.Array:
    buffers = [None, pa.py_buffer(texts.offsets), pa.py_buffer(texts.data)]
    return pa.Array.from_buffers(pa.large_string(), len(texts.offsets) - 1, buffers)


def _truth(log: Log) -> pa.Table:
    names = np.array([f"account-{one:07d}" for one in log.accounts.name.tolist()])
    order = np.argsort(names)
    group = np.array(log.accounts.group)
    return pa.table({"account": names[order], "group": group[order]})
