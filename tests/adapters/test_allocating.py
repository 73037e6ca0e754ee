"""Memory that is let go is kept for a while, and given back then."""

from __future__ import annotations

import platform
import subprocess
import sys

import numpy as np
import pytest

from clearance.adapters.allocating import keeping_memory

LARGE = 64 << 20

SCRIPT = f"""
import numpy as np
from pathlib import Path
from clearance.adapters.allocating import keeping_memory

def held():
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) << 10

print(held())
with keeping_memory():
    np.ones({LARGE}, np.uint8)
    print(held())
print(held())
np.ones({LARGE}, np.uint8)
print(held())
"""


@pytest.mark.skipif(
    sys.platform != "linux" or platform.libc_ver()[0] != "glibc", reason="needs the GNU C library"
)
def test_memory_is_kept_inside_and_given_back_at_the_end() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60
    )
    before, inside, after, later = map(int, done.stdout.split())
    assert inside - before > LARGE * 3 // 4
    assert after - before < LARGE // 4
    assert later - before < LARGE // 4


def test_where_nothing_can_be_said_nothing_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with keeping_memory():
        assert np.ones(LARGE, np.uint8)[-1] == 1


def test_what_fails_inside_fails_outside() -> None:
    with pytest.raises(ValueError, match="no such rule"), keeping_memory():
        raise ValueError("no such rule")
