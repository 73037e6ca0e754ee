"""Functions over arrays compiled to machine code, once a machine.

1. What was compiled is kept beside the source, else in the user's cache folder, else where
   ``NUMBA_CACHE_DIR`` says; where none of them can be written, every process compiles anew.
2. What was compiled is used as long as neither its own file nor one of this folder has changed: a
   function is compiled together with those that it calls.
3. Compiled code holds no lock of the interpreter: threads search side by side.
4. No sum of fractions is reordered: the same input gives the same bits on every machine.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files
from typing import ParamSpec, TypeVar, cast

import numpy as np
from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def _sources() -> str:
    """The digest of every file of this folder."""
    texts = (one for one in files(__package__).iterdir() if one.name.endswith(".py"))
    digests = sorted(sha256(one.read_bytes()).digest() for one in texts)
    return sha256(b"".join(digests)).hexdigest()


_STAMP = _sources()


def _source_of(module: str) -> str:
    """The digest of a module's file."""
    package, _, name = module.rpartition(".")
    return sha256((files(package) / f"{name}.py").read_bytes()).hexdigest()


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code, made at its first call.

    **Cost**: seconds at the first call ever, milliseconds at the first of a process.
    """
    try:
        found = njit(function, nogil=True, cache=True)
    except RuntimeError:  # no folder for the cache can be written
        found = njit(function, nogil=True)
    else:
        own = found._cache._cache_file  # type: ignore[attr-defined]
        own._source_stamp = _STAMP, _source_of(function.__module__)  # not its date alone
    return cast(Callable[P, R], found)


@compiled
def whole(value: float | np.uint64) -> int:
    """A number of any width as a signed one: mixed with unsigned ones it would turn a fraction."""
    return np.int64(value)  # type: ignore[return-value]
