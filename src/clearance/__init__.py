"""Who really owns a customer, what a dated policy says of it, and a proof of the answer.

Five functions, each the whole of one command: ``open_snapshot``, ``screen``, ``attribute``,
``explain`` and ``verify``. They are loaded when they are first used, so that importing the package
costs nothing.
"""

from __future__ import annotations
