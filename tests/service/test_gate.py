"""TLS and keys in front of decisions: who shows none is not answered, nor listened to beyond
loopback."""

from __future__ import annotations

import asyncio
import datetime
import http.client
import json
import signal
import socket
import ssl
from collections.abc import Awaitable, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.service.running import Served, free_port, prepared, served
from tests.service.scene import asking
from tests.service.test_serve import run

from clearance.adapters.sql.keys import Key
from clearance.bootstrap import keys
from clearance.model.errors import InputError, StorageError
from clearance.service.gate import BELIEVED, Gate, Tls, refuse_open
from clearance.service.replies import Reply
from clearance.service.wire import Request
from clearance.usecases.scopes import Scope

EVALUATION = "/access/v1/evaluation"


def certificate(folder: Path, name: str = "one") -> Tls:
    """A certificate for 127.0.0.1 that signs itself."""
    private = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    day = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(day)
        .not_valid_after(day.replace(year=2120))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    files = Tls(folder / f"{name}.pem", folder / f"{name}.key")
    files.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files.key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


def fetch(
    port: int, trusted: Path, path: str, headers: Mapping[str, str], body: object = None
) -> tuple[int, Mapping[str, str], Any]:
    """An answer over TLS, from a server that shows a certificate that is trusted."""
    context = ssl.create_default_context(cafile=str(trusted))
    link = http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=context)
    said = None if body is None else json.dumps(body)
    link.request(
        "GET" if body is None else "POST", path, said,
        {"content-type": "application/json", **headers},
    )  # fmt: skip
    reply = link.getresponse()
    text = reply.read()
    link.close()
    told = {name.lower(): value for name, value in reply.getheaders()}
    return reply.status, told, json.loads(text) if text else None


def bearer(token: str) -> Mapping[str, str]:
    return {"authorization": f"Bearer {token}", "x-request-id": "r-1"}


def test_over_tls_and_with_a_key_a_gateway_is_answered(tmp_path: Path) -> None:
    state = str(prepared(tmp_path) / "state.db")
    tls = certificate(tmp_path)
    _, good = keys.create(state, "tests", "gateway", ["decisions:ask"])
    _, other = keys.create(state, "tests", "other", ["decisions:read", "customers:read"])
    manage = free_port()
    options = (
        "--tls-cert", str(tls.certificate), "--tls-key", str(tls.key), "--keys",
        "--manage", f"127.0.0.1:{manage}", "--proxy", "127.0.0.1", "--header", "account=X-Account",
    )  # fmt: skip
    with served(tmp_path, *options) as here:

        def ask(headers: Mapping[str, str]) -> tuple[int, Mapping[str, str], Any]:
            return fetch(here.port, tls.certificate, EVALUATION, headers, asking("fine"))

        status, told, answer = ask(bearer(good))
        assert (status, answer["context"]["policy"]["id"]) == (200, "tests")
        assert ask({"x-clearance-key": good})[0] == 200
        for wrong in ({}, bearer(""), bearer(good[:-1] + "!"), {"authorization": good}):
            status, told, _ = ask(wrong)
            assert (status, told["www-authenticate"]) == (401, 'Bearer realm="clearance"'), wrong
            assert told.get("x-request-id") == wrong.get("x-request-id")
        status, _, problem = ask(bearer(other))
        assert (status, problem["detail"]) == (403, "the key lacks the scope decisions:ask")
        assert fetch(here.port, tls.certificate, "/health/ready", {})[0] == 200
        account = {"x-account": "law"}
        assert fetch(here.port, tls.certificate, "/check", account)[0] == 401
        with_key = {**account, "x-clearance-key": good, "authorization": "Bearer of-the-client"}
        assert fetch(here.port, tls.certificate, "/check", with_key)[0] == 451
        assert fetch(manage, tls.certificate, "/v1/customers", bearer(other))[0] == 200
        _plain_bytes_are_no_tls(here)
        assert ask(bearer(good))[0] == 200
        newer = _another_certificate_is_shown(here, tls, tmp_path, good)
        assert fetch(manage, newer.certificate, "/v1/customers", bearer(other))[0] == 200
        here.stop()


def _plain_bytes_are_no_tls(here: Served) -> None:
    with socket.create_connection(("127.0.0.1", here.port), timeout=30) as link:
        link.sendall(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        assert not link.recv(100).startswith(b"HTTP")


def _another_certificate_is_shown(here: Served, tls: Tls, folder: Path, good: str) -> Tls:
    """After a hangup, without a stop; one that cannot be read changes nothing."""
    newer = certificate(folder, "newer")
    tls.certificate.write_bytes(newer.certificate.read_bytes())
    here.process.send_signal(signal.SIGHUP)
    assert here.process.stderr is not None
    told = [json.loads(here.process.stderr.readline()) for _ in range(2)]
    assert "certificate_failed" in [one["event"] for one in told]
    tls.key.write_bytes(newer.key.read_bytes())
    here.process.send_signal(signal.SIGHUP)
    assert json.loads(here.process.stderr.readline())["event"] == "generation"
    status, _, _ = fetch(here.port, newer.certificate, EVALUATION, bearer(good), asking("fine"))
    assert status == 200
    return newer


REFUSED = (
    (("--bind", "0.0.0.0:0"), "--bind: 0.0.0.0 is not loopback: TLS and keys are missing"),
    (("--bind", "[::]:0", "--keys"), "--bind: :: is not loopback: TLS is missing"),
    (("--bind", "example.org:0"), "--bind: example.org is not loopback"),
    (("--manage", "192.0.2.1:0"), "--manage: 192.0.2.1 is not loopback: TLS is missing"),
    (("--tls-cert", "x"), "one of --tls-cert and --tls-key is missing; give both"),
    (("--tls-cert", "no.pem", "--tls-key", "no.key"), "no certificate and key: No such file"),
    (("--keys",), "--keys: keys are kept in a state; --state"),
)


@pytest.mark.parametrize(("options", "said"), REFUSED)
def test_what_is_missing_is_said_before_anybody_is_listened_to(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    prepared(tmp_path)
    files = ("--log", str(tmp_path / "log.db"), "--key", str(tmp_path / "key"))
    code, text = run("serve", *files, "--policy", "example-all-rules", *options)
    assert (code, said in text, "Traceback" in text) == (2, True, False), text


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_on_loopback_nothing_is_asked_for(host: str) -> None:
    refuse_open((host, 1), "--bind", tls=False, keys=False)


def test_beyond_loopback_both_are_enough() -> None:
    refuse_open(("0.0.0.0", 1), "--bind", tls=True, keys=True)
    with pytest.raises(InputError, match="keys are missing"):
        refuse_open(("192.0.2.1", 1), "--bind", tls=True, keys=False)


def test_a_certificate_of_another_key_is_refused(tmp_path: Path) -> None:
    one, two = certificate(tmp_path, "one"), certificate(tmp_path, "two")
    with pytest.raises(InputError, match="no certificate and key"):
        Tls(one.certificate, two.key).read()
    one.key.write_text("nothing")
    with pytest.raises(InputError, match="name a certificate and its key, both in PEM"):
        one.read()


class Clock:
    """A time that a test sets."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def asked(token: str, gate: Gate) -> int:
    request = Request("POST", EVALUATION, "", {b"x-clearance-key": token.encode()}, b"", True)
    found = gate.answer(request, "192.0.2.1")
    if isinstance(found, Reply):
        return found.status
    return asyncio.run(_awaited(found)).status


async def _awaited(waiting: Awaitable[Reply]) -> Reply:
    return await waiting


def test_a_key_is_believed_for_seconds_and_a_revoked_one_no_longer() -> None:
    clock, looked = Clock(), []
    held: dict[str, Key] = {"k": Key("k", "n", frozenset({Scope.DECISIONS_ASK}), 0, "")}

    def check(token: str) -> Key | None:
        looked.append(token)
        return held.get(token)

    gate = Gate(lambda request, peer: Reply(200, b"", b""), check, clock)
    assert [asked("k", gate), asked("k", gate), asked("x", gate), asked("x", gate)] == [
        200, 200, 401, 401,
    ]  # fmt: skip
    assert looked == ["k", "x", "x"]
    held.clear()
    assert asked("k", gate) == 200
    clock.now += BELIEVED
    assert asked("k", gate) == 401


def test_where_keys_cannot_be_looked_up_nobody_is_let_in() -> None:
    def check(token: str) -> Key | None:
        raise StorageError("is gone")

    assert asked("k", Gate(lambda request, peer: Reply(200, b"", b""), check)) == 503


def test_many_keys_are_not_remembered_for_ever() -> None:
    key = Key("k", "n", frozenset({Scope.DECISIONS_ASK}), 0, "")
    gate = Gate(lambda request, peer: Reply(200, b"", b""), lambda token: key)
    for number in range(1100):
        asked(str(number), gate)
    assert len(gate._believed) <= 1024
