"""Who really owns a customer, what a dated policy says of it, and a proof of the answer.

Five functions, each the whole of one command: ``attribute``, ``explain``, ``open_snapshot``,
``screen`` and ``verify``. They are loaded when first asked for, so importing the package costs
nothing; ``__init__.pyi`` tells type checkers what they are.

>>> import clearance
>>> clearance.screen.__name__
'screen'
"""

from __future__ import annotations

from importlib import import_module

__all__ = ["attribute", "explain", "open_snapshot", "screen", "verify"]

_HOME = {
    "attribute": "attributing",
    "explain": "explaining",
    "open_snapshot": "referencing",
    "screen": "screening",
    "verify": "verifying",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'clearance' has no attribute {name!r}")
    return getattr(import_module(f"clearance.bootstrap.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
