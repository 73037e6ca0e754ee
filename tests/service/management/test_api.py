"""What the management API does, asked as its users ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from tests.service.management.conftest import MakeKey

from clearance.adapters.policies.bundle import bundle
from clearance.usecases.scopes import Scope

POLICY = bundle("provider-regions-2025-09-05")
JSON = {"Content-Type": "application/json"}
DOCUMENT = msgspec.json.decode(POLICY.document)
FACT = {"about": "customer", "subject": "c1", "kind": "risk", "value": "low", "source": "crm"}


class Api:
    """Asks with a key and gives status and JSON."""

    def __init__(self, client: TestClient[Litestar], headers: dict[str, str]) -> None:
        self._client = client
        self.headers = headers

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        content = None if body is None else msgspec.json.encode(body)
        answer = self._client.request(
            method, path, content=content, headers={**JSON, **self.headers, **headers}
        )
        return answer.status_code, msgspec.json.decode(answer.content)

    def put(self, kind: str, *records: Mapping[str, object], **more: object) -> tuple[int, Any]:
        return self.ask("PUT", f"/v1/{kind}", {"source": "crm", kind: list(records), **more})


@pytest.fixture
def api(client: TestClient[Litestar], key: MakeKey) -> Api:
    return Api(client, key())


@pytest.fixture
def second(client: TestClient[Litestar], key: MakeKey) -> Api:
    return Api(client, key(name="Bo"))


def test_customers_are_kept_and_shown_as_they_stood(api: Api) -> None:
    record = {"id": "c1", "name": "Alder", "headquarters": "xa", "annual_revenue": "12.50"}
    assert api.put("customers", record) == (200, {"changed": 1})
    assert api.put("customers", record) == (200, {"changed": 0})
    moved = {**record, "headquarters": "XB"}
    assert api.put("customers", moved, since="2025-01-01") == (200, {"changed": 3})
    shown = {
        on: api.ask("GET", f"/v1/customers/c1?on={on}")[1]["record"]["headquarters"]
        for on in ("2024-12-31", "2025-01-01")
    }
    assert shown == {"2024-12-31": "XA", "2025-01-01": "XB"}
    status, found = api.ask("GET", "/v1/customers/c1/history")
    assert (status, [one["superseded_at"] is None for one in found["customers"]]) == (
        200,
        [False, True, True],
    )
    before = found["customers"][0]["superseded_at"].replace("+", "%2B")
    earlier = api.ask("GET", f"/v1/customers/c1?on=2025-01-01&known_at={before}")[1]
    assert earlier["record"]["headquarters"] == "XB"


def test_pages_go_through_everything_once(api: Api) -> None:
    api.put("accounts", *({"id": f"a{n:02}", "customer": "c1"} for n in range(25)))
    seen: list[str] = []
    following = ""
    while following is not None:
        status, page = api.ask("GET", f"/v1/accounts?limit=10&after={following}")
        assert status == 200
        seen += [one["record"]["id"] for one in page["accounts"]]
        following = page["next"]
    assert seen == [f"a{n:02}" for n in range(25)]


def test_facts_that_differ_are_shown_as_a_conflict_and_can_be_withdrawn(api: Api) -> None:
    other = {**FACT, "source": "audit", "value": "high"}
    assert api.ask("POST", "/v1/facts", {"facts": [FACT, other]}) == (200, {"changed": 2})
    found = api.ask("GET", "/v1/facts?about=customer&subject=c1")[1]
    assert [one["fact"]["value"] for one in found["facts"]] == ["high", "low"]
    assert len(found["conflicts"]) == 1
    assert api.ask("POST", "/v1/facts/withdraw", {"facts": [other]}) == (200, {"changed": 1})
    assert api.ask("GET", "/v1/facts?about=customer&subject=c1")[1]["conflicts"] == []


def test_a_fact_of_days_to_come_shows_from_its_day(api: Api) -> None:
    api.ask("POST", "/v1/facts", {"facts": [{**FACT, "since": "2999-01-01"}]})
    path = "/v1/facts?about=customer&subject=c1"
    assert api.ask("GET", path)[1]["facts"] == []
    assert len(api.ask("GET", f"{path}&on=2999-01-01")[1]["facts"]) == 1


def test_a_repeated_request_is_answered_as_before_and_done_once(api: Api) -> None:
    body = {"facts": [FACT]}
    named = {"Idempotency-Key": "one"}
    assert api.ask("POST", "/v1/facts", body, **named) == (200, {"changed": 1})
    assert api.ask("POST", "/v1/facts", body, **named) == (200, {"changed": 1})
    assert api.ask("POST", "/v1/facts", body)[1] == {"changed": 0}
    status, problem = api.ask("POST", "/v1/facts", {"facts": [FACT, FACT]}, **named)
    assert (status, "another request" in problem["detail"]) == (422, True)
    assert api.ask("POST", "/v1/facts", body, **{"Idempotency-Key": "x" * 201})[0] == 400


def test_a_release_needs_a_second_person(api: Api, second: Api) -> None:
    draft = {"series": "regions", "bundle": DOCUMENT}
    status, made = api.ask("POST", "/v1/releases", draft)
    assert (status, made["state"], made["digest"]) == (201, "draft", POLICY.digest)
    path = "/v1/releases/regions/1"
    steps = [{"act": "validate", "evidence": POLICY.digest}, {"act": "impact", "evidence": "r1"}]
    assert [api.ask("POST", f"{path}/steps", one)[0] for one in steps] == [200, 200]
    status, problem = api.ask("POST", f"{path}/approval", {"evidence": "r1"})
    assert (status, "second person" in problem["detail"]) == (409, True)
    status, approved = second.ask("POST", f"{path}/approval", {"evidence": "r1"})
    assert (status, approved["state"]) == (200, "effective")
    assert [one["by"] for one in approved["steps"]] == ["Ada", "Ada", "Ada", "Bo"]
    assert api.ask("GET", f"{path}/bundle") == (200, DOCUMENT)
    assert api.ask("GET", "/v1/releases/regions/2")[0] == 404
    assert api.ask("POST", f"{path}/steps", {"act": "withdraw"})[0] == 409


def test_a_body_that_nests_too_deep_is_refused(api: Api, client: TestClient[Litestar]) -> None:
    body = b'{"source":"crm","customers":' + b"[" * 5000 + b"]" * 5000 + b"}"
    answer = client.put("/v1/customers", content=body, headers={**JSON, **api.headers})
    assert answer.status_code == 400, answer.text
    assert "nest" in answer.json()["detail"]


def test_a_document_that_is_no_policy_is_told_where(api: Api) -> None:
    broken = {**DOCUMENT, "policy": "id = 3"}
    status, problem = api.ask("POST", "/v1/releases", {"series": "s", "bundle": broken})
    assert (status, "toml" in problem["detail"]) == (400, True)
    assert api.ask("GET", "/v1/releases")[1] == {"releases": []}


def test_a_key_gives_no_more_than_its_maker_holds(
    client: TestClient[Litestar], key: MakeKey
) -> None:
    maker = Api(client, key(Scope.KEYS_WRITE, Scope.FACTS_READ))
    status, _ = maker.ask("POST", "/v1/keys", {"name": "x", "scopes": ["facts:write"]})
    assert status == 403
    status, made = maker.ask("POST", "/v1/keys", {"name": "x", "scopes": ["facts:read"]})
    assert status == 201
    new = Api(client, {"Authorization": f"Bearer {made['token']}"})
    assert new.ask("GET", "/v1/facts?about=customer&subject=c1")[0] == 200
    assert maker.ask("DELETE", f"/v1/keys/{made['key']['id']}")[0] == 200
    assert new.ask("GET", "/v1/facts?about=customer&subject=c1")[0] == 401
    assert maker.ask("DELETE", f"/v1/keys/{made['key']['id']}")[0] == 400
    assert maker.ask("POST", "/v1/keys/nothing/rotate", {})[0] == 404


def test_a_secret_is_not_shown_again_under_the_same_request(api: Api) -> None:
    named = {"Idempotency-Key": "two"}
    body = {"name": "x", "scopes": ["facts:read"]}
    assert api.ask("POST", "/v1/keys", body, **named)[0] == 201
    status, problem = api.ask("POST", "/v1/keys", body, **named)
    assert (status, "shown then" in problem["detail"]) == (409, True)


def test_webhooks_are_made_rotated_and_removed(api: Api) -> None:
    body = {"url": "https://receiver.example/hook", "events": ["facts.*"]}
    status, made = api.ask("POST", "/v1/webhooks", body)
    assert (status, made["secret"][:6]) == (201, "whsec_")
    id = made["webhook"]["id"]
    assert api.ask("POST", f"/v1/webhooks/{id}/rotate", {})[1]["secret"] != made["secret"]
    api.ask("POST", "/v1/facts", {"facts": [FACT]})
    told = api.ask("GET", f"/v1/webhooks/{id}/deliveries")[1]["deliveries"]
    assert [one["state"] for one in told] == ["waiting"]
    assert api.ask("DELETE", f"/v1/webhooks/{id}") == (200, {"webhooks": []})
    assert api.ask("GET", f"/v1/webhooks/{id}/deliveries")[0] == 404


def test_snapshots_are_told_of_once(api: Api) -> None:
    body = {
        "digest": "0" * 64,
        "built": "2025-01-01",
        "sources": [{"id": "register", "as_of": "2024-12-31"}],
    }
    assert api.ask("POST", "/v1/snapshots", body)[0] == 201
    assert api.ask("POST", "/v1/snapshots", body)[0] == 400
    found = api.ask("GET", "/v1/snapshots")[1]["snapshots"]
    assert [one["sources"][0]["as_of"] for one in found] == ["2024-12-31"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "detail"),
    [
        ("PUT", "/v1/customers", b"{", 400, "truncated"),
        ("PUT", "/v1/customers", b"[]", 400, "Expected `object`"),
        ("PUT", "/v1/customers", b'{"source":"s","customers":[]}', 400, "length >= 1"),
        ("PUT", "/v1/customers", b'{"source":"s","customers":[{"id":"a\\u0000"}]}', 400, "id"),
        ("PUT", "/v1/customers", b'{"source":"s","customers":[{"id":"a","x":1}]}', 400, "unknown"),
        (
            "PUT",
            "/v1/customers",
            b'{"source":"s","customers":[{"id":"a","annual_revenue":"-1"}]}',
            400,
            "annual_revenue",
        ),
        ("PUT", "/v1/accounts", b'{"source":"s","accounts":[{"id":"a"}]}', 400, "customer"),
        ("POST", "/v1/facts", b'{"facts":[{"about":"planet"}]}', 400, "about"),
        ("GET", "/v1/customers?limit=0", b"", 400, "limit"),
        ("GET", "/v1/customers?after=bm8=", b"", 400, "after"),
        ("GET", "/v1/customers?on=yesterday", b"", 400, "on"),
        ("GET", "/v1/customers/a%00b", b"", 404, "nothing"),
        ("GET", "/v1/decisions/x", b"", 404, "no log"),
        ("POST", "/v1/webhooks", b'{"url":"ftp://x","events":["*"]}', 400, "url"),
        ("GET", "/v1/nothing", b"", 404, "Not Found"),
        ("PATCH", "/v1/customers", b"", 405, "Method Not Allowed"),
        ("PUT", "/v1/customers", b"", 400, "the body is empty; send JSON"),
        ("POST", "/v1/facts", b" \n", 400, "the body is empty; send JSON"),
        ("PUT", "/v1/customers", b'{"source":"\xff"}', 400, "is not UTF-8 at byte 12"),
        ("POST", "/v1/keys", b"null", 400, "Expected `object`"),
        ("PUT", "/v1/customers", b'"' + b"x" * (17 << 20) + b'"', 413, ""),
    ],
    ids=lambda value: None if isinstance(value, int) else str(value)[:60],
)
def test_bad_requests_get_a_problem_document(
    client: TestClient[Litestar],
    key: MakeKey,
    method: str,
    path: str,
    body: bytes,
    status: int,
    detail: str,
) -> None:
    headers = {**JSON, **key()}
    answer = client.request(method, path, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert detail in answer.json()["detail"]
    assert answer.json()["status"] == status


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "text/json"]
)
@pytest.mark.parametrize("path", ["/v1/customers", "/v1/accounts"])
def test_what_does_not_say_that_it_is_json_is_not_read_as_json(
    client: TestClient[Litestar], key: MakeKey, path: str, kind: str
) -> None:
    body = b'{"source":"s","customers":[{"id":"c"}]}'
    answer = client.put(path, content=body, headers={**key(), "Content-Type": kind})
    assert answer.status_code == 415
    assert answer.json()["detail"] == "the content type is not application/json"


def test_the_content_type_may_say_more(client: TestClient[Litestar], key: MakeKey) -> None:
    body = b'{"source":"s","customers":[{"id":"c"}]}'
    said = {**key(), "Content-Type": "Application/JSON; charset=utf-8"}
    assert client.put("/v1/customers", content=body, headers=said).status_code == 200
