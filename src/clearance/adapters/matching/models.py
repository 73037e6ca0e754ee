"""Model files: JSON with a version, an object per kind of party, and the shares of usual words.

The shipped file was trained by ``make evaluate`` on names of GLEIF (CC0), lists of OFAC (public
domain) and noise; a file that is not as it should be is an ``InputError`` that names the place.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import msgspec
import numpy as np

from clearance.matching.calibration import Calibration
from clearance.matching.features import FEATURES
from clearance.matching.logistic import Logistic
from clearance.matching.score import Model, Models
from clearance.matching.trees import Trees
from clearance.model.errors import InputError

FORMAT = "clearance match model 1"
SHIPPED = "shipped.json"
REMEDY = "train it anew with 'clearance match train'"


class _Trees(msgspec.Struct, tag="trees"):
    feature: list[int]
    threshold: list[float]
    left: list[int]
    right: list[int]
    value: list[float]
    roots: list[int]


class _Logistic(msgspec.Struct, tag="logistic"):
    weight: list[float]
    middle: list[float]
    spread: list[float | None]
    start: float


class _Model(msgspec.Struct):
    columns: list[str]
    margins: _Trees | _Logistic
    margin: list[float]
    probability: list[float]


class _File(msgspec.Struct):
    format: str
    entity: _Model
    person: _Model
    usual: dict[str, float]


def shipped_models() -> Models:
    """The models that come with Clearance."""
    return _models(files(__package__).joinpath(SHIPPED).read_bytes(), SHIPPED)


def load_models(path: Path) -> Models:
    """The models of a file that ``clearance match train`` wrote.

    Raises:
        InputError: there is no such file, or it is no model.
    """
    try:
        return _models(path.read_bytes(), str(path))
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise InputError(what, file=str(path), remedy="check the path") from None


def models_bytes(models: Models) -> bytes:
    """The bytes of a model file; the same models give the same bytes."""
    file = _File(FORMAT, _plain(models.entity), _plain(models.person), dict(models.usual))
    return msgspec.json.format(msgspec.json.encode(file), indent=0) + b"\n"


def _models(data: bytes, name: str) -> Models:
    try:
        file = msgspec.json.decode(data, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(f"no model file: {error}", file=name, remedy=REMEDY) from None
    if file.format != FORMAT:
        what = f"format {file.format!r}, this version reads {FORMAT!r}"
        raise InputError(what, file=name, remedy=REMEDY)
    return Models(_model(file.entity, name), _model(file.person, name), file.usual)


def _model(plain: _Model, name: str) -> Model:
    unknown = sorted(set(plain.columns) - set(FEATURES))
    if unknown:
        what = f"this version knows no feature {', '.join(unknown)}"
        raise InputError(what, file=name, remedy=REMEDY)
    if not _sound(plain):
        raise InputError("its figures do not fit together", file=name, remedy=REMEDY)
    margins = _margins(plain.margins)
    line = Calibration(np.array(plain.margin), np.array(plain.probability))
    return Model(tuple(plain.columns), margins, line)


def _sound(plain: _Model) -> bool:
    """Would every step of the model land inside it, and does its calibration rise?"""
    margins, wide = plain.margins, len(plain.columns)
    if isinstance(margins, _Logistic):
        widths = {len(margins.weight), len(margins.middle), len(margins.spread)}
        fits = widths == {wide}
    else:
        fits = _grown(margins, wide)
    rises = plain.margin == sorted(plain.margin) and plain.probability == sorted(plain.probability)
    return fits and rises and 0 < len(plain.margin) == len(plain.probability)


def _grown(trees: _Trees, wide: int) -> bool:
    """A child is a later node or a leaf, so that every walk ends."""
    nodes, leaves = len(trees.feature), len(trees.value)
    sides = (trees.left, trees.right)
    if any(len(one) != nodes for one in (trees.threshold, *sides)):
        return False
    later = all(
        at < to < nodes or -leaves <= to < 0 for side in sides for at, to in enumerate(side)
    )
    rooted = all(-leaves <= root < nodes for root in trees.roots)
    return later and rooted and all(0 <= column < wide for column in trees.feature)


def _margins(plain: _Trees | _Logistic) -> Trees | Logistic:
    if isinstance(plain, _Logistic):
        spread = np.array([np.inf if one is None else one for one in plain.spread])
        return Logistic(np.array(plain.weight), np.array(plain.middle), spread, plain.start)
    ints = (plain.feature, plain.left, plain.right, plain.roots)
    feature, left, right, roots = (np.array(one, dtype=np.int32) for one in ints)
    return Trees(feature, np.array(plain.threshold), left, right, np.array(plain.value), roots)


def _plain(model: Model) -> _Model:
    margins = model.margins
    line = model.calibration
    margin, probability = line.margin.round(6).tolist(), line.probability.round(6).tolist()
    return _Model(list(model.columns), _written(margins), margin, probability)


def _written(margins: Trees | Logistic) -> _Trees | _Logistic:
    if isinstance(margins, Logistic):
        spread = [float(one) if np.isfinite(one) else None for one in margins.spread]
        return _Logistic(margins.weight.tolist(), margins.middle.tolist(), spread, margins.start)
    return _Trees(
        margins.feature.tolist(),
        margins.threshold.tolist(),
        margins.left.tolist(),
        margins.right.tolist(),
        margins.value.tolist(),
        margins.roots.tolist(),
    )
