"""The network commands as a user meets them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from clearance.cli import app

SOURCES = Path(__file__).parents[1] / "data" / "networks" / "sources.toml"


class Run:
    """``clearance network …`` in a folder that holds ``networks.mmdb``."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: object) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        self._monkeypatch.setattr(sys, "argv", ["clearance", "network", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            app.main()
        out, err = self._capsys.readouterr()
        code = caught.value.code
        return (code if isinstance(code, int) else 0), out, err


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1762128000")
    run = Run(monkeypatch, capsys)
    code, out, err = run("build", "networks.mmdb", SOURCES)
    assert (code, err) == (0, "")
    assert "256 IPv4 addresses placed in a country, 192 by two or more, 33.3% of these" in out
    return run


def test_lookup_shows_every_vote_and_who_agrees(run: Run) -> None:
    code, out, _ = run("lookup", "192.0.2.20", "8.0.0.1", "127.0.0.1", "--as-of", "2025-12-20")
    assert code == 0
    assert "192.0.2.20 in 192.0.2.16/28" in out
    assert "│ second-opinion       │ XA      │ 64496 │" in out
    assert "country: XA by 2 independent sources (example-maps, second-opinion)" in out
    assert "anonymised: 2 independent sources (vpn-list, kinds)" in out
    assert "stale: second-opinion\n  stale: kinds\n8.0.0.1 in " in out
    assert "no source knows this address\n127.0.0.1 in " in out
    assert out.endswith("reserved: nobody on the Internet sends from here\n")


def test_lookup_as_json(run: Run) -> None:
    code, out, _ = run(
        "lookup", "203.0.113.9", "8.0.0.1", "--as-of", "2025-11-03", "--format", "json"
    )
    found, unknown = json.loads(out)["addresses"]
    assert code == 0
    assert unknown == {
        "address": "8.0.0.1",
        "network": "8.0.0.0/7",
        "carried": None,
        "known": False,
        "stale": [],
    }
    assert found["votes"][1] == {
        "source": "vpn-list", "kinds": ["vpn"], "operator": "Example VPN", "as_of": "2025-11-02",
    }  # fmt: skip
    assert found["anonymised"] == {"what": "anonymised", "sources": ["vpn-list"], "voices": 1}
    assert found["kinds"][0] == {"what": "relay", "sources": ["kinds"], "voices": 1}
    assert (found["countries"], found["stale"]) == ([], ["kinds"])


@pytest.mark.parametrize(("day", "code", "stale"), [("2025-10-31", 0, 0), ("2025-11-01", 1, 1)])
def test_info_ends_with_one_if_a_source_is_stale(run: Run, day: str, code: int, stale: int) -> None:
    found, out, _ = run("info", "networks.mmdb", "--as-of", day)
    assert (found, out.count("stale: ")) == (code, stale)
    found, out, _ = run("info", "networks.mmdb", "--as-of", day, "--format", "json")
    sources = json.loads(out)["sources"]
    assert (found, sum(source["stale"] for source in sources)) == (code, stale)
    assert sources[0]["id"] == "iana-special-purpose"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("lookup", "192.0.2"), 2, "'192.0.2' is no address"),
        (("lookup", "192.0.2.1", "--database", "none.mmdb"), 2, "none.mmdb: no such file"),
        (("lookup", "192.0.2.1", "--as-of", "today"), 2, "--as-of: 'today' is no"),
        (("build", "n.mmdb", "none.csv"), 2, "none.csv: there is no such file"),
        (("build", "none/n.mmdb", SOURCES), 4, "cannot be written"),
        (("build", "n.mmdb", "broken.csv"), 3, "broken.csv:2: "),
    ],
)
def test_what_is_wrong_is_one_line(
    run: Run, tmp_path: Path, words: tuple[object, ...], code: int, message: str
) -> None:
    broken = "# Generated: Sat, 01 Nov 2025 04:00:00 GMT\n1,0,XA\n# Vendor: V\n"
    (tmp_path / "broken.csv").write_text(broken)
    found, out, err = run(*words)
    assert (found, out) == (code, "")
    assert message in err
    assert err.count("\n") == 1
