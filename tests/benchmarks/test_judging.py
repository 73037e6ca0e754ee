"""The twenty rules of the benchmark say in our words what the table says for the others."""

from __future__ import annotations

from benchmarks.judging.twenty import DAY, ROWS, questions, twenty

from clearance.adapters.policies.reading import codes
from clearance.model.outcome import Outcome
from clearance.policy.judging.decide import Judge


def test_ours_answers_as_the_table() -> None:
    judge, asked = Judge(twenty(), codes()), questions(100, 2_000)
    for one in asked:
        found = judge.decide(one.facts, {one.standing.rule.id: one.standing}, DAY, one.asked)
        held = [row.outcome for row in ROWS if one.flat[row.field] in row.values]
        assert found.outcome is max(held, default=Outcome.ALLOW)


def test_every_rule_speaks_and_most_requests_are_ordinary() -> None:
    asked = questions(300, 20_000)
    spoken = {row.name for one in asked for row in ROWS if one.flat[row.field] in row.values}
    assert spoken == {row.name for row in ROWS}
    assert len(ROWS) == 20
    stopped = sum(any(one.flat[row.field] in row.values for row in ROWS) for one in asked)
    assert 0.05 < stopped / len(asked) < 0.4


def test_a_seed_gives_the_same_questions() -> None:
    assert questions(20, 50, seed=3) == questions(20, 50, seed=3)
    assert questions(20, 50, seed=3) != questions(20, 50, seed=4)
