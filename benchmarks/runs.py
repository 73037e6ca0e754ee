"""Every benchmark by name: what it does, and the figures that it gives."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Race
from benchmarks.process import Usage, clearance, cool, run
from benchmarks.scratch import CUSTOMERS, Scratch

GIB = 1024.0
REAL_NAMES = "matching/gleif/gleif_names_100k.parquet"
SMALL = """interested_party,subject,share
P,A,80
P,B,60
P,C,10
B,A,10
A,C,40
B,C,20
"""


@dataclass(frozen=True, slots=True)
class Job:
    """What a benchmark works with."""

    scratch: Scratch
    repeat: int


def building(job: Job) -> list[Figure]:
    """Build from Parquet and from CSV, whole process."""
    found = []
    for kind in ("parquet", "csv"):
        out = job.scratch.folder / f"built-{kind}"
        used = job.scratch.build(out, kind)
        shutil.rmtree(out)
        found += [
            _process(f"build-{kind}", f"build a snapshot from {kind}, whole process", used, 180),
            _peak(f"build-{kind}", used, None),
        ]
    return found


def opening(job: Job) -> list[Figure]:
    """Open a snapshot: in a process, and with the interpreter's start."""
    found, used = _inside(job, "opening", job.scratch.snapshot())
    inner = _figure("opening", "open a snapshot, its sizes checked", found, 1.5)
    return [inner, _process("opening-process", "the same, start of the process included", used)]


def cascade(job: Job) -> list[Figure]:
    """The whole world under a cascade, both ends, slice and fusion included."""
    return _world(job, "cascade-50", "cascade", 0.5)


def product(job: Job) -> list[Figure]:
    """The whole world multiplied out, both ends, cycles exact."""
    return _world(job, "product", "product", 1.5)


def mission(job: Job) -> list[Figure]:
    """The rule that the shipped policy asks: both readings and control."""
    return _world(job, "provider-regions", "provider-regions", None)


def explaining(job: Job) -> list[Figure]:
    """One party explained, snapshot opened and policy read each time."""
    found, _ = _inside(job, "explain", job.scratch.snapshot(), str(_policy(job)))
    cores = f"on the cores {_float(found, 'cpu') * 1e3:.1f} ms"
    slowest = f"slowest of {found['runs']}: {_float(found, 'slowest') * 1e3:.0f} ms"
    what, value = "open, find and explain one party", _float(found, "wall") * 1e3
    return [Figure("explain", what, value, "ms", 100, note=f"{cores}; {slowest}")]


def statements(job: Job) -> list[Figure]:
    """BODS 0.4 JSON lines: read into columns, and built into a snapshot."""
    path = job.scratch.statements()
    found, _ = _inside(job, "statements", path)
    count = _float(found, "statements")
    out = job.scratch.folder / "built-bods"
    shutil.rmtree(out, ignore_errors=True)
    used = clearance("reference", "build", str(out), str(path))
    shutil.rmtree(out)
    told = f"{count:,.0f} statements, {path.stat().st_size / 1e6:,.0f} MB"
    read, built = count / _float(found, "wall"), count / used.wall
    what = "read BODS 0.4 JSON lines"
    return [
        Figure("bods-read", what, read, "statements/s", 100_000, True, told),
        Figure("bods-build", "build from them, whole process", built, "statements/s", None, True),
    ]


def screening(job: Job) -> list[Figure]:
    """A portfolio screened end to end, proofs written."""
    used, told = _screened(job, job.scratch.snapshot(), job.scratch.customers())
    what = f"screen {CUSTOMERS:,} identified customers with proofs, whole process"
    return [_process("screen", what, used, 60, told), _peak("screen", used, None)]


def unidentified(job: Job) -> list[Figure]:
    """A portfolio of names without numbers screened against the corpus of names."""
    folder = job.scratch.root / f"names-v1-{job.scratch.size}"
    customers = folder / "customers.csv"
    if not customers.exists():
        run([sys.executable, "-m", "benchmarks.matching.portfolio", str(job.scratch.root),
             str(job.scratch.size), str(CUSTOMERS), str(customers)])  # fmt: skip
    used, told = _screened(job, folder / "snapshot", customers)
    what = f"screen {CUSTOMERS:,} customers by name and country, whole process"
    return [_process("unidentified", what, used, 300, told), _peak("unidentified", used, None)]


def _screened(job: Job, snapshot: Path, customers: Path) -> tuple[Usage, str]:
    """What screening took, and how much it wrote."""
    out = job.scratch.folder / "screened"
    shutil.rmtree(out, ignore_errors=True)
    used = clearance(
        "screen",
        "--reference", str(snapshot),
        "--policy", str(_policy(job)),
        "--customers", str(customers),
        "--as-of", "2026-01-01",
        "--out", str(out),
    )  # fmt: skip
    size = sum(entry.stat().st_size for entry in out.rglob("*") if entry.is_file())
    shutil.rmtree(out)
    return used, f"{size / 1e6:,.0f} MB written"


def impacts(job: Job) -> list[Figure]:
    """A change of policy over the portfolio: of attribute rules, and with ownership anew."""
    _policy(job)
    job.scratch.customers()
    found = []
    for name, words, target in (
        ("attributes", "attribute rules", 0.5),
        ("ownership", "ownership asked anew", 10.0),
    ):
        told, used = _inside(job, "impact", job.scratch.snapshot(), name)
        what = f"impact on {CUSTOMERS:,} customers, {words}, after matching"
        note = f"{told['listed']:,} listed"
        found += [
            _figure(f"impact-{name}", what, told, target, note),
            _peak(f"impact-{name}", used, None),
        ]
    return found


def reading(job: Job) -> list[Figure]:
    """Names read for matching: real ones, if ``CLEARANCE_TEST_DATA`` names the published data."""
    path = Path(os.environ.get("CLEARANCE_TEST_DATA", "")) / REAL_NAMES
    if not path.exists():
        print(f"names      not measured: no {REAL_NAMES} under CLEARANCE_TEST_DATA")
        return []
    found, _ = _inside(job, "names", path)
    each = _float(found, "wall") / _float(found, "names") * 1e6
    told = f"{found['names']:,} names of GLEIF; first run {_float(found, 'first'):.2f} s in all"
    median = _float(found, "single") * 1e6
    return [
        Figure("names", "read a name for matching, mean of a lot", each, "µs", None, note=told),
        Figure("names-single", "the same, median of single calls", median, "µs", 15),
    ]


def small(job: Job) -> list[Figure]:
    """``clearance attribute`` on a graph on paper: time on the cores, start included."""
    path = job.scratch.folder / "small.csv"
    path.write_text(SMALL)
    runs = [
        clearance("attribute", "--rule", "product", "--interests", str(path), "--seed", "P",
                  "--format", "json")
        for _ in range(5)
    ]  # fmt: skip
    value = statistics.median(used.cpu for used in runs)
    clock = f"by the clock {statistics.median(used.wall for used in runs):.2f} s"
    return [Figure("attribute", "attribute on six interests", value, "s on cores", 0.6, note=clock)]


def matching(job: Job) -> list[Figure]:
    """Names: the index built, opened, asked once from a cold start, and asked on both mixes."""
    size, root = str(job.scratch.size), str(job.scratch.root)
    told = json.loads(
        run([sys.executable, "-m", "benchmarks.matching.speed", root, size]).printed.splitlines()[
            -1
        ]
    )
    folder = job.scratch.root / f"names-v1-{size}"
    out = folder / "built"
    shutil.rmtree(out, ignore_errors=True)
    built = clearance("reference", "build", str(out), str(folder / "parties.parquet"))
    disk = sum(entry.stat().st_size for entry in out.glob("match.*")) / 1e9
    cool(out)
    cold = clearance(
        "match", "--reference", str(out), "--name", "Aurora Shiping", "--country", "XA"
    )
    shutil.rmtree(out)
    return [
        _process("matching-build", "build a snapshot of names, whole process", built, 600),
        _peak("matching-build", built, None),
        Figure("matching-disk", "the index of names on disk", disk, "GB", 2.5),
        Figure("matching-open", "open a snapshot of names", told["open"], "s", 2),
        Figure(
            "matching-resident",
            "resident after both mixes",
            told["resident"],
            "GB",
            2.5,
            note="pages of files counted, which processes share",
        ),
        _process("matching-cold", "one name from a cold start, pages on disk", cold, 3),
        _peak("matching-cold", cold, None),
        *_mix("realistic", told["realistic"], (2_500, 15)),
        *_mix("hard", told["hard"], (700, 30)),
    ]


def networks(job: Job) -> list[Figure]:
    """Addresses: a database of six sources made, opened and asked."""
    told, more = (_asked_networks(job, what) for what in ("make", "make-systems"))
    size = f"{told['stretches']:,} stretches, {told['size'] / 1e6:.0f} MB"
    beside = f"{told['votes']:.1f} votes each; the bare reader {told['bare']:,.0f}/s"
    slow = f"{told['plain']:,.0f}/s without its C extension"
    systems = (
        f"with 60,000 autonomous systems, {more['records']:,} distinct sets of votes in place of "
        f"{told['records']:,}: {more['four']:,.0f}/s"
    )
    what = "addresses looked up on one core, with every vote"
    return [
        Figure("networks-build", "lay the sources over each other", told["built"], "s", note=size),
        Figure("networks-open", "open a database, its digest checked", told["opened"], "s", 0.3),
        Figure("networks-ipv4", f"IPv4 {what}", told["four"], "a second", 600_000, True,
               f"{beside}, {slow}"),
        Figure("networks-ipv6", f"IPv6 {what}", told["six"], "a second", 600_000, True, systems),
    ]  # fmt: skip


def _asked_networks(job: Job, make: str) -> dict[str, Any]:
    file = str(job.scratch.folder / f"networks-{make}.mmdb")
    commands = ([sys.executable, "-m", "benchmarks.networks", what, file] for what in (make, "ask"))
    found: dict[str, Any] = {}
    for command in commands:
        found |= json.loads(run(command).printed)
    return found


def _mix(name: str, told: dict[str, Any], targets: tuple[float, float]) -> list[Figure]:
    found, nowhere = told["search"], told["without country"]
    seen = (
        f"search alone {found['rate']:,.0f}/s, among twenty {found['recall']:.1%}; "
        f"without country {nowhere['rate']:,.0f}/s, {nowhere['recall']:.1%}"
    )
    what = f"records matched, {name} mix, two processes"
    middle = f"the middle {told['p50']:.2f} ms"
    return [
        Figure(f"matching-{name}", what, told["together"], "a second", targets[0], True, seen),
        Figure(f"matching-{name}-p99", "99 of 100 answered within", told["p99"], "ms", targets[1],
               note=middle),
    ]  # fmt: skip


def races(job: Job) -> list[Race]:
    """Side by side with other tools."""
    used = run([sys.executable, "-m", "benchmarks.side", str(job.scratch.snapshot()),
                str(job.repeat)])  # fmt: skip
    return [Race(**race) for race in json.loads(used.printed.splitlines()[-1])]


def _world(job: Job, rule: str, name: str, target: float | None) -> list[Figure]:
    found, used = _inside(job, "world", job.scratch.snapshot(), rule)
    told = f"{found['certain']:,} certain, {found['possible']:,} possible"
    what = f"whole world under {rule}, must and may"
    return [_figure(name, what, found, target, told), _peak(name, used, 3)]


def _inside(job: Job, what: str, path: Path, rule: str = "") -> tuple[dict[str, object], Usage]:
    command = [sys.executable, "-m", "benchmarks.inside", what, str(path), str(job.repeat), rule]
    used = run(command)
    return json.loads(used.printed.splitlines()[-1]), used


def _figure(
    name: str, what: str, found: dict[str, object], target: float | None, told: str = ""
) -> Figure:
    rest = f"on the cores {_float(found, 'cpu'):.2f} s, first run {_float(found, 'first'):.2f} s"
    note = f"{rest}; {told}" if told else rest
    return Figure(name, what, _float(found, "wall"), "s", target, note=note)


def _process(
    name: str, what: str, used: Usage, target: float | None = None, told: str = ""
) -> Figure:
    rest = f"user {used.user:.1f} s, system {used.system:.1f} s"
    return Figure(name, what, used.wall, "s", target, note=f"{rest}; {told}" if told else rest)


def _peak(name: str, used: Usage, target: float | None) -> Figure:
    return Figure(f"{name}-memory", "its peak memory", used.peak / GIB, "GiB", target)


def _float(found: dict[str, object], name: str) -> float:
    value = found[name]
    if not isinstance(value, int | float):
        raise TypeError(name)
    return float(value)


def _policy(job: Job) -> Path:
    """A policy that asks the shipped rule about the region of the seeds."""
    from benchmarks.policy import write_policy

    return write_policy(job.scratch.folder)


FIGURES: dict[str, Callable[[Job], list[Figure]]] = {
    "build": building,
    "opening": opening,
    "cascade": cascade,
    "product": product,
    "mission": mission,
    "explain": explaining,
    "bods": statements,
    "screen": screening,
    "impact": impacts,
    "unidentified": unidentified,
    "attribute": small,
    "names": reading,
    "matching": matching,
    "networks": networks,
}
