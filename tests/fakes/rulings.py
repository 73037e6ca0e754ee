"""Rules answered by a table instead of an engine."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from tests.fakes.rows import FakeRows

from clearance.model.dates import ALWAYS, NEVER
from clearance.model.interest import Measure
from clearance.model.rule import (
    Aggregation,
    Force,
    Level,
    Operator,
    Reading,
    Rule,
    Seeds,
    Test,
    Version,
)
from clearance.model.share import WHOLE, Share
from clearance.model.verdict import Finding, Holding, Missing, Reached
from clearance.usecases.standings import LEVELS, Ruling

NOBODY = Finding("", Reached.NO, None, Share.of_percent("0"), Measure.SHARES, {}, Fraction(0))


def rule(id: str = "over-half") -> Rule:
    test = Test(Measure.SHARES, Operator.OVER, Fraction(1, 2))
    version = Version(Force(ALWAYS, NEVER), (test,))
    return Rule(id, id, (version,), Aggregation.POOLED, (Reading.CASCADE,), Seeds())


def finding(
    id: str,
    reached: Reached = Reached.NO,
    level: Level | None = None,
    *,
    share: Share | None = None,
    because: tuple[Holding, ...] = (),
    missing: tuple[Missing, ...] = (),
    undeclared: Fraction = Fraction(0),
) -> Finding:
    return Finding(
        id,
        reached,
        level,
        share or Share.of_percent("0"),
        Measure.SHARES,
        {},
        undeclared,
        because,
        missing,
    )


def ruling(
    rows: FakeRows,
    findings: Mapping[str, Finding] | None = None,
    *,
    could: tuple[str, ...] = (),
    id: str = "over-half",
    failed: str = "",
) -> Ruling:
    """A ruling that says these findings, and nothing of anybody else."""
    known = findings or {}
    said = [known.get(id, NOBODY) for id in rows.ids]
    return Ruling(
        rule(id),
        np.array([int(one.reached) for one in said], np.uint8),
        np.array([LEVELS.index(one.level) for one in said], np.uint8),
        np.array([id in could for id in rows.ids], np.bool_),
        lambda index: known.get(rows.ids[index], NOBODY),
        seed=np.array([bool(one.seed) for one in said], np.bool_),
        undeclared=np.array([int(one.undeclared * WHOLE) for one in said], np.int64),
        owners=lambda index: [
            at
            for one in rows.interests_in(rows.ids[index])
            if (at := rows.index(one.interested_party)) is not None
        ],
        failed=failed,
    )
