"""A number that others wrote in digits, read where it may be that large, whatever its length."""

from __future__ import annotations


def natural(text: str, most: int) -> int | None:
    """A number from 0 to ``most`` in ASCII digits alone; ``None`` where it is none.

    Digits beyond those of ``most`` are not turned into a number: thousands of them are an error
    of the interpreter, or its time.

    >>> natural("0042", 99), natural("100", 99), natural("-1", 99), natural("9" * 5000, 99)
    (42, None, None, None)
    """
    plain = text.lstrip("0") or text[-1:]
    if not (plain.isascii() and plain.isdigit()) or len(plain) > len(str(most)):
        return None
    found = int(plain)
    return found if found <= most else None
