"""How what is known of a snapshot looks on a terminal. Values in, text out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from clearance.adapters.snapshot.manifest import Checked, Manifest, StoredSource
from clearance.cli.render import document
from clearance.usecases.build_reference import BuildReport

SHOWN = 30
"""How many kinds of reject the table lists; the file lists every one."""


def build(out: Path, report: BuildReport, *, as_json: bool) -> None:
    """Print what a build did."""
    if as_json:
        document({"out": str(out), **asdict(report), "written": bool(report.digest)})
        return
    from clearance.cli.terminal import show, table

    state = f"snapshot {report.digest[:16]} in {out}" if report.digest else "nothing was written"
    show(f"{state}: {_figures(report.figures)}")
    for name in report.not_sources:
        show(f"not read: {name}")
    if not report.tallies:
        return
    rows = table("source", "field", "reason", title="rejected")
    rows.add_column("count", justify="right")
    for tally in report.tallies[:SHOWN]:
        rows.add_row(tally.source, tally.field, tally.reason, f"{tally.count:,}")
    show(rows)
    if len(report.tallies) > SHOWN:
        show(f"and {len(report.tallies) - SHOWN} more kinds")
    if report.digest:
        show(f"every reject with its line: {out / 'rejects.jsonl'}")


def info(manifest: Manifest, *, as_json: bool) -> None:
    """Print what a snapshot holds."""
    if as_json:
        document({**manifest.document(), "digest": manifest.digest})
        return
    from clearance.cli.terminal import show, table

    size = sum(file.size for file in manifest.files)
    show(f"snapshot {manifest.digest}")
    show(
        f"built {manifest.built} by {manifest.created_by}, {len(manifest.files)} files, {size:,} B"
    )
    show(_figures(manifest.counts))
    columns = ("source", "format", "records", "rejects", "statements", "retrieved", "licence")
    rows = table(*columns, "sha256", title="sources")
    for source in manifest.sources:
        rows.add_row(*_cells(source))
    show(rows)


def validate(folder: Path, checked: Checked, *, as_json: bool) -> None:
    """Print what a check found."""
    if as_json:
        digest = checked.manifest.digest if checked.manifest else ""
        found = {"files": checked.files, "bytes": checked.size, "faults": list(checked.faults)}
        document({"snapshot": str(folder), "digest": digest, "valid": not checked.faults, **found})
        return
    from clearance.cli.terminal import show

    for fault in checked.faults:
        show(f"broken: {fault}")
    if not checked.faults:
        show(f"valid: {checked.files} files, {checked.size:,} B, every digest agrees")


def _figures(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())


def _cells(source: StoredSource) -> tuple[str, ...]:
    dates = (source.first_statement, source.last_statement)
    return (
        source.name,
        source.format,
        f"{source.records:,}",
        f"{source.rejects:,}",
        " to ".join(dates) if all(dates) else "",
        source.retrieved,
        source.licence,
        source.sha256[:16],
    )
