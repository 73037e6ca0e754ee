"""How what was found of a log looks: lines for people, one object for programs."""

from __future__ import annotations

import json

from clearance.bootstrap.ledger_check import Checked
from clearance.cli.options import Format
from clearance.model.plain import Json
from clearance.usecases.log_findings import LogFindings


def verified(found: LogFindings, format: Format) -> str:
    """What was found of a whole log."""
    if format is Format.JSON:
        kinds: Json = {kind.value: count for kind, count in sorted(found.kinds.items())}
        return _json(
            {
                "holds": found.holds,
                "origin": found.origin,
                "size": found.size,
                "kinds": kinds,
                "lost": found.lost,
                "erased": found.erased,
                "aside": found.aside,
                "flaws": [{"place": one.place, "what": one.what} for one in found.flaws],
                "more": found.more,
            }
        )
    lines = [f"{one.place}: {one.what}" for one in found.flaws]
    if found.more:
        lines.append(f"and {found.more:,} more")
    counts = "".join(f", {count:,} {kind.value}" for kind, count in sorted(found.kinds.items()))
    verdict = "holds" if found.holds else "DOES NOT HOLD"
    lines.append(f"{found.origin or 'the log'} {verdict}: {found.size:,} entries{counts}")
    if found.erased:
        lines.append(f"{found.erased:,} sealed values were erased, as entries say")
    if found.lost:
        lines.append(f"{found.lost:,} promised entries are missing, as entries say")
    if not found.aside:
        lines.append("ids, sealed values and evidence are not part of these files: not checked")
    return "".join(f"{line}\n" for line in lines)


def checked(found: Checked, format: Format) -> str:
    """What was found of a receipt."""
    log, one = found.checkpoint, found.entry
    if format is Format.JSON:
        return _json(
            {
                "holds": not found.flaw,
                "flaw": found.flaw or None,
                "origin": log.origin,
                "size": log.size,
                "index": found.index,
                "kind": one.kind.value,
                "id": one.id,
                "at": one.at,
            }
        )
    about = f"{one.kind.value} {one.id} of {one.at}"
    if found.flaw:
        return f"NOT PROVED: {found.flaw}\n  claimed: {about}\n"
    return f"proved: {about} is entry {found.index:,} of {log.origin} at {log.size:,} entries\n"


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
