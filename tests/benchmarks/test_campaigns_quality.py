"""The tables of what campaigns are found: the worst of the seeds, and every stranger by name."""

from __future__ import annotations

from benchmarks.campaigns.quality.cases import Case, cases
from benchmarks.campaigns.quality.judged import Judgement, counted
from benchmarks.campaigns.quality.told import silent, table

from clearance.campaigns.simulation.plan import VARIANTS, Plan


def judgement(id: str, planted: int, linked: int, right: int, **wrong: int) -> Judgement:
    return Judgement(id, planted, linked, right, 2, 1, ("vpn",), wrong, 1.0)


def test_every_variant_is_measured_on_three_sizes_and_ten_logs_have_no_campaign() -> None:
    asked = list(cases(1))
    assert len({one.id for one in asked}) == len(asked)
    variants = [one for one in asked if one.kind == "variant"]
    assert {one.name for one in variants} == set(VARIANTS)
    assert len(variants) == 3 * len(VARIANTS)
    assert [one.plan.members for one in asked if one.kind == "none"] == [()] * 10


def test_the_worst_of_the_seeds_is_told() -> None:
    asked = [Case("variant", "base", Plan(seed=one)) for one in (4, 5)]
    done = {
        asked[0].id: judgement(asked[0].id, 100, 100, 99, ordinary=1),
        asked[1].id: judgement(asked[1].id, 100, 97, 97),
    }
    row = table(asked, done, "a machine")[-1]
    assert row == "| base | 2 | 4, 5 | 0.9900 | 0.9700 | 4 | 1 ordinary |"
    assert "vpn 0" in silent(done.values())


def test_a_log_without_campaigns_has_no_recall() -> None:
    asked = [Case("none", "nothing planted", Plan(seed=9))]
    row = table(asked, {asked[0].id: judgement(asked[0].id, 0, 0, 0)}, "a machine")[-1]
    assert row == "| nothing planted | 1 | 9 | nothing flagged | – | 2 | none |"


def test_what_was_not_measured_is_not_told() -> None:
    assert table([Case("none", "nothing planted", Plan())], {}, "a machine")[-1].startswith("|---")


def test_whoever_is_flagged_and_not_planted_is_counted_by_group() -> None:
    truth = {"a": "campaign-1", "b": "campaign-1", "c": "vpn", "d": "homework"}
    said = counted("x", {"a", "c"}, {"a", "b", "c"}, truth)
    assert (said.planted, said.linked, said.right, said.review) == (2, 2, 1, 1)
    assert said.wrong == {"vpn": 1}
    assert said.silent == ("homework",)
