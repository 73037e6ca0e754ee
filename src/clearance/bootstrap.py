"""Builds adapters and hands them to use cases; the only module that knows every part.

Heavy parts are imported where they are used, so that a small question starts in a fraction of a
second.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from clearance.adapters.publishers import Publisher
from clearance.adapters.screen_run import ScreenOrder, ScreenRun, Told
from clearance.adapters.snapshot.manifest import Checked, Manifest
from clearance.adapters.snapshot.reference import Reference
from clearance.model.dates import day_of
from clearance.model.errors import InputError
from clearance.model.party import Party
from clearance.model.rule import Reading
from clearance.usecases.attribute import Answer, attribute_all
from clearance.usecases.build_reference import BuildReport
from clearance.usecases.explain import Explanation, OwnersOf
from clearance.usecases.verify import Verified


def attribute(
    rule: str,
    interests: Path,
    parties: Path | None = None,
    *,
    seeds: Sequence[str] | None = None,
    regions: Sequence[str] | None = None,
    as_of: str | None = None,
    method: Reading | None = None,
    assume_in_force: bool = False,
) -> Answer:
    """Attribute under a rule, shipped or from a file, on a graph on paper.

    Raises:
        InputError: the rule, a file, a row, a seed, a region or the day cannot be used.
        SourceError: a file cannot be read as what it is.
    """
    from clearance.adapters.policies import codes, load_rule
    from clearance.adapters.snapshot.load import in_memory

    for code in regions or ():
        if not codes().known(code):
            raise InputError(
                f"{code!r} is no region code", file="--regions", remedy="use ISO 3166 codes"
            )
    record = load_rule(rule)
    reference = in_memory([interests], [parties] if parties else [])
    return attribute_all(
        reference,
        record,
        day_or_today(as_of),
        seeds=seeds,
        regions=regions,
        method=method,
        assume_in_force=assume_in_force,
    )


def day_or_today(text: str | None) -> int:
    """The day that was asked for, or today (UTC).

    Raises:
        InputError: the text is not one exact day.
    """
    if text is None:
        return datetime.now(UTC).toordinal() - datetime(1970, 1, 1, tzinfo=UTC).toordinal()
    try:
        return day_of(text)
    except InputError as error:
        raise InputError(error.what, file="--as-of", remedy=error.remedy) from None


def build_reference(
    out: Path,
    sources: Sequence[Path],
    *,
    strict: bool = False,
    read: Callable[[int], None] = lambda size: None,
    stage: Callable[[str], None] = lambda name: None,
) -> BuildReport:
    """Compile sources into the snapshot folder ``out``; dated by ``SOURCE_DATE_EPOCH`` if set.

    Raises:
        InputError: there is no such file, a header cannot be used, or the epoch is no number.
        SourceError: a source cannot be read as what it is.
        StorageError: ``out`` is there already, or the disk refuses.
    """
    from importlib.metadata import version

    from clearance.adapters.snapshot.builder import Builder, Stages
    from clearance.usecases import build_reference as use

    builder = Builder(
        out,
        sources,
        created_by=f"clearance {version('clearance')}",
        built=_build_day(os.environ.get("SOURCE_DATE_EPOCH")),
        stages=Stages(read, stage),
    )
    return use.build_reference(builder, strict=strict)


def snapshot_info(snapshot: Path) -> Manifest:
    """The manifest of a snapshot whose files have the sizes that it says.

    Raises:
        IntegrityError: the folder is no snapshot, or does not agree with its manifest.
    """
    from clearance.adapters.snapshot.folder import describe

    return describe(snapshot)


def validate_snapshot(snapshot: Path) -> Checked:
    """Every fault of a snapshot."""
    from clearance.adapters.snapshot.validate import validate

    return validate(snapshot)


def size_of(sources: Sequence[Path]) -> int:
    """How many bytes files and folders hold."""
    files = (entry for path in sources for entry in ([path] if path.is_file() else path.rglob("*")))
    return sum(entry.stat().st_size for entry in files if entry.is_file())


def _build_day(epoch: str | None) -> str:
    """The day of a build: of the epoch if one is given, else today (UTC)."""
    if not epoch:
        return datetime.now(UTC).date().isoformat()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise InputError(
            f"{epoch!r} is no time", file="SOURCE_DATE_EPOCH", remedy="give seconds since 1970"
        ) from None


def publisher(name: str) -> Publisher:
    """A publisher of reference data by its word.

    Raises:
        InputError: nobody is called that.
    """
    from clearance.adapters.publishers import PUBLISHERS

    if name not in PUBLISHERS:
        raise InputError(
            f"no publisher is called {name!r}", remedy=f"use one of {', '.join(PUBLISHERS)}"
        )
    return PUBLISHERS[name]


def pull(
    publisher: Publisher,
    out: Path,
    *,
    base: str = "",
    progress: Callable[[str], Callable[[int, int], None] | None] = lambda name: None,
) -> Sequence[Path]:
    """Download a publisher's newest files into ``out``.

    Args:
        base: scheme and host of a mirror, in place of the publisher's.
        progress: gives a file's reporter of bytes so far and in all.

    Raises:
        SourceError: a listing or a file cannot be had.
        IntegrityError: a file is not the published one.
    """
    import httpx

    from clearance.adapters.download import Downloader
    from clearance.adapters.pull import pull as bring

    today = datetime.now(UTC).date().isoformat()
    with httpx.Client(timeout=60) as client:
        return bring(publisher, out, Downloader(client), today=today, base=base, progress=progress)


def open_snapshot(snapshot: Path) -> Reference:
    """A snapshot, mapped: parties and interests by id, and the graph that the engine works on.

    Raises:
        IntegrityError: the folder is no snapshot, or its files have not the sizes it says.

    **Cost**: about a second for ten million parties; nothing is read before it is used.
    """
    from clearance.adapters.snapshot.folder import open_folder

    return open_folder(snapshot)


def screen(
    reference: Path,
    policy: str,
    customers: Path,
    out: Path,
    *,
    as_of: str | None = None,
    previous: Path | None = None,
    regions: str | None = None,
    proofs: bool = True,
    told: Told | None = None,
) -> ScreenRun:
    """Screen a portfolio against a snapshot under a policy; every digest is checked first.

    Args:
        reference: a snapshot folder.
        policy: a shipped policy's id, or a path.
        customers: CSV, JSON lines or Parquet.
        out: the folder for results, report and proofs; whole or not at all.
        as_of: the day, YYYY-MM-DD; today (UTC).
        previous: the ``out`` of an earlier run, to say what changed.
        regions: a region list, by id or path, in place of the policy's.
        proofs: write a proof for every customer.
        told: who is told how far it is.

    Raises:
        InputError: the policy, the customers or the earlier run cannot be used.
        StorageError: the folder cannot be written; nothing is left of it then.
        IntegrityError: the snapshot does not agree with its digests.
    """
    from clearance.adapters.screening import screen_portfolio

    day = day_or_today(as_of)
    order = ScreenOrder(reference, policy, customers, out, day, previous, regions, proofs)
    return screen_portfolio(order, told or Told())


def verify(
    proof: Path, customer: str | None = None, reference: Path | None = None
) -> tuple[Verified, ...]:
    """Check a proof, or a customer's proofs in a proofs file, with the snapshot where there is one.

    Raises:
        InputError: there is no such proof, or it is not of the format.
        IntegrityError: the snapshot does not agree with its manifest.
    """
    from clearance.adapters.policies import load_rule, rule_ids
    from clearance.adapters.proof_reader import read_proofs
    from clearance.adapters.snapshot.folder import open_folder
    from clearance.usecases import verify as use

    known = frozenset(rule_ids())
    return use.verify(
        read_proofs(proof, customer),
        open_folder(reference) if reference is not None else None,
        lambda name: load_rule(name) if name in known else None,
    )


def explain(
    reference: Path,
    party: str,
    policy: str,
    *,
    as_of: str | None = None,
    regions: str | None = None,
) -> Explanation:
    """Who owns a party, what it owns, and what each ownership rule of a policy makes of it.

    Args:
        reference: a snapshot folder.
        party: an id, ``SCHEME:NUMBER``, an LEI or an exact name.
        policy: a shipped policy's id, or a path.
        as_of: the day, YYYY-MM-DD; today (UTC).
        regions: a region list, by id or path, in place of the policy's.

    Raises:
        InputError: no such party or policy, or several parties have that name.
        IntegrityError: the folder is no snapshot.
    """
    from clearance.adapters.explaining import explain_party

    return explain_party(reference, party, policy, day_or_today(as_of), regions)


def owners(
    reference: Path, party: str, *, as_of: str | None = None
) -> tuple[Party, tuple[OwnersOf, ...]]:
    """Whom the owner-finding rules name as owners of a party of a snapshot.

    Raises:
        InputError: no such party, or several parties have that name.
        IntegrityError: the folder is no snapshot.
    """
    from clearance.adapters.explaining import owners_of_party

    return owners_of_party(reference, party, day_or_today(as_of))
