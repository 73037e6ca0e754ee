"""A snapshot's names, ready to be asked who a record is."""

from __future__ import annotations

from pathlib import Path

from clearance.adapters.matching.models import load_models, shipped_models
from clearance.adapters.matching.source import candidates_of
from clearance.adapters.snapshot.folder import open_folder
from clearance.adapters.snapshot.reference import Reference
from clearance.matching.score import Scorer
from clearance.usecases.match import Matching


def open_resolver(folder: Path, model: Path | None = None, *, sparsely: bool = True) -> Matching:
    """The resolver of a snapshot folder.

    Args:
        folder: where it lies.
        model: a model of the operator's; the shipped one.
        sparsely: few are asked for, here and there: the disk need not read ahead.

    Raises:
        InputError: no such model.
        IntegrityError: the folder is no snapshot.
    """
    return resolver_of(open_folder(folder, sparsely=sparsely), model)


def resolver_of(reference: Reference, model: Path | None = None) -> Matching:
    """The resolver of a reference, with a model of the operator's or the shipped one.

    Raises:
        InputError: no such model.
    """
    models = shipped_models() if model is None else load_models(model)
    source = candidates_of(reference)
    scorer = Scorer(models, source.count, source.names)
    return Matching(source, scorer, reference.graph.parties.codes)
