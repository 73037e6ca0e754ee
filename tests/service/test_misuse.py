"""Bad input and misuse: one table of what is asked, and the answer that is documented for it.

A request is answered by status and detail, a judgement by its outcome and the code that decides,
whatever is written down by the error that its author reads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests.adapters.network.building import DAY as BUILT
from tests.policy.asking import DAY, EXAMPLE, HERE, PLAIN, ask, origin, strict
from tests.service.scene import asking, scene

from clearance.adapters.policies import reading as policies
from clearance.adapters.portfolio.customers import read_customers
from clearance.model.dates import day_of
from clearance.model.errors import ClearanceError
from clearance.model.outcome import Outcome
from clearance.policy.asked import NOWHERE, Asked
from clearance.policy.decision import Decision
from clearance.policy.facts import Facts, Posted
from clearance.policy.judging.decide import Judge
from clearance.usecases.check_policy import check
from clearance.usecases.posting import About, conflicts, telling
from clearance.usecases.releases import Act, Step, drafted

ONE, MANY = "/access/v1/evaluation", "/access/v1/evaluations"
HEAD = (
    'id = "p"\ntitle = "P"\neffective = 2026-01-01\nverified = "yes"\n[[citations]]\ntext = "T"\n'
)


def sent(body: bytes, path: str = ONE, kind: str = "application/json") -> str:
    """What a request with this body is told."""
    reply = scene().reply("POST", path, body, content_type=kind)
    return f"{reply.status} {reply.body.decode()}"


def asked(path: str = ONE, **context: object) -> str:
    """What a well formed question with this context is told."""
    status, answer = scene().ask(path, {**asking("fine"), "context": context})
    return f"{status} {answer}"


def judged(decision: Decision) -> str:
    """Outcome and deciding codes; and that nothing of it is cleared, where that is so."""
    return f"{decision.outcome.word} {' '.join(strict(decision))}{'' if decision.cleared else ' !'}"


def written(act: Callable[[], object]) -> str:
    """The error that somebody reads."""
    with pytest.raises(ClearanceError) as raised:
        act()
    return raised.value.message()


def unknown_account(outcome: Outcome) -> str:
    judge = Judge(replace(EXAMPLE.policy, unknown_account=outcome), policies.codes())
    return judged(judge.request(judge.unknown_account(DAY), Asked(origin=PLAIN)))


def checked(text: str) -> str:
    (found,) = check([("p.toml", text)], policies.shelf_of)
    return "; ".join(problem.error().message() for problem in found.problems)


def customers(text: str) -> str:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "customers.csv"
        file.write_text(text)
        return written(lambda: read_customers(file)).removeprefix(f"{folder}/")


def source(as_of: str) -> str:
    with TemporaryDirectory() as folder:
        text, about = "network,country\n192.0.2.0/24,XA\n", f"as_of = {as_of}"
        (Path(folder) / "a.csv").write_text(text)
        made = f'[[source]]\nid = "s"\nfile = "a.csv"\n{about}'
        return written(lambda: _build(Path(folder), made)).removeprefix(f"{folder}/")


def _build(folder: Path, sources: str) -> object:
    from tests.adapters.network.building import build

    (folder / "sources.toml").write_text(sources)
    return build(folder / "n.mmdb", folder / "sources.toml", day=BUILT)


def approved_by(who: str) -> str:
    made = drafted("s", 1, "p", (DAY, DAY + 100), Step(Act.DRAFT, "Ada", DAY, "d" * 64))
    for step in (Step(Act.VALIDATE, "Ada", DAY, "d" * 64), Step(Act.IMPACT, "Ada", DAY, "e" * 64)):
        made = made.after(step)
    return written(lambda: made.after(Step(Act.APPROVE, who, DAY, "e" * 64)))


def licensed(day: str) -> str:
    holder = Facts(HERE, customer="C-EXAMPLE")
    decision = ask(None, facts=holder, day=day_of(day), us_ofac_50=True)
    about = [one.code for one in decision.reasons if one.code.startswith("licen")]
    return f"{decision.outcome.word} {' '.join(about)}"


def two_sources_say(*outcomes: str) -> str:
    facts = [telling(About.CUSTOMER, "c", Posted("risk", one, f"s-{one}")) for one in outcomes]
    return f"{len(conflicts(facts))} conflicts"


OLD = origin("a:XS b:XS", as_of=DAY - 31)
CONTRADICTED = {**HERE, "headquarters": "XS", "register_headquarters": "XA"}

TABLE: Sequence[tuple[str, Callable[[], str], str]] = (
    ("malformed JSON", lambda: sent(b'{"subject":'), "400 {\"detail\":\"the body is no JSON: "),
    ("an empty body", lambda: sent(b""), '400 {"detail":"the body is no JSON: '),
    ("JSON that is no object", lambda: sent(b"[]"), "the request is no JSON object"),
    ("another content type", lambda: sent(b"{}", kind="text/plain"), "is not application/json"),
    ("nothing asked", lambda: sent(b"{}"), '400 {"detail":"subject is missing"'),
    ("a wrong type", lambda: sent(b'{"subject":7}'), '400 {"detail":"subject is no object"'),
    ("a wrong type inside", lambda: asked(ip=7), "400 {'detail': 'context.ip is no text'"),
    ("a batch that is no list", lambda: sent(b'{"evaluations":7}', MANY), "evaluations is no list"),
    ("an address that is none", lambda: asked(ip="192.0.2.256"), "'192.0.2.256' is no address"),
    ("a number that is none", lambda: asked(phone="12x"), "400 {'detail'"),
    ("an unknown account", lambda: unknown_account(Outcome.REVIEW), "review account_unknown !"),
    ("the same, by policy", lambda: unknown_account(Outcome.DENY), "deny account_unknown !"),
    ("facts that are missing", lambda: judged(ask(None, {})), "review location_unknown"),
    ("an unknown end use", lambda: judged(ask(Asked(origin=PLAIN, end_use="?"))),
     "review end_use_unknown !"),
    ("no id of a customer", lambda: customers("id,name\n,x\n"), "customers.csv:2: id: missing"),
    ("a future time", lambda: asked(time="2026-03-09T12:00:00Z"), "86400 s ahead of the clock"),
    ("a time without a zone", lambda: asked(time="2026-03-01T12:00:00"), "is no RFC 3339 time"),
    ("a source of tomorrow", lambda: source("2025-11-04"), "as_of: 2025-11-04 is still to come"),
    ("a day before the policy", lambda: judged(ask(None, day=day_of("1999-01-01"))),
     "review policy_not_in_effect"),
    ("facts that differ", lambda: two_sources_say("low", "high"), "1 conflicts"),
    ("facts that agree", lambda: two_sources_say("low", "low"), "0 conflicts"),
    ("a register that contradicts", lambda: judged(ask(None, CONTRADICTED)),
     "headquarters_contradicted"),
    ("sources that differ", lambda: judged(ask(Asked(origin=origin("a:XS b:XA")))),
     "network_disputed"),
    ("an address in no database", lambda: judged(ask(Asked(origin=NOWHERE))),
     "allow_with_notice network_unlisted !"),
    ("no address at all", lambda: judged(ask(Asked())), "review network_untold !"),
    ("a policy without rules", lambda: checked(HEAD), "p.toml:1: ownership: no rule; write"),
    ("a policy with a typo", lambda: checked(HEAD + "[[campaign]]\n"),
     "unknown field; did you mean 'campaigns'?"),
    ("approved by its author", lambda: approved_by("Ada"), "let a second person approve"),
    ("a licence in force", lambda: licensed("2027-02-28"), "allow licensed"),
    ("an expired licence", lambda: licensed("2027-03-01"), "deny licence_expired"),
    ("a stale source", lambda: judged(ask(Asked(origin=OLD))), "review network_stale !"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("act", "answer"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_each_gets_its_documented_answer(act: Callable[[], str], answer: str) -> None:
    assert answer in act()
