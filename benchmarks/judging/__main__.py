"""``python -m benchmarks.judging``: decisions a second, ours beside Cedar, regorus and Casbin.

Every engine answers the same questions in one process, and the answers are compared.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.judging import peers
from benchmarks.judging.twenty import DAY, ROWS, Question, questions, twenty
from clearance.adapters.policies.reading import codes
from clearance.model.outcome import Outcome
from clearance.policy.decision import Decision
from clearance.policy.judging.decide import Judge
from clearance.policy.reasons.owners import Standing

ACCOUNTS, REQUESTS, ROUNDS = 300, 20_000, 5
SLOW = 2_000


def main() -> None:
    """Measure, compare and print one table."""
    asked = questions(ACCOUNTS, REQUESTS)
    judge = Judge(twenty(), codes())
    ours = [decided(judge, one) for one in asked]
    outcomes = [one.outcome for one in ours]
    denied = sum(outcome is Outcome.DENY for outcome in outcomes)
    print(f"{len(ROWS)} rules, {REQUESTS:,} requests of {ACCOUNTS} accounts, {denied:,} denied")
    for what, seconds in (*own(judge, asked), *others(asked, outcomes)):
        print(f"{what:58} {1 / seconds:>12,.0f} a second {seconds * 1e6:>8.2f} µs")


def decided(judge: Judge, one: Question) -> Decision:
    """Both parts of one decision."""
    return judge.decide(one.facts, _standings(one), DAY, one.asked)


def own(judge: Judge, asked: Sequence[Question]) -> Iterator[tuple[str, float]]:
    """Ours: the request's part alone, both parts, and with nothing remembered."""
    made = [(judge.account(one.facts, _standings(one), DAY), one.asked) for one in asked]
    request = judge.request
    yield "ours, account made before", best(lambda: [request(*one) for one in made])
    yield "ours, account and request", best(lambda: [decided(judge, one) for one in asked])
    fresh = [(account, one) for account, one in made[:SLOW]]

    def forgetful() -> list[Decision]:
        found = []
        for account, one in fresh:
            account.core.decided.forget()
            found.append(request(account, one))
        return found

    yield "ours, account made before, no earlier request like it", best(forgetful, SLOW)


def others(asked: Sequence[Question], outcomes: Sequence[Outcome]) -> Iterator[tuple[str, float]]:
    """The engines beside, each held to our answers."""
    flat = [one.flat for one in asked[:SLOW]]
    wanted = list(outcomes[:SLOW])
    denials = [Outcome.DENY if one is Outcome.DENY else Outcome.ALLOW for one in wanted]
    with tempfile.TemporaryDirectory() as folder:
        for name, answer, expected in (
            ("cedarpy", peers.cedar(), wanted),
            ("celine-regorus", peers.rego(), wanted),
            ("casbin, yes or no alone", peers.casbin_(Path(folder)), denials),
        ):
            found = [answer(one) for one in flat]
            if found != expected:
                raise SystemExit(f"{name} answers differently")
            yield name, best(partial(_each, answer, flat), SLOW)


def _each(answer: peers.Answers, flat: Sequence[dict[str, str]]) -> list[Outcome]:
    return [answer(one) for one in flat]


def best(run: Callable[[], object], size: int = REQUESTS) -> float:
    """Seconds a decision, in the best of some rounds."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds) / size


def _standings(one: Question) -> dict[str, Standing]:
    return {one.standing.rule.id: one.standing}


if __name__ == "__main__":
    main()
