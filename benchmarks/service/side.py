"""Beside ours: uvicorn and FastAPI that read the same question and answer a constant.

They live in an environment of their own in the benchmark's folder, made from the package index the
first time.
"""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from benchmarks.service import wire

PACKAGES = ("fastapi==0.165.0", "uvicorn==0.54.0", "uvloop==0.23.0", "httptools==0.9.0")
APP = """
from fastapi import FastAPI

app = FastAPI()
ANSWER = {"decision": True, "context": {"outcome": "allow", "text": "x" * 600}}


@app.get("/health/ready")
async def ready() -> dict[str, str]:
    return {"status": "ready"}


@app.post("/access/v1/evaluation")
async def evaluation(asked: dict[str, object]) -> dict[str, object]:
    return ANSWER
"""


def fastapi(folder: Path) -> Mapping[str, float]:
    """What wrk measured of it, asked what ours is asked."""
    python = _environment(folder / "peers")
    (folder / "constant.py").write_text(APP)
    command = [
        "taskset", "-c", wire.DECIDES, str(python), "-m", "uvicorn", "constant:app",
        "--app-dir", str(folder), "--workers", "1", "--port", str(wire.PORT),
        "--no-access-log", "--log-level", "warning", "--loop", "uvloop", "--http", "httptools",
    ]  # fmt: skip
    process = subprocess.Popen(command)
    try:
        _wait(process)
        wire.wrk(folder / "one.lua", seconds=2)
        return wire.wrk(folder / "one.lua")
    finally:
        process.terminate()
        process.wait(30)


def _environment(folder: Path) -> Path:
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        quiet = ("--quiet", "--disable-pip-version-check", "--only-binary", ":all:")
        subprocess.run([str(python), "-m", "pip", "install", *quiet, *PACKAGES], check=True)
        (folder / "ready").touch()
    return python


def _wait(process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        assert process.poll() is None, "it did not start"
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{wire.PORT}/health/ready").close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("it does not listen")
