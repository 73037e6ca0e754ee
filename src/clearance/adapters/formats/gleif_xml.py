"""GLEIF's XML files: LEIData, RelationshipData, ReportingExceptionData, read record by record.

A record's place is its number in the file. Namespaces vary between versions and are not looked at.
The file's own ContentDate dates its exceptions, which have no date of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from clearance.adapters.formats.batch import Batch
from clearance.adapters.formats.columns import Gathered
from clearance.adapters.formats.gleif_json import Records
from clearance.adapters.formats.gleif_tree import Tree
from clearance.adapters.formats.head import Head
from clearance.adapters.formats.source import Source

_ROOT = re.compile(r"<(?:\w+:)?(?:LEIData|RelationshipData|ReportingExceptionData)[\s>]")
_DATED = "ContentDate"
_UNREAD = frozenset(
    {"OtherAddresses", "TransliteratedOtherAddresses", "Geocoding", "LegalEntityEvents"}
)
_READ = ("{*}LEIRecord", "{*}RelationshipRecord", "{*}Exception", "{*}" + _DATED)


def recognises(head: Head) -> bool:
    """An XML document with one of the three roots."""
    return head.shape == "xml" and _ROOT.search(head.text[:4096]) is not None


def read(source: Source) -> Iterator[Batch]:
    """Every record of the source.

    Raises:
        SourceError: the document is cut off or not well formed, with the line and the last record.
    """
    gathered = Gathered(source.name)
    takes = Records(gathered)
    number, dated = 0, ""
    try:
        for element in _elements(source):
            if _local(str(element.tag)) == _DATED:
                dated = element.text or ""
                continue
            number += 1
            record: Tree = {_DATED: dated}
            tree = _tree(element)
            if isinstance(tree, dict):
                record |= tree
            takes.take(number, record)
            _forget(element)
            if gathered.full:
                yield gathered.take()
    except etree.XMLSyntaxError as error:
        raise source.error(
            f"the XML is broken or cut off after record {number}: {error.msg}",
            line=error.lineno,
            remedy="fetch the file again",
        ) from None
    yield gathered.take()


def _elements(source: Source) -> Iterator[etree._Element]:
    parsing = etree.iterparse(
        source.reader(),
        events=("end",),
        tag=_READ,
        encoding="utf-8",
        no_network=True,
        resolve_entities=False,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in parsing:
        yield element


def _tree(element: etree._Element) -> object:
    """An element as nested objects; a repeated child is a list, a leaf is its text."""
    children = list(element.iterchildren(etree.Element))
    if not children:
        return element.text or ""
    found: Tree = {}
    for child in children:
        name = _local(str(child.tag))
        if name in _UNREAD:
            continue
        value = _tree(child)
        known = found.get(name)
        if known is None:
            found[name] = value
        elif type(known) is list:
            known.append(value)
        else:
            found[name] = [known, value]
    return found


@lru_cache(maxsize=1 << 10)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _forget(element: etree._Element) -> None:
    """Free a record and what stands before it, so that memory does not grow."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
