"""What is learned from known answers, and that it is learned the same way twice."""

from __future__ import annotations

from pathlib import Path

import lightgbm
import numpy as np
import pytest

from clearance.adapters.matching.boosting import ROUNDS, SETTINGS, boosted
from clearance.adapters.matching.models import (
    FORMAT,
    load_models,
    models_bytes,
    shipped_models,
)
from clearance.matching.features import FEATURES
from clearance.matching.logistic import Logistic
from clearance.matching.score import Models
from clearance.matching.trees import Trees
from clearance.model.errors import InputError
from clearance.usecases.train import ENOUGH, Examples, train


def examples(questions: int, seed: int = 1) -> Examples:
    """Four candidates a question, the one with the highest first feature mostly right."""
    rng = np.random.default_rng(seed)
    matrix = rng.random((questions * 4, len(FEATURES)))
    best = matrix[:, 0].reshape(questions, 4)
    told = best + rng.normal(0, 0.1, best.shape) == (best + 0.0)
    told = best == best.max(axis=1, keepdims=True)
    group = np.repeat(np.arange(questions), 4)
    return Examples(matrix, told.ravel() & (matrix[:, 0] > 0.5), group)


@pytest.fixture(scope="module")
def learned() -> Models:
    many = examples(ENOUGH)
    return Models(train(many, boosted), train(examples(60), boosted), {"ltd": 0.125})


def test_many_answers_teach_trees_and_few_a_plain_model(learned: Models) -> None:
    assert isinstance(learned.entity.margins, Trees)
    assert isinstance(learned.person.margins, Logistic)


def test_what_was_right_is_the_likelier(learned: Models) -> None:
    fresh = examples(200, seed=2)
    for model in (learned.entity, learned.person):
        said = model.probabilities(fresh.matrix)
        assert said[fresh.matches].mean() > 2 * said[~fresh.matches].mean()


def test_our_trees_say_what_lightgbm_says() -> None:
    many = examples(ENOUGH)
    data = lightgbm.Dataset(many.matrix, many.matches.astype(np.int8))
    theirs = lightgbm.train(dict(SETTINGS), data, ROUNDS).predict(many.matrix, raw_score=True)
    ours = boosted(many.matrix, many.matches).margins(many.matrix)
    assert np.abs(ours - np.asarray(theirs)).max() < 1e-3


def test_the_same_answers_give_the_same_bytes(learned: Models) -> None:
    again = Models(train(examples(ENOUGH), boosted), train(examples(60), boosted), {"ltd": 0.125})
    assert models_bytes(again) == models_bytes(learned)


def test_a_model_file_gives_back_what_was_written(learned: Models, tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_bytes(models_bytes(learned))
    read = load_models(path)
    assert models_bytes(read) == path.read_bytes()
    rows = examples(50, seed=3).matrix
    for one, other in ((read.entity, learned.entity), (read.person, learned.person)):
        assert one.probabilities(rows) == pytest.approx(other.probabilities(rows), abs=1e-5)


@pytest.mark.parametrize("questions", [1, 19])
def test_too_few_answers_teach_nothing_and_it_is_said(questions: int) -> None:
    with pytest.raises(InputError, match="too few to learn from"):
        train(examples(questions), boosted)


def test_the_shipped_model_reads_known_features_and_knows_usual_words() -> None:
    models = shipped_models()
    assert set(models.entity.columns) | set(models.person.columns) <= set(FEATURES)
    assert 1_000 < len(models.usual) < 5_000
    assert all(0.0 < share < 1.0 for share in models.usual.values())


BROKEN = [
    ("not JSON", b"trees", "no model file"),
    ("no model", b"{}", "no model file"),
    ("another version", None, "this version reads"),
    ("an unknown feature", None, "knows no feature shoe_size"),
    ("a walk without an end", None, "do not fit together"),
    ("a leaf that is not there", None, "do not fit together"),
    ("a calibration that falls", None, "do not fit together"),
]
_MENDED = {
    "another version": (FORMAT, "clearance match model 99"),
    "an unknown feature": (f'"{FEATURES[0]}"', '"shoe_size"'),
}


@pytest.mark.parametrize(("what", "data", "message"), BROKEN)
def test_a_broken_model_file_is_refused(
    learned: Models, tmp_path: Path, what: str, data: bytes | None, message: str
) -> None:
    path = tmp_path / "model.json"
    path.write_bytes(data if data is not None else _broken(models_bytes(learned), what))
    with pytest.raises(InputError, match=message):
        load_models(path)


def _broken(good: bytes, what: str) -> bytes:
    import json

    if what in _MENDED:
        old, new = _MENDED[what]
        return good.replace(old.encode(), new.encode(), 1)
    file = json.loads(good)
    entity = file["entity"]
    if what == "a walk without an end":
        entity["margins"]["left"][0] = 0
    elif what == "a leaf that is not there":
        entity["margins"]["roots"][0] = -len(entity["margins"]["value"]) - 1
    else:
        entity["probability"].reverse()
    return json.dumps(file).encode()


def test_a_model_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.json"):
        load_models(tmp_path / "gone.json")
