"""Remembering what was made, in bounded memory."""

from __future__ import annotations

from typing import Generic, TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")


class Kept(Generic[_K, _V]):
    """A table that starts anew when it is full: what is made again is equal, so nothing is lost.

    >>> squares = Kept[int, int](most=2)
    >>> squares.put(2, 4), squares.put(3, 9), squares.put(4, 16)
    (4, 9, 16)
    >>> squares.get(2), squares.get(4)
    (None, 16)
    """

    __slots__ = ("_made", "_most", "get")

    def __init__(self, most: int) -> None:
        self._made: dict[_K, _V] = {}
        self._most = most
        self.get = self._made.get

    def put(self, key: _K, value: _V) -> _V:
        """Keep a value, and hand it back."""
        if len(self._made) >= self._most:
            self.forget()
        self._made[key] = value
        return value

    def forget(self) -> None:
        """Start anew."""
        self._made.clear()
