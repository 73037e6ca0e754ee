"""Requests through Envoy: it asks the decision point, and answers itself what may pass."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from benchmarks.service import wire, world

ROOT = Path(__file__).parents[2]
ENVOY = ROOT / ".venv-envoy" / "bin" / "envoy"
NGINX = ("nginx", "-c")
IN = 18_181
WORKERS = "2"
CONSTANT = """worker_processes 1;
daemon off;
error_log /dev/null;
pid {folder}/nginx.pid;
events {{}}
http {{
  access_log off;
  keepalive_requests 1000000000;
  server {{
    listen 127.0.0.1:{port};
    location / {{ return 200; }}
  }}
}}
"""


def through(folder: Path, accounts: int) -> Mapping[str, float]:
    """What wrk measured in front of Envoy; the file is the guide's, with an answer of its own."""
    _script(folder / "gateway.lua", accounts)
    world.fresh_log(folder)
    with wire.server(folder, "--proxy", "127.0.0.1", "--header", "account=X-Account"):
        return _through(folder)


def beside(folder: Path, accounts: int) -> Mapping[str, float]:
    """The same where nginx answers Envoy's every question with yes: what Envoy alone can do."""
    _script(folder / "gateway.lua", accounts)
    (folder / "nginx.conf").write_text(CONSTANT.format(folder=folder, port=wire.PORT))
    nginx = subprocess.Popen(["taskset", "-c", wire.DECIDES, *NGINX, str(folder / "nginx.conf")])
    try:
        return _through(folder)
    finally:
        nginx.terminate()
        nginx.wait(30)


def _through(folder: Path) -> Mapping[str, float]:
    guide = (ROOT / "docs" / "guides" / "gateway.md").read_text()
    config = json.loads(guide.split("`envoy.json`:\n\n```json\n")[1].split("\n```")[0])
    text = json.dumps(_answering(config)).replace("8180", str(wire.PORT)).replace("8080", str(IN))
    (folder / "envoy.json").write_text(text)
    envoy = subprocess.Popen(
        [str(ENVOY), "-c", str(folder / "envoy.json"), "--concurrency", WORKERS, "-l", "off",
         "--disable-hot-restart"]
    )  # fmt: skip
    try:
        _wait()
        wire.wrk(folder / "gateway.lua", 2, f"http://127.0.0.1:{IN}")
        return wire.wrk(folder / "gateway.lua", url=f"http://127.0.0.1:{IN}")
    finally:
        envoy.terminate()
        envoy.wait(30)


def _answering(config: dict[str, object]) -> object:
    """The configuration with a route that Envoy answers."""
    text = json.dumps(config)
    return json.loads(
        text.replace('"route": {"cluster": "service"}', '"direct_response": {"status": 200}')
    )


def _script(file: Path, accounts: int) -> None:
    file.write_text(f"""local made, at = {{}}, 0
init = function()
  for place = 1, 4096 do
    local account = "a-" .. place * 7919 % {accounts}
    made[place] = wrk.format("GET", "/chat", {{ ["X-Account"] = account }})
  end
end
request = function()
  at = at % #made + 1
  return made[at]
end
""")


def _wait() -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{IN}/")
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
