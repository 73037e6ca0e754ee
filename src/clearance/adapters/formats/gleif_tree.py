"""One way into GLEIF records, however they are written.

A record is nested objects whose leaves are texts. XML elements and JSON are brought to that shape
on the way in: JSON may wrap each text as ``{"$": text}`` beside attributes, may repeat an element
as a list, and writes an absent one as ``{}``.
"""

from __future__ import annotations

Tree = dict[str, object]


def at(node: object, *path: str) -> object:
    """The node under a path of names; of a repeated element the first; ``None`` where none is."""
    for name in path:
        if type(node) is list:
            node = node[0] if node else None
        if type(node) is not dict:
            return None
        node = node.get(name)
    return node


def text_at(node: object, *path: str) -> str:
    """The text under a path, trimmed; ``""`` where there is none.

    >>> text_at({"LEI": {"$": " 5493 "}}, "LEI")
    '5493'
    """
    leaf = at(node, *path)
    if type(leaf) is list:
        leaf = leaf[0] if leaf else None
    if type(leaf) is dict:
        leaf = leaf.get("$")
    return leaf.strip() if type(leaf) is str else ""


def each(node: object, plural: str, singular: str) -> list[object]:
    """The members of a repeated element, with or without the element that groups them.

    >>> each({"Names": {"Name": {"$": "A"}}}, "Names", "Name")
    [{'$': 'A'}]
    """
    group = at(node, plural)
    if type(group) is dict and singular in group and type(group[singular]) is not str:
        group = group[singular]
    if type(group) is list:
        return group
    return [group] if group else []
