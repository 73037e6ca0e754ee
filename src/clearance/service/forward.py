"""Forward questions: a proxy asks about a request by its headers, and reads the status.

1. Only a configured proxy is answered; what any other peer claims in headers is not looked at.
2. The client's address is the last one in the address header that is no configured proxy: each
   proxy appends the peer it saw, and what stands before may be the client's invention.
3. Allowed is 200 with the outcome in headers. Denied is 403, or 451 with ``blocked-by`` where the
   outcome is a denial or suspension by law (RFC 7725), with a problem document for the client.
4. A wind-down says ``Sunset``: the first day without any use (RFC 8594).

nginx's ``auth_request`` turns 451 into 500: there ``legal_status`` is 403, and the header
``X-Clearance-Status`` says which of the two it would be.
"""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import astuple, dataclass
from email.utils import formatdate
from functools import lru_cache, partial
from urllib.parse import quote

import orjson

from clearance.model.dates import text_of_day
from clearance.model.outcome import Outcome
from clearance.model.plain import Json
from clearance.policy.asked import Action
from clearance.policy.clauses.ground import Basis
from clearance.policy.decision import Decision, Winding
from clearance.policy.judging.kept import Kept
from clearance.service.desk import Answer, Desk, day_of_ms
from clearance.service.questions import LONGEST
from clearance.service.replies import PROBLEM, STATUS, Reply
from clearance.service.settings import Settings, among
from clearance.service.wire import Refusal, Request
from clearance.service.words import to_user
from clearance.usecases.decide import Question, Ready

PREFIX = "/check"

_SHOWN = 65_536
_ID = "{decision}"
_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of all that is decided alike. **Shape**: ``of`` keeps its identity its own."""

    of: Decision
    status: int
    headers: bytes
    problem: dict[str, Json]
    appeal: str


class Forward:
    """Answers proxies out of a desk."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self._desk = desk
        self._settings = settings
        self._told = Kept[int, Told](_SHOWN)
        self._names = {name: name.encode() for name in astuple(settings.headers) if name}
        self._is_proxy = lru_cache(_SHOWN)(partial(among, networks=settings.proxies))

    def check(self, request: Request, peer: str) -> Reply | Awaitable[Reply]:
        """May the request that the proxy holds go on?

        Raises:
            Refusal: the peer is no configured proxy, or names no account.
        """
        answer = self._desk.decide(self._question(request, peer))
        return self._reply(answer) if answer.stored is None else self._later(answer)

    async def _later(self, answer: Answer) -> Reply:
        await self._desk.stored(answer)
        return self._reply(answer)

    def _question(self, request: Request, peer: str) -> Question:
        settings, headers = self._settings, self._settings.headers
        if not headers.account or not settings.proxies:
            raise Refusal(404, "forward questions are not configured: no proxy, or no header")
        if not self._is_proxy(peer):
            raise Refusal(403, "only a configured proxy may ask here")
        account = self._said(request, headers.account)
        if not account:
            raise Refusal(403, "no account is named")
        return Question(
            account,
            day_of_ms(self._desk.now()),
            self._said(request, headers.action) or Action.USE.value,
            self._said(request, headers.model),
            self._said(request, headers.service),
            self._address(request),
            self._said(request, headers.phone),
            self._said(request, headers.end_customer),
            self._said(request, headers.end_use),
        )

    def _said(self, request: Request, name: str) -> str:
        said = request.headers.get(self._names[name]) if name else None
        if said is None:
            return ""
        if len(said) > LONGEST:
            raise Refusal(400, f"{name} is too long")
        return said.decode("latin-1")

    def _address(self, request: Request) -> str:
        """The client's address, empty where the proxy tells none."""
        name = self._settings.headers.address
        hops = request.header(self._names[name]).split(",") if name else []
        for hop in map(str.strip, reversed(hops)):
            if not self._is_proxy(hop):
                return hop
        return ""

    def _reply(self, answer: Answer) -> Reply:
        decision = answer.decided.decision
        told = self._told.get(id(decision)) or self._told.put(
            id(decision), _told(decision, answer.decided.policy, self._settings.legal_status)
        )
        headers = b"%bx-clearance-decision: %b\r\nx-clearance-leaf: %b\r\n" % (
            told.headers,
            answer.row.id.encode(),
            answer.row.hash.hex().encode(),
        )
        if told.status == 200:
            return Reply(200, headers, b"")
        problem: dict[str, Json] = {**told.problem, "decision": answer.row.id}
        if told.appeal:
            problem["appeal"] = told.appeal.replace(_ID, answer.row.id)
        return Reply(told.status, PROBLEM + headers, orjson.dumps(problem))


def _told(decision: Decision, policy: Ready, legal_status: int) -> Told:
    status, meant = _status(decision, legal_status), _status(decision, 451)
    lines = [
        ("x-clearance-status", str(meant)),
        ("x-clearance-outcome", decision.outcome.word),
        ("x-clearance-basis", decision.basis),
        ("x-clearance-reasons", ",".join(sorted({one.code for one in decision.deciding}))),
        ("x-clearance-policy", policy.id),
    ]
    if decision.winding is not None:
        lines += _winding(decision.winding)
    if meant == 451:
        lines.append(
            ("link", f'<{quote(policy.blocked_by, safe=_IN_URL) or "/"}>; rel="blocked-by"')
        )
    headers = "".join(f"{name}: {_plain(value)}\r\n" for name, value in lines if value)
    problem: dict[str, Json] = {
        "title": STATUS[status].decode().partition(" ")[2],
        "status": status,
        "detail": to_user(decision),
        "outcome": decision.outcome.word,
    }
    return Told(decision, status, headers.encode("latin-1", "replace"), problem, policy.appeal)


def _status(decision: Decision, legal_status: int) -> int:
    if decision.allowed:
        return 200
    by_law = decision.basis == Basis.LAW.value and decision.outcome >= Outcome.SUSPEND
    return legal_status if by_law else 403


def _winding(winding: Winding) -> list[tuple[str, str]]:
    """A wind-down in headers: its exit as the time that a sunset is."""
    return [
        ("sunset", formatdate(winding.exit * _DAY_SECONDS, usegmt=True)),
        ("x-clearance-wind-down", winding.id),
        ("x-clearance-no-new-use", text_of_day(winding.no_new_use)),
        ("x-clearance-exit", text_of_day(winding.exit)),
    ]


_IN_URL = ":/?#[]@!$&'()*+,;=%-._~"


def _plain(value: str) -> str:
    """A value that stays one header: no control characters."""
    return "".join(sign if sign >= " " and sign != "\x7f" else " " for sign in value)
