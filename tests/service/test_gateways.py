"""Real gateways in front: nginx and Caddy by forward-auth, Envoy by ext_authz over HTTP.

Each holds a chat service that answers ``hello``; the client comes from 127.0.0.2, so that it is not
the proxy. A program that is not installed is skipped, and said.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.service.running import Served, fetch, free_port, prepared, running, served
from tests.service.scene import asking
from tests.service.test_wire import REFUSED

from clearance.adapters.ledger.reader import LogReader

ROOT = Path(__file__).parents[2]
CLIENT = "127.0.0.2"
FORWARD = ("--proxy", "127.0.0.1", "--header", "account=X-Account")


class Hello(BaseHTTPRequestHandler):
    """The service behind."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *words: Any) -> None:
        """Says nothing."""


@contextmanager
def behind() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hello)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def program(name: str) -> str:
    """A program's path, or a skip."""
    own = ROOT / ".venv-envoy" / "bin" / name
    found = shutil.which(name) or (str(own) if own.exists() else None)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


GUIDE = (ROOT / "docs" / "guides" / "gateway.md").read_text(encoding="utf-8")


def configured(name: str, folder: Path, port: int, point: int, service: int) -> str:
    """The guide's own file, with the ports of this test and places that need no rights."""
    text = GUIDE.split(f"`{name}`:\n\n```")[1].partition("\n")[2].partition("\n```")[0]
    for told, meant in ((8080, port), (8180, point), (9000, service)):
        text = text.replace(str(told), str(meant))
    if name == "nginx.conf":
        own = f"daemon off; pid {folder}/pid; error_log {folder}/error.log;"
        places = "".join(f"{one}_temp_path {folder}/{one};" for one in TEMPORARY)
        api = f"location /access/ {{ proxy_pass http://127.0.0.1:{point}; }}"
        text = f"{own}\n{text}".replace("http {", f"http {{ access_log off; {places}", 1)
        return text.replace("location / {", f"{api}\n    location / {{", 1)
    return "{\n  admin off\n}\n" + text if name == "Caddyfile" else text


TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
FILES = {"nginx": "nginx.conf", "caddy": "Caddyfile", "envoy": "envoy.json"}


@dataclass(frozen=True)
class Gateway:
    """A gateway in front of a decision point."""

    url: str
    point: Served

    def get(self, account: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers that a client gets."""
        told = {"X-Api-Account": account, "X-Account": account, **headers}
        status, seen, body = fetch(f"{self.url}/chat?x=1", None, told, CLIENT)
        return status, body, dict(seen)


@contextmanager
def gateway(name: str, folder: Path) -> Iterator[Gateway]:
    path, port = program(name), free_port()
    options = [*FORWARD, *(("--legal-status", "403") if name == "nginx" else ())]
    with behind() as service, served(prepared(folder), *options) as point:
        file = folder / FILES[name]
        file.write_text(configured(file.name, folder, port, point.port, service))
        commands = {
            "nginx": [path, "-e", str(folder / "error.log"), "-c", str(file)],
            "caddy": [path, "run", "--adapter", "caddyfile", "--config", str(file)],
            "envoy": [
                path,
                "-c",
                str(file),
                "--concurrency",
                "1",
                "-l",
                "warn",
                "--disable-hot-restart",
            ],
        }
        home = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
        with running(commands[name], port, folder, **home):
            yield Gateway(f"http://127.0.0.1:{port}", point)


@pytest.mark.parametrize("name", ["nginx", "caddy", "envoy"])
def test_a_gateway_passes_on_who_may_and_refuses_who_may_not(name: str, tmp_path: Path) -> None:
    with gateway(name, tmp_path) as here:
        assert here.get("fine")[:2] == (200, b"hello")
        found = {
            account: here.get(account) for account in ("contract", "law", "leaving", "nobody", "")
        }
        assert {account: one[0] for account, one in found.items()} == {
            "contract": 403,
            "law": 451,
            "leaving": 403,  # its wind-down is over
            "nobody": 403,
            "": 403,
        }
        assert not any(b"hello" in body for _, body, _ in found.values())
        if name != "nginx":
            _, body, told = found["law"]
            assert json.loads(body)["status"] == 451
            assert 'rel="blocked-by"' in told["link"]
        last = here.point.stop()
        assert (last["log_size"], last["lost"]) == (5, 0)


@pytest.mark.parametrize("name", ["nginx", "caddy", "envoy"])
def test_what_a_client_invents_about_its_address_is_not_believed(name: str, tmp_path: Path) -> None:
    with gateway(name, tmp_path) as here:
        here.get("fine", **{"X-Forwarded-For": "192.0.2.1"})
        here.point.stop()
    with LogReader.open(here.point.log) as reader:
        stored = reader.at(0)
        assert stored is not None
        assert [(one.field, one.value) for one in stored.sealed] == [("ip", CLIENT)]


@pytest.mark.parametrize("name", ["nginx", "caddy", "envoy"])
def test_without_a_decision_point_nobody_is_passed_on(name: str, tmp_path: Path) -> None:
    with gateway(name, tmp_path) as here:
        here.point.stop()
        status, body, _ = here.get("fine")
        assert status >= 400
        assert body != b"hello"


def test_no_shape_of_request_smuggles_a_decision_past_nginx(tmp_path: Path) -> None:
    """Every answer that a client got is in the log, and nothing else is."""
    question = json.dumps(asking("fine")).encode()
    inner = (
        b"POST /access/v1/evaluation HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\nConnection: close\r\n\r\n%b" % (len(question), question)
    )
    answers = 0
    with gateway("nginx", tmp_path) as here:
        port = int(here.url.rpartition(":")[2])
        for _, raw, _ in REFUSED:
            shaped = raw.replace(b" / HTTP", b" /access/v1/evaluation HTTP", 1)
            with socket.create_connection(("127.0.0.1", port), timeout=2) as client:
                client.sendall(shaped + inner)
                answers += _told(client).count(b'{"decision":')
        last = here.point.stop()
    assert last["log_size"] == answers


def _told(client: socket.socket) -> bytes:
    """All that is answered; a client that left sooner would miss what nginx still asks for it."""
    said = b""
    with contextlib.suppress(TimeoutError):
        while more := client.recv(65_536):
            said += more
    return said
