"""Twenty rules as a table, and the questions that are put to them.

The table is what every engine can say: a field of the question holds one of some values, and
that yields an outcome. Ours is told the same in its own words, and says more (who said it, where
it stands written, since when), which the others do not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clearance.adapters.policies import reading as policies
from clearance.model.outcome import Outcome
from clearance.model.rule import Level, Rule
from clearance.model.verdict import Reached
from clearance.network.origin import Kind, Origin, Vote
from clearance.policy.asked import Asked
from clearance.policy.document import Policy
from clearance.policy.facts import Facts, Posted
from clearance.policy.reading.policies import parse_policy
from clearance.policy.reasons.owners import Standing

DAY = 20_500
RESTRICTED = ("XA", "XB")
HIDING = ("public_proxy", "residential_proxy", "tor", "vpn")
USES = tuple(f"use-{number}" for number in range(8))
FACTS = (
    ("headquarters", Outcome.DENY),
    ("incorporation", Outcome.DENY),
    ("shipping", Outcome.DENY),
    ("tax", Outcome.DENY),
    ("payment", Outcome.SUSPEND),
    ("access", Outcome.LIMIT),
    ("billing", Outcome.REVIEW),
    ("phone", Outcome.REVIEW),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: the field, the values that it asks for, and what it yields."""

    name: str
    field: str
    values: tuple[str, ...]
    outcome: Outcome


ROWS = (
    *(Row(fact, fact, RESTRICTED, outcome) for fact, outcome in FACTS),
    Row("network", "network", RESTRICTED, Outcome.ALLOW_WITH_NOTICE),
    Row("anonymised", "kind", HIDING, Outcome.REVIEW),
    *(Row(use, "end_use", (use,), Outcome.DENY) for use in USES),
    Row("campaign", "campaign", ("confirmed",), Outcome.SUSPEND),
    Row("provider-regions", "owned", ("certain",), Outcome.DENY),
)


@dataclass(frozen=True, slots=True)
class Question:
    """One request: as ours takes it, and as a flat record for the others."""

    facts: Facts
    standing: Standing
    asked: Asked
    flat: dict[str, str]


def twenty() -> Policy:
    """The table as a policy."""
    shelf = policies.shelf_of("")
    found, problems = parse_policy("\n".join(_document()), "twenty.toml", shelf)
    if problems:
        raise problems[0].error()
    return found


def questions(accounts: int, requests: int, seed: int = 1) -> Sequence[Question]:
    """Requests of some accounts: most are ordinary, one in ten has something against it."""
    draw = random.Random(seed)
    rule = policies.load_rule("provider-regions")
    known = [_account(draw, rule, number) for number in range(accounts)]
    origins = [_origin(draw) for _ in range(200)]
    return [_question(draw, draw.choice(known), draw.choice(origins)) for _ in range(requests)]


def _account(
    draw: random.Random, rule: Rule, number: int
) -> tuple[Facts, Standing, dict[str, str]]:
    flat = {fact: _region(draw, 0.01) for fact, _ in FACTS}
    owned, member = draw.random() < 0.02, draw.random() < 0.01
    posted = (Posted("campaign", "c", "detect", reviewer="r"),) if member else ()
    segment = draw.choice(("enterprise", "small-business"))
    facts = Facts(dict(flat), "", segment, Decimal(number), posted=posted, customer=str(number))
    standing = Standing(rule, Reached.CERTAIN, Level.BARS) if owned else Standing(rule)
    flat["campaign"] = "confirmed" if member else "none"
    flat["owned"] = "certain" if owned else "no"
    return facts, standing, flat


def _origin(draw: random.Random) -> tuple[Origin, dict[str, str]]:
    country = _region(draw, 0.02)
    kind = draw.choice(list(Kind)[:6]) if draw.random() < 0.1 else None
    kinds = () if kind is None else (kind,)
    votes = tuple(Vote(source, country, kinds=kinds, as_of=DAY) for source in ("a", "b"))
    return Origin(votes), {"network": country, "kind": kind.value if kind else "none"}


def _question(
    draw: random.Random,
    account: tuple[Facts, Standing, dict[str, str]],
    place: tuple[Origin, dict[str, str]],
) -> Question:
    facts, standing, flat = account
    origin, where = place
    use = draw.choice(USES) if draw.random() < 0.01 else "translation"
    asked = Asked(model=f"m-{draw.randrange(5)}", service="api", origin=origin, end_use=use)
    return Question(facts, standing, asked, {**flat, **where, "end_use": use})


def _region(draw: random.Random, restricted: float) -> str:
    return draw.choice(RESTRICTED if draw.random() < restricted else ("XS", "XT", "XU"))


def _document() -> Iterator[str]:
    yield 'id = "twenty"\ntitle = "Twenty rules"\neffective = 2026-01-01\nverified = "yes"'
    yield 'known_end_uses = ["translation"]'
    yield '[[citations]]\ntext = "none: made for benchmarks"'
    yield '[regions]\nlisting = "unsupported"\ncodes = ["XA", "XB"]'
    yield 'unlisted = "allow"\nunknown = "review"'
    for row in ROWS[:9]:
        yield f'[[region_rules]]\nfact = "{row.field}"\noutcome = "{row.outcome.word}"\n{_GROUND}'
        if row.field != "network":
            yield 'unstated = "skip"'
    yield f'[network]\nunlisted = "skip"\nuntold = "skip"\n{_GROUND}'
    kinds = ", ".join(f'"{kind}"' for kind in HIDING)
    yield f'[[network_rules]]\nid = "anonymised"\nkinds = [{kinds}]\none_source = "review"'
    yield f'agreed = "review"\nwith_fact = "review"\n{_GROUND}'
    for use in USES:
        yield f'[[end_uses]]\nid = "{use}"\nuses = ["{use}"]\ndeclared = "deny"\nobserved = "deny"'
        yield f'doubtful = "review"\nconfidence = 80\n{_GROUND}'
    yield '[[campaigns]]\nid = "campaign"\nconfidence = 90\nmember = "suspend"'
    yield f'unreviewed = "review"\n{_GROUND}'
    yield f'[[ownership]]\nrule = "provider-regions"\n{_GROUND}'


_GROUND = 'basis = "contract"\ncitation = "none: made for benchmarks"'
