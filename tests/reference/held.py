"""What is held in a subject: blocks, each one holder's or several holders' together."""

from __future__ import annotations

from dataclasses import dataclass

from tests.reference.ends import NONE, End


@dataclass(frozen=True, slots=True)
class Block:
    """What one holder, or several together, have in a subject."""

    subject: str
    holders: tuple[str, ...]
    low: End
    high: End
    attributed: bool = False
    stated: bool = True
    components: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    """Which of the holders state no share of their own."""


@dataclass(frozen=True, slots=True)
class Held:
    """The blocks that others have in a subject, and what it holds in itself."""

    blocks: tuple[Block, ...] = ()
    own_low: End = NONE
    own_high: End = NONE
