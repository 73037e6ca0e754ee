"""An implementation that shares nothing with ours checks our tiles, checkpoints and receipts."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.adapters.ledger.logs import KEY, filled, leaf

from clearance.adapters.ledger.export import export
from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.writer import LogWriter

SOURCE = Path(__file__).parents[1] / "oracle" / "main.go"
SUMDB = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checker, built from Debian's own package of golang.org/x/mod."""
    go = shutil.which("go")
    if go is None or not SUMDB.is_dir():
        pytest.skip("golang-go and golang-golang-x-mod-dev are not installed")
    built = tmp_path_factory.mktemp("oracle") / "check"
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode",
                   "GOCACHE": str(built.parent / "cache"), "CGO_ENABLED": "0"}  # fmt: skip
    subprocess.run([go, "build", "-o", built, SOURCE], env=environment, check=True, timeout=200)
    return built


def _said(oracle: Path, *arguments: object) -> str:
    words = [str(one) for one in (oracle, *arguments)]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout


def test_another_implementation_checks_what_is_exported(oracle: Path, tmp_path: Path) -> None:
    place, folder, earlier = filled(tmp_path / "log.db", 300), tmp_path / "out", tmp_path / "seen"
    with LogReader.open(place) as reader:
        earlier.write_text(reader.checkpoint())
    with LogWriter.open(place, KEY) as log:
        for at in range(66_000):
            log.append(leaf(f"n{at}"), f"n{at}")
    handed: list[Path] = []
    with LogReader.open(place) as reader:
        assert export(reader, folder).size == 66_300
        for index in (0, 255, 256, 65_535, 65_536, 66_299):
            stored = reader.at(index)
            assert stored is not None
            receipt, entry = tmp_path / f"{index}.tlog-proof", tmp_path / f"{index}.entry"
            receipt.write_text(reader.receipt(index).text)
            entry.write_bytes(stored.leaf)
            handed += [receipt, entry]
    key = KEY.verifier.text
    assert _said(oracle, folder, key, earlier, *handed) == "66300 entries hold\n"
    assert "fails" in _said(oracle, folder, key, earlier, handed[0], handed[3])
    assert "fails" in _said(oracle, folder, key.replace("+A", "+B"), earlier)
    tile = folder / "tile" / "0" / "003"
    data = bytearray(tile.read_bytes())
    data[77] ^= 4
    tile.write_bytes(data)
    assert "fails" in _said(oracle, folder, key)
