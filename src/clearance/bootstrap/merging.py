"""Reference data merged: one party for what several sources describe; parted by a judgement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from clearance.adapters.matching.judgements import Judgements, pair_of, read_judgements
from clearance.adapters.matching.merge_lines import (
    OURS,
    MergedParty,
    ToldTie,
    exported,
    judgements_in,
    lines_of,
    merges_in,
    refused_in,
)
from clearance.adapters.output_file import write_whole
from clearance.adapters.snapshot.folder import derive_folder, open_stored, refuse_if_taken
from clearance.adapters.snapshot.manifest import Manifest
from clearance.adapters.snapshot.merging import merged, parted
from clearance.adapters.snapshot.reference import Reference
from clearance.adapters.snapshot.store import Stored
from clearance.bootstrap.days import build_day
from clearance.matching.judgement import Judged, Judgement
from clearance.matching.merging import Merges
from clearance.model.errors import InputError


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did.

    **Shape**: ``parties`` how many stand for several, ``members`` how many those are; ``ties`` used
    and ``refused`` by rank; ``judgements`` applied, ``strangers`` judged ids that no party has.
    """

    digest: str
    parties: int
    members: int
    ties: Mapping[str, int]
    refused: Mapping[str, int]
    judgements: int
    strangers: int


def merge_reference(
    snapshot: Path,
    out: Path,
    *,
    judgements: Path | None = None,
    export: Path | None = None,
    stage: Callable[[str], None] = lambda name: None,
) -> MergeReport:
    """Merge the parties of a snapshot into a new one, from scratch and with all judgements.

    Args:
        judgements: people's judgements, added to those that the snapshot keeps.
        export: where to write every judgement and every merge.

    Raises:
        InputError: there is no such snapshot, or a judgement cannot be used.
        IntegrityError: the folder is no snapshot.
        StorageError: ``out`` is there already, or the disk refuses.
    """
    more = read_judgements(judgements) if judgements else Judgements()
    report = _merge(snapshot, out, more.judged, stage)
    if export:
        export_judgements(out, export)
    return report


def split_reference(
    snapshot: Path,
    out: Path,
    ids: Sequence[str],
    *,
    stage: Callable[[str], None] = lambda name: None,
) -> MergeReport:
    """Part ids from the parties that they were merged with; it is kept as judged different.

    Raises:
        InputError: there is no such snapshot, or an id that is merged with nobody.
        StorageError: ``out`` is there already, or the disk refuses.
    """
    base = open_stored(snapshot)
    reference = Reference(base.content)
    today = build_day()
    judged = []
    for id in ids:
        index = reference.index(id)
        group = () if index is None else reference.ids(index)
        if len(group) < 2:
            what = "no such party" if index is None else "is merged with nobody"
            raise InputError(f"{id!r}: {what}", file=str(snapshot), remedy="name a merged id")
        judged += [
            Judged(*pair_of(id, other), Judgement.DIFFERENT, created=today)
            for other in group
            if other not in ids
        ]
    if not judged:
        remedy = "leave out those that shall stay together"
        raise InputError("the ids named are a whole group", file=str(snapshot), remedy=remedy)
    return _merge(snapshot, out, judged, stage)


def merges_of(snapshot: Path, id: str = "") -> tuple[list[MergedParty], list[ToldTie]]:
    """The merged parties of a snapshot and the ties refused; of one id those that concern it.

    Raises:
        InputError: there is no such snapshot.
        IntegrityError: the folder is no snapshot, or its lines cannot be read.
    """
    base = open_stored(snapshot)
    merged = merges_in(base.folder, base.manifest)
    refused = refused_in(base.folder, base.manifest)
    return (
        [one for one in merged if not id or id in one.members],
        [one for one in refused if not id or id in (one.one, one.other)],
    )


def export_judgements(snapshot: Path, file: Path) -> None:
    """Write people's judgements and every merge, in nomenklatura's resolver format.

    Raises:
        StorageError: the disk refuses.
    """
    base = open_stored(snapshot)
    judged = judgements_in(base.folder, base.manifest)
    write_whole(file, exported(judged, list(merges_in(base.folder, base.manifest))))


def _merge(
    snapshot: Path, out: Path, judged: Iterable[Judged], stage: Callable[[str], None]
) -> MergeReport:
    from clearance.adapters.matching.doubles import Doubles
    from clearance.usecases.merge import find_merges

    refuse_if_taken(out)
    base = open_stored(snapshot)
    people = (one for one in judged if one.user != OURS)
    judgements = judgements_in(base.folder, base.manifest).with_(people)
    stage("looking for parties that are one")
    whole = parted(base.content)
    reference = Reference(whole)
    found = find_merges(Doubles(reference), judgements.judged)
    merges = _real(found.merges, len(reference))
    stage("writing")
    names = (*found.strangers,)
    size = len(reference)

    def name(index: int) -> str:
        return reference.id(index) if index < size else names[index - size]

    content = merged(whole, merges.groups)
    lines = lines_of(merges, name, judgements)
    manifest = _manifest(base, sum(map(len, merges.groups)) - len(merges.groups))
    digest = derive_folder(out, base, content, manifest, lines)
    return MergeReport(
        digest,
        len(merges.groups),
        sum(map(len, merges.groups)),
        Counter(tie.rank.word for tie in merges.used),
        Counter(one.tie.rank.word for one in merges.refused),
        len(judgements.judged),
        len(found.strangers),
    )


def _real(merges: Merges, size: int) -> Merges:
    """The merges without judged ids that are no party: they only joined others."""
    groups = (tuple(one for one in group if one < size) for group in merges.groups)
    several = tuple(group for group in groups if len(group) > 1)
    kept = {one for group in several for one in group}
    used = tuple(tie for tie in merges.used if tie.one in kept)
    return replace(merges, groups=several, used=used)


def _manifest(base: Stored, merged: int) -> Manifest:
    from importlib.metadata import version

    counts = dict(base.manifest.counts)
    counts["parties"] += counts.get("merged", 0) - merged
    counts["merged"] = merged
    made_by = f"clearance {version('clearance')}"
    return replace(base.manifest, counts=counts, created_by=made_by, built=build_day())
