"""Learn from people's judgements, and say how good answers are that people have judged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clearance.model.party import PartyKind
from clearance.usecases.asked import Answered, Question, answered, examples
from clearance.usecases.evaluate import Slice, calibration, slices

TITLE = "How good matching is"


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learned from: questions about entities and about persons, and what was kept.

    ``kept`` names the kinds whose model is the one there was, for want of judgements.
    """

    entities: int
    persons: int
    kept: tuple[str, ...]


def train(
    judgements: Path,
    reference: Path,
    out: Path,
    *,
    customers: Path | None = None,
    model: Path | None = None,
) -> Taught:
    """Write a model that people's judgements teach.

    Args:
        judgements: nomenklatura's resolver format, a pair of ids a line.
        reference: the snapshot that was judged.
        out: where the model is written.
        customers: who else the judgements are about.
        model: what is kept where judgements are too few; the shipped one.

    Raises:
        InputError: a file cannot be used, or there is too little to learn from.
        StorageError: the model cannot be written.
        IntegrityError: the folder is no snapshot.
    """
    from clearance.adapters.matching.boosting import boosted
    from clearance.adapters.matching.judging import judging
    from clearance.adapters.matching.models import models_bytes
    from clearance.adapters.output_file import write_whole
    from clearance.usecases.train import train_models

    held = judging(judgements, reference, customers, model)
    persons = [one for one in held.questions if _is_person(one)]
    entities = [one for one in held.questions if not _is_person(one)]
    rare = held.scorer.rare
    found, kept = train_models(
        examples(entities, rare), examples(persons, rare), held.models, boosted
    )
    write_whole(out, models_bytes(found).decode())
    return Taught(len(entities), len(persons), kept)


def evaluate(
    judgements: Path,
    reference: Path,
    out: Path | None = None,
    *,
    customers: Path | None = None,
    model: Path | None = None,
) -> tuple[Slice, ...]:
    """How good the answers are that people have judged, by slice.

    Args:
        judgements: nomenklatura's resolver format, a pair of ids a line.
        reference: the snapshot that was judged.
        out: a folder for the report and the picture of calibration; none without it.
        customers: who else the judgements are about.
        model: the model to evaluate; the shipped one.

    Raises:
        InputError: a file cannot be used.
        StorageError: the folder cannot be written.
        IntegrityError: the folder is no snapshot.
    """
    from clearance.adapters.matching.judging import judging

    held = judging(judgements, reference, customers, model)
    scorer = held.scorer
    found = answered(
        held.questions,
        lambda query, others: [one.probability for one in scorer.score(query, others)],
    )
    told = tuple(slices(found.outcomes, found.labels))
    if out is not None:
        _write(out, told, found)
    return told


def _write(out: Path, told: tuple[Slice, ...], found: Answered) -> None:
    from clearance.adapters.matching.evaluation import FILES, calibration_picture, report
    from clearance.adapters.output_folder import output_folder

    steps = calibration(found.outcomes)
    texts = (report(TITLE, told, steps), calibration_picture(steps, TITLE))
    with output_folder(out, FILES) as folder:
        for name, text in zip(FILES, texts, strict=True):
            (folder / name).write_text(text, encoding="utf-8")


def _is_person(question: Question) -> bool:
    return question.query.record.kind is PartyKind.PERSON
