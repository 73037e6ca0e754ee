"""Rules for properties: every cell of aggregation, reading, operator and control."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st
from tests.worlds import always

from clearance.model.interest import CONTROL_TYPES, Measure
from clearance.model.rule import (
    Aggregation,
    Control,
    Level,
    Operator,
    Reading,
    Rule,
    Seeds,
)
from clearance.model.rule import Test as ShareTest

READINGS = tuple((reading,) for reading in Reading)
TWO = (Reading.CASCADE, Reading.PRODUCT)
QUARTER = ShareTest(Measure.VOTES, Operator.AT_LEAST, Fraction(1, 4))
CONTROLS = {
    "none": Control(),
    "flag": Control(Level.FLAG, CONTROL_TYPES),
    "review": Control(Level.REVIEW, CONTROL_TYPES, exact_half=True),
    "presumed": Control(Level.PRESUMED, CONTROL_TYPES),
    "offset": Control(Level.PRESUMED, CONTROL_TYPES, presumption=QUARTER, offset=True),
    "bars": Control(Level.BARS, CONTROL_TYPES, exact_half=True),
    "hybrid": Control(Level.FLAG, CONTROL_TYPES, whole_in_hybrid=True),
}
MEASURES = (
    (Measure.SHARES,),
    (Measure.VOTES,),
    (Measure.SHARES, Measure.VOTES),
    (Measure.SHARES, Measure.VOTES, Measure.BOARD),
)


def rules(
    *,
    aggregations: Sequence[Aggregation] = tuple(Aggregation),
    readings: Sequence[tuple[Reading, ...]] = (*READINGS, TWO),
    controls: Sequence[str] = tuple(CONTROLS),
    measures: Sequence[tuple[Measure, ...]] = MEASURES,
    percents: Sequence[int] = (25, 50, 50, 50, 75),
) -> st.SearchStrategy[Rule]:
    """A rule of the given cells, always in force, its seeds to be named."""
    return st.builds(
        _rule,
        st.sampled_from(aggregations),
        st.sampled_from(readings),
        st.sampled_from(controls),
        st.sampled_from(measures),
        st.sampled_from(percents),
        st.sampled_from(tuple(Operator)),
        st.booleans(),
    )


def _rule(
    aggregation: Aggregation,
    readings: tuple[Reading, ...],
    control: str,
    measures: tuple[Measure, ...],
    percent: int,
    operator: Operator,
    counts_more: bool,
) -> Rule:
    """``counts_more``: options as exercised, and consolidation as a majority."""
    tests = tuple(ShareTest(measure, operator, Fraction(percent, 100)) for measure in measures)
    rule = Rule("drawn", "drawn", always(tests), aggregation, readings, Seeds(), CONTROLS[control])
    return replace(rule, consolidation=counts_more, options=counts_more)


@st.composite
def of_several_thresholds(draw: st.DrawFn, rules: st.SearchStrategy[Rule]) -> Rule:
    """The same rule, each of its tests with a threshold of its own."""
    rule = draw(rules)
    quarters = st.sampled_from((25, 50, 75))
    tests = (replace(t, threshold=Fraction(draw(quarters), 100)) for t in rule.versions[0].tests)
    return replace(rule, versions=always(tuple(tests)))
