"""How and since when somebody is served, as files of customers and of accounts say it."""

from __future__ import annotations

from clearance.model.dates import ALWAYS, day_of
from clearance.model.errors import InputError, shown
from clearance.model.spelling import meant
from clearance.policy.facts import CHANNELS


def channel(text: str) -> str:
    """The channel that a word names; empty where nothing is said.

    Raises:
        InputError: it names none.
    """
    if text and text not in CHANNELS:
        remedy = meant(text, tuple(CHANNELS), f"write one of {', '.join(CHANNELS)}")
        raise InputError(f"{shown(text)} is no channel", remedy=remedy)
    return text


def opened(text: str) -> int:
    """The day since when; ``ALWAYS`` where nothing is said.

    Raises:
        InputError: it is no day.
    """
    return day_of(text) if text else ALWAYS
