"""Real gateways in front: nginx and Caddy by forward-auth, Envoy by ext_authz over HTTP.

Each holds a chat service that answers ``hello``; the client comes from 127.0.0.2, so that it is not
the proxy. A program that is not installed is skipped, and said.
"""

from __future__ import annotations

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


NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      auth_request /_check;
      auth_request_set $meant $upstream_http_x_clearance_status;
      error_page 403 = @refused;
      proxy_pass http://127.0.0.1:{service};
    }}
    location = /_check {{
      internal;
      proxy_pass http://127.0.0.1:{point}/check$request_uri;
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Account $http_x_api_account;
    }}
    location @refused {{
      if ($meant = 451) {{ return 451; }}
      return 403;
    }}
    location /access/ {{ proxy_pass http://127.0.0.1:{point}; proxy_http_version 1.1; }}
  }}
}}
"""

CADDY = """
{{
  admin off
  auto_https off
}}
http://127.0.0.1:{port} {{
  forward_auth 127.0.0.1:{point} {{
    uri /check
    header_up X-Account {{http.request.header.X-Api-Account}}
    copy_headers X-Clearance-Outcome
  }}
  reverse_proxy 127.0.0.1:{service}
}}
"""


def cluster(name: str, port: int) -> dict[str, Any]:
    address = {"socket_address": {"address": "127.0.0.1", "port_value": port}}
    point = {"lb_endpoints": [{"endpoint": {"address": address}}]}
    assignment = {"cluster_name": name, "endpoints": [point]}
    return {"name": name, "type": "STATIC", "load_assignment": assignment}


def envoy(port: int, point: int, service: int) -> dict[str, Any]:
    """Envoy's configuration: ext_authz over HTTP, and fail closed."""
    types = "type.googleapis.com/envoy.extensions.filters"
    exact = [{"exact": name} for name in ("x-account", "x-forwarded-for")]
    told = [
        {"prefix": "x-clearance-"},
        {"exact": "link"},
        {"exact": "sunset"},
        {"exact": "content-type"},
    ]
    check = {
        "@type": f"{types}.http.ext_authz.v3.ExtAuthz",
        "allowed_headers": {"patterns": exact},
        "http_service": {
            "server_uri": {"uri": "http://point", "cluster": "point", "timeout": "2s"},
            "path_prefix": "/check",
            "authorization_response": {
                "allowed_upstream_headers": {"patterns": [{"prefix": "x-clearance-"}]},
                "allowed_client_headers": {"patterns": told},
            },
        },
    }
    router = {"@type": f"{types}.http.router.v3.Router"}
    manager = {
        "@type": f"{types}.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "in",
        "use_remote_address": True,
        "route_config": {
            "virtual_hosts": [
                {
                    "name": "all",
                    "domains": ["*"],
                    "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "service"}}],
                }
            ]
        },
        "http_filters": [
            {"name": "check", "typed_config": check},
            {"name": "router", "typed_config": router},
        ],
    }
    listener = {
        "address": {"socket_address": {"address": "127.0.0.1", "port_value": port}},
        "filter_chains": [{"filters": [{"name": "in", "typed_config": manager}]}],
    }
    clusters = [cluster("point", point), cluster("service", service)]
    return {"static_resources": {"listeners": [listener], "clusters": clusters}}


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
        texts = {
            "nginx": NGINX.format(folder=folder, port=port, point=point.port, service=service),
            "caddy": CADDY.format(port=port, point=point.port, service=service),
            "envoy": json.dumps(envoy(port, point.port, service)),
        }
        file = folder / f"{name}.json" if name == "envoy" else folder / name
        file.write_text(texts[name])
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
            with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
                client.sendall(shaped + inner)
                client.shutdown(socket.SHUT_WR)
                said = b"".join(iter(lambda: client.recv(65_536), b""))
            answers += said.count(b'{"decision":')
        last = here.point.stop()
    assert last["log_size"] == answers
