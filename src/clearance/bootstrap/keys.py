"""Keys of the management API, made and ended at the machine itself."""

from __future__ import annotations

from collections.abc import Iterable

from clearance.adapters.sql.changing import changing
from clearance.adapters.sql.keys import Key, Keys, create_key, revoke_key, rotate_key
from clearance.bootstrap.state import opened
from clearance.usecases.scopes import Scope, scopes_of

_DAY = 86_400


def create(
    place: str, by: str, name: str, scopes: Iterable[str], days: int | None = None
) -> tuple[Key, str]:
    """A key and its token, which is never shown again; ``all`` stands for every scope.

    Raises:
        InputError: one of the scopes is none, or there is no state.
    """
    words = list(scopes)
    held = frozenset(Scope) if words == ["all"] else scopes_of(words)
    with opened(place) as database, changing(database, by) as change:
        return create_key(change, name, held, None if days is None else days * _DAY)


def rotate(place: str, by: str, id: str, overlap: int) -> tuple[Key, str]:
    """A key's successor and its token; the old one works on for some seconds.

    Raises:
        InputError: there is no such key, or it is over.
    """
    with opened(place) as database, changing(database, by) as change:
        return rotate_key(change, id, overlap)


def revoke(place: str, by: str, id: str) -> None:
    """End a key now.

    Raises:
        InputError: there is no such key, or it is over.
    """
    with opened(place) as database, changing(database, by) as change:
        revoke_key(change, id)


def every(place: str) -> list[Key]:
    """Every key there was."""
    with opened(place) as database:
        return Keys(database).all()
