"""Who really owns a customer, what a dated policy says of it, and a proof of the answer.

Six functions, each the whole of one command: ``attribute``, ``explain``, ``impact``,
``open_snapshot``, ``screen`` and ``verify``; and ``Matcher``, which says who a ``Record`` is,
record by record. They are loaded when first asked for, so importing the package costs nothing;
``__init__.pyi`` tells type checkers what they are.

>>> import clearance
>>> clearance.screen.__name__
'screen'
"""

from __future__ import annotations

from importlib import import_module

__all__ = [
    "Matcher",
    "Record",
    "attribute",
    "explain",
    "impact",
    "open_snapshot",
    "screen",
    "verify",
]

_HOME = {
    "Matcher": "bootstrap.matching",
    "Record": "model.record",
    "attribute": "bootstrap.attributing",
    "explain": "bootstrap.explaining",
    "impact": "bootstrap.impacting",
    "open_snapshot": "bootstrap.referencing",
    "screen": "bootstrap.screening",
    "verify": "bootstrap.verifying",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'clearance' has no attribute {name!r}")
    return getattr(import_module(f"clearance.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
