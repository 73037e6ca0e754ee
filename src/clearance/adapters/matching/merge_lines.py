"""What merging found, as lines of a snapshot, and read back to explain one party.

| file | a line |
|---|---|
| ``merges.jsonl`` | one merged party: ``id``, ``members``, ``ties`` that joined them |
| ``refused.jsonl`` | a tie that was not taken: its two ids, ``by``, ``text``, and ``because`` |
| ``judgements.jsonl`` | what people judged, in nomenklatura's resolver format |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from msgspec.json import decode, encode

from clearance.adapters.matching.judgements import Judgements, line_of, pair_of, read_judgements
from clearance.adapters.snapshot.manifest import Manifest
from clearance.matching.judgement import Judged, Judgement
from clearance.matching.merging import Merges, Tie
from clearance.model.errors import IntegrityError

MERGES, REFUSED, JUDGEMENTS = "merges.jsonl", "refused.jsonl", "judgements.jsonl"
OURS = "clearance"
"""The user whose judgements are merges that were found, not judged."""

Name = Callable[[int], str]
Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class ToldTie:
    """One tie: the ids it ties, by what, in words, and why it was refused if it was."""

    one: str
    other: str
    by: str
    text: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class MergedParty:
    """A party that stands for several."""

    id: str
    members: tuple[str, ...]
    ties: tuple[ToldTie, ...]


def lines_of(merges: Merges, name: Name, judgements: Judgements) -> Mapping[str, str]:
    """The files of a merge; ``name`` gives an index its id."""
    group_of = {one: group for group in merges.groups for one in group}
    ties: dict[tuple[int, ...], list[ToldTie]] = {group: [] for group in merges.groups}
    for tie in merges.used:
        ties[group_of[tie.one]].append(_told(tie, name))
    merged = (
        MergedParty(name(group[0]), tuple(map(name, group)), tuple(ties[group]))
        for group in merges.groups
    )
    refused = (replace(_told(one.tie, name), because=one.because) for one in merges.refused)
    return {
        MERGES: "".join(map(_line, merged)),
        REFUSED: "".join(map(_line, refused)),
        JUDGEMENTS: "".join(map(line_of, judgements.judged)),
    }


def judgements_in(folder: Path, manifest: Manifest) -> Judgements:
    """The judgements that a snapshot keeps."""
    return read_judgements(folder / JUDGEMENTS) if manifest.file(JUDGEMENTS) else Judgements()


def merges_in(folder: Path, manifest: Manifest) -> Iterator[MergedParty]:
    """Every merged party of a snapshot, in the order of ids."""
    return _lines(folder, manifest, MERGES, MergedParty)


def refused_in(folder: Path, manifest: Manifest) -> Iterator[ToldTie]:
    """Every tie that was not taken."""
    return _lines(folder, manifest, REFUSED, ToldTie)


def exported(judgements: Judgements, merged: Sequence[MergedParty]) -> str:
    """People's judgements, and every merge as a positive one of the user ``OURS``."""
    found = [
        Judged(*pair_of(tie.one, tie.other), Judgement.SAME, user=OURS)
        for party in merged
        for tie in party.ties
    ]
    return "".join(map(line_of, Judgements().with_(found).with_(judgements.judged).judged))


def _told(tie: Tie, name: Name) -> ToldTie:
    return ToldTie(name(tie.one), name(tie.other), tie.rank.word, tie.text)


def _line(told: MergedParty | ToldTie) -> str:
    return encode(told).decode() + "\n"


def _lines(folder: Path, manifest: Manifest, name: str, kind: type[Line]) -> Iterator[Line]:
    if manifest.file(name) is None:
        return
    try:
        with (folder / name).open("rb") as stream:
            for line in stream:
                yield decode(line, type=kind)
    except (OSError, ValueError):
        remedy = "validate the snapshot, and merge it again"
        raise IntegrityError("cannot be read", file=str(folder / name), remedy=remedy) from None
