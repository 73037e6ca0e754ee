"""``python -m tests.fuzz SECONDS [TARGET …]``: new bytes for every parser, until the time is over.

What fails is kept under ``build/fuzz`` and told with the draw that made it; the exit code is 1
then.
"""

from __future__ import annotations

import shutil
import sys
import time
import traceback
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from random import Random, SystemRandom
from tempfile import mkdtemp

from tests.fuzz.mutation import mutated
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

KEPT = Path("build/fuzz")


def main(words: Sequence[str]) -> int:
    """Fuzz each target for its share of the time; how many failed."""
    seconds = float(words[0]) if words else 60.0
    names = words[1:] or list(TARGETS)
    failed = [name for name in names if not _fuzzed(name, TARGETS[name], seconds / len(names))]
    return 1 if failed else 0


def _fuzzed(name: str, target: Target, seconds: float) -> bool:
    """Did nothing fail? Ends with the first that does."""
    seeds, end, tries = target.seeds(), time.monotonic() + seconds, 0
    begin = SystemRandom().getrandbits(32)
    while time.monotonic() < end:
        data = mutated(seeds, Random(begin + tries))
        tries += 1
        folder = Path(mkdtemp(prefix="fuzz-"))
        try:
            target.run(data, folder)
        except Exception:
            file = KEPT / f"{name}-{sha256(data).hexdigest()[:12]}.bin"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            traceback.print_exc()
            _tell(f"{name}: FAILED at try {tries}, draw {begin + tries - 1}: {file}")
            return False
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    _tell(f"{name}: {tries:,} tries, nothing failed")
    return True


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
