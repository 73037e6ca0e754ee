"""The same questions to peers, in their own environment, one process each."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.matching.sets import Set
from clearance.matching.compare.sides import Side
from clearance.model.party import PartyKind
from clearance.usecases.asked import Question
from clearance.usecases.evaluate import Outcomes

TOOLS = ("logic-v2", "WRatio")
SEARCHER = "sparse_dot_topn"
PART = 4
SCRIPT = Path(__file__).with_name("peer.py")


@dataclass(frozen=True, slots=True)
class Peer:
    """The environment of the peers."""

    python: Path

    def outcomes(self, tool: str, of: Set) -> tuple[Outcomes, float]:
        """What a tool makes of the candidates given, and the seconds that took."""
        answers, seconds = self._ask(tool, of.questions)
        best = [max(range(len(each)), key=each.__getitem__, default=-1) for each in answers]
        chance = [each[at] if at >= 0 else 0.0 for each, at in zip(answers, best, strict=True)]
        right = [at >= 0 and at == one.right for at, one in zip(best, of.questions, strict=True)]
        return _outcomes(chance, right, of), seconds

    def searched(self, of: Set, corpus: Path) -> tuple[Outcomes, float]:
        """What ``sparse_dot_topn`` finds in the corpus by itself, asked every ``PART``th."""
        part = replace(of, questions=of.questions[::PART], made=of.made[::PART])
        answers, seconds = self._ask(SEARCHER, part.questions, str(corpus))
        chance, right = [], []
        for found, made in zip(answers, part.made, strict=True):
            seen = [pair for pair in found if not (made.absent and pair[0] == made.truth)]
            row, cosine = seen[0] if seen else (-1, 0.0)
            chance.append(cosine)
            right.append(row == made.truth)
        return _outcomes(chance, right, part), seconds

    def _ask(
        self, tool: str, asked: Sequence[Question], *more: str
    ) -> tuple[list[Sequence[Any]], float]:
        with tempfile.TemporaryDirectory() as folder:
            questions, answers = Path(folder, "questions.json"), Path(folder, "answers.json")
            questions.write_text(json.dumps([_plain(one) for one in asked]))
            command = [str(self.python), str(SCRIPT), tool, str(questions), str(answers), *more]
            subprocess.run(command, check=True)
            found = json.loads(answers.read_text())
        return found["answers"], found["seconds"]


def _plain(one: Question) -> dict[str, object]:
    return {"query": _side(one.query), "candidates": [_side(other) for other in one.candidates]}


def _side(one: Side) -> dict[str, object]:
    record = one.record
    person = record.kind is PartyKind.PERSON
    return {"names": record.names, "countries": record.countries, "person": person}


def _outcomes(chance: list[float], right: list[bool], of: Set) -> Outcomes:
    present = [one.present for one in of.questions]
    return Outcomes(np.array(chance, float), np.array(right, bool), np.array(present, bool))
