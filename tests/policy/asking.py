"""The example policy with every kind of rule, and the questions that tests put to it."""

from __future__ import annotations

from collections.abc import Mapping

from clearance.adapters.policies.loaded import load_policy
from clearance.adapters.policies.reading import codes
from clearance.model.dates import day_of
from clearance.model.rule import Level
from clearance.model.verdict import Reached
from clearance.network.origin import Kind, Origin, Vote
from clearance.policy.asked import Asked
from clearance.policy.decision import Decision
from clearance.policy.facts import Facts
from clearance.policy.judging.decide import Judge
from clearance.policy.reasons.owners import Standing

EXAMPLE = load_policy("example-all-rules")
JUDGE = Judge(EXAMPLE.policy, codes())
DAY = day_of("2026-01-20")
HERE = {"headquarters": "XS", "incorporation": "XS"}


def standings(**reached: bool) -> Mapping[str, Standing]:
    """The engine's answers: nobody is reached but under the rules that are named."""
    found = {}
    for id, rule in EXAMPLE.rules.items():
        if reached.get(id.replace("-", "_")):
            found[id] = Standing(rule, Reached.CERTAIN, Level.BARS)
        else:
            found[id] = Standing(rule)
    return found


def origin(text: str, as_of: int = DAY) -> Origin:
    """Votes as text: ``"a:XA b:XA+vpn c=a:XB"`` (``c=a`` hands on the data of ``a``).

    >>> [said.what for said in origin("a:XA b:XA+vpn").kinds]
    ['vpn']
    """
    votes = []
    for word in text.split():
        who, _, said = word.partition(":")
        source, _, voice = who.partition("=")
        country, *kinds = said.split("+")
        named = tuple(Kind(kind) for kind in kinds)
        votes.append(Vote(source, country, kinds=named, as_of=as_of, voice=voice))
    return Origin(tuple(votes))


PLAIN = origin("a:XS b:XS")
"""An ordinary address in a supported region."""


def ask(
    asked: Asked | None,
    stated: Mapping[str, str] = HERE,
    *,
    facts: Facts | None = None,
    judge: Judge = JUDGE,
    day: int = DAY,
    **reached: bool,
) -> Decision:
    """The decision about one request of a customer that nothing stands against."""
    return judge.decide(facts or Facts(stated), standings(**reached), day, asked)


def strict(decision: Decision) -> list[str]:
    """The codes of the reasons that decide, each once."""
    return sorted({reason.code for reason in decision.deciding})
