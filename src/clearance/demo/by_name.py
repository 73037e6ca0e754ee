"""Act 4: the same customers by name only, held against the truth script by script."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clearance.demo.files import BY_NAME
from clearance.demo.naming import Written, by_name
from clearance.demo.stage import AFTER, DAY, Stage, say
from clearance.matching.text.scripts import script_of
from clearance.usecases.screened import Slice

NAMED = "by-name"


@dataclass(frozen=True, slots=True)
class Found:
    """How right the answers were about some customers.

    **Shape**: ``known`` have their party in the reference under some name; ``ambiguous`` and
    ``nobody`` are answers that name no party.
    """

    customers: int
    known: int
    right: int
    wrong: int
    ambiguous: int
    nobody: int

    @property
    def precision(self) -> str:
        """Share of matches that are right."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> str:
        """Share of those who are in the reference that were found."""
        return _share(self.right, self.known)


def act_names(stage: Stage) -> None:
    """Act 4: how far a name alone leads, and what it leaves to people."""
    run = stage.screen(AFTER, DAY, NAMED, customers=BY_NAME)
    lines = (stage.folder / NAMED / "results.jsonl").read_text(encoding="utf-8").splitlines()
    answers = {line["customer"]: line["match"] for line in map(json.loads, lines)}
    written = by_name(stage.world)
    say()
    say("Act 4. the same customers by name only, as they write it")
    _table("script", [(script_of(one.name), one) for one in written], answers)
    _table("written", [(one.how, one) for one in written], answers)
    left, total = run.summary.left_to_people.customers, run.summary.total.customers
    before = Counter(row.outcome for row in stage.answers("after").values())["review"]
    say(f"left to people: {left:,} customers ({left / total:.1%}), with numbers {before:,}")
    say(f"  by script: {_shares(run.summary.scripts)}")
    say(f"  by region, the most: {_shares(run.summary.regions, most=7)}")


def score(written: Iterable[Written], answers: Mapping[str, Mapping[str, str | None]]) -> Found:
    """Hold answers against whose name each customer wrote."""
    told = [(one.party, answers[one.customer]) for one in written]
    matched = [(party, answer["party"]) for party, answer in told if answer["answer"] == "match"]
    count = Counter(answer["answer"] for _, answer in told)
    right = sum(party == found for party, found in matched)
    return Found(
        len(told),
        sum(bool(party) for party, _ in told),
        right,
        len(matched) - right,
        count["ambiguous"],
        count["none"],
    )


def _table(
    head: str,
    named: Sequence[tuple[str, Written]],
    answers: Mapping[str, Mapping[str, str | None]],
) -> None:
    say(f"  {head:24}customers  right  wrong  ambiguous  nobody  precision  recall")
    sizes = Counter(name for name, _ in named)
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        _row(name, score([one for other, one in named if other == name], answers))
    if head == "script":
        _row("all", score([one for _, one in named], answers))


def _row(name: str, found: Found) -> None:
    say(
        f"  {name:24}{found.customers:9,}{found.right:7,}{found.wrong:7,}{found.ambiguous:11,}"
        f"{found.nobody:8,}{found.precision:>11}{found.recall:>8}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def _shares(slices: Sequence[Slice], most: int | None = None) -> str:
    """The share left to people of each, the largest first, ``most`` of them."""
    told = [(one.left.customers / one.total.customers, one.name or "not stated") for one in slices]
    return ", ".join(f"{name} {share:.0%}" for share, name in sorted(told, reverse=True)[:most])
