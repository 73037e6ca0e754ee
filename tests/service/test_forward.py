"""Forward questions: whom a proxy may ask for, what it is believed, and what it is told."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.service.scene import PROXY, Scene, headers_of, scene

from clearance.model.errors import InputError
from clearance.service.settings import Settings, headers, legal_status, networks, tolerance
from clearance.service.wire import Request


def check(here: Scene, account: str, forwarded: str = "192.0.2.1") -> tuple[int, dict[str, str]]:
    reply = here.reply("GET", "/check/chat?x=1", x_account=account, x_forwarded_for=forwarded)
    return reply.status, headers_of(reply)


@pytest.mark.parametrize(
    ("account", "status", "outcome"),
    [
        ("fine", 200, "allow"),
        ("contract", 403, "deny"),
        ("law", 451, "deny"),
        ("leaving", 200, "allow_with_notice"),
        ("nobody", 403, "review"),
        ("", 403, ""),
    ],
)
def test_an_account_gets_its_status_and_outcome(account: str, status: int, outcome: str) -> None:
    found, told = check(scene(), account)
    assert (found, told.get("x-clearance-outcome", "")) == (status, outcome)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_any_method_is_answered(method: str) -> None:
    reply = scene().reply(method, "/check", x_account="fine", x_forwarded_for="192.0.2.1")
    assert reply.status == 200


def test_what_law_blocks_names_who_blocks_and_how_to_object() -> None:
    here = scene()
    reply = here.reply("GET", "/check", x_account="law")
    told, problem = headers_of(reply), orjson.loads(reply.body)
    assert told["link"] == '<https://provider.example/law>; rel="blocked-by"'
    assert told["content-type"] == "application/problem+json"
    assert problem["status"] == 451
    assert problem["appeal"].endswith(told["x-clearance-decision"])


def test_only_law_is_451_and_an_operator_may_say_403() -> None:
    assert "link" not in check(scene(), "contract")[1]
    status, told = check(scene(legal_status=403), "law")
    assert (status, told["x-clearance-status"]) == (403, "451")


def test_a_wind_down_says_its_sunset() -> None:
    told = check(scene(), "leaving")[1]
    assert told["sunset"] == "Thu, 16 Jul 2026 00:00:00 GMT"
    assert told["x-clearance-exit"] == "2026-07-16"


def test_nobody_but_a_configured_proxy_is_answered() -> None:
    here = scene()
    request = Request("GET", "/check", "", {b"x-account": b"fine"}, b"", True)
    for peer in ("198.51.100.7", "", "not an address"):
        reply: Any = here.door.answer(request, peer)
        assert reply.status == 403
    assert not here.log.leaves
    assert here.desk.counts.refused == 3


def test_without_a_configured_proxy_nothing_is_asked_here() -> None:
    here = scene()
    door = type(here.door)(here.desk, Settings())
    reply: Any = door.answer(
        Request("GET", "/check", "", {b"x-account": b"fine"}, b"", True), PROXY
    )
    assert reply.status == 404


@pytest.mark.parametrize(
    ("forwarded", "believed"),
    [
        ("192.0.2.66", "192.0.2.66"),
        ("192.0.2.1, 192.0.2.66", "192.0.2.66"),
        ("192.0.2.66, 192.0.2.1", "192.0.2.1"),
        ("192.0.2.66, 10.0.0.3", "192.0.2.66"),
        (f"192.0.2.1,192.0.2.66 , 10.0.0.3,{PROXY}", "192.0.2.66"),
        ("10.0.0.3", ""),
        ("", ""),
    ],
)
def test_the_client_is_the_last_address_that_is_no_proxy(forwarded: str, believed: str) -> None:
    here = scene()
    check(here, "fine", forwarded)
    (sealed,) = here.log.sealed.values()
    assert [one.value for one in sealed if one.field == "ip"] == ([believed] if believed else [])


@pytest.mark.parametrize("forwarded", ["unknown", "192.0.2.1:8080", "_hidden", "192.0.2.1, x"])
def test_an_address_that_is_none_is_400(forwarded: str) -> None:
    here = scene()
    assert check(here, "fine", forwarded)[0] == 400
    assert not here.log.leaves


def test_headers_that_are_not_configured_are_not_looked_at() -> None:
    here = scene()
    here.reply(
        "GET", "/check", x_account="fine", x_action="sign_up", x_model="m-7", ip="192.0.2.66"
    )
    (entry,) = here.log.entries()
    body: Any = entry.body
    assert (body["action"], body["asked"]) == ("use", {"model": "m-7"})


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_header_crashes_the_door(account: str, forwarded: str) -> None:
    lines = {b"x-account": account.encode(), b"x-forwarded-for": forwarded.encode()}
    reply: Any = SCENES[0].door.answer(Request("GET", "/check", "", lines, b"", True), PROXY)
    assert reply.status in (200, 400, 403, 451)
    for line in reply.headers.split(b"\r\n"):
        assert b"\n" not in line
        assert b"\r" not in line


SCENES = [scene()]


@pytest.mark.parametrize(
    "make",
    [
        lambda: networks(["somewhere"]),
        lambda: networks(["192.0.2.1/24"]),
        lambda: headers(["nobody=X"]),
        lambda: headers(["account=X Y"]),
        lambda: headers(["account"]),
        lambda: legal_status(200),
        lambda: tolerance("long"),
        lambda: tolerance("-1"),
    ],
)
def test_settings_that_mean_nothing_are_refused(make: Any) -> None:
    with pytest.raises(InputError):
        make()
