"""People's judgements beside the snapshot and the customers that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clearance.adapters.matching.judgements import read_judgements
from clearance.adapters.matching.models import load_models, shipped_models
from clearance.adapters.matching.source import Candidates, candidates_of
from clearance.adapters.portfolio.customers import read_customers
from clearance.adapters.snapshot.folder import open_folder
from clearance.matching.score import Models, Scorer
from clearance.model.errors import InputError
from clearance.usecases.asked import Question, judged_questions


@dataclass(frozen=True, slots=True)
class Judging:
    """Questions that people have answered, the models beside them, and where they were asked."""

    questions: Sequence[Question]
    models: Models
    source: Candidates

    @property
    def scorer(self) -> Scorer:
        """A scorer with these models and the words of the reference."""
        return Scorer(self.models, self.source.count, self.source.names)


def judging(
    judgements: Path, reference: Path, customers: Path | None, model: Path | None
) -> Judging:
    """What people judged, as questions to the snapshot.

    Raises:
        InputError: a file cannot be used, or no judgement is about anybody who is known.
        IntegrityError: the folder is no snapshot.
    """
    folder = open_folder(reference)
    source = candidates_of(folder)
    given = {} if customers is None else {one.id: one.record for one in read_customers(customers)}
    judged = read_judgements(judgements).judged
    questions = tuple(judged_questions(judged, given, folder.index, source))
    if not questions:
        raise InputError(
            "no judgement is about parties of the snapshot or customers",
            file=str(judgements),
            remedy="name the customers' file, or the snapshot that was judged",
        )
    return Judging(questions, shipped_models() if model is None else load_models(model), source)
