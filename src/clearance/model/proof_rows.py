"""A stated interest as a plain JSON value, and back: exactly what the checker compares."""

from __future__ import annotations

import re

from clearance.model.dates import Moment, Period, parse_date, text_of, text_of_day
from clearance.model.errors import InputError
from clearance.model.interest import Direct, Interest, InterestType
from clearance.model.plain import Fields, Json, fraction_text, percent_text
from clearance.model.share import Share, Unspecified

_INTERVAL = re.compile(r"([\[(])([\d./]+),([\d./]+)([\])])")


def share_text(share: Share | Unspecified) -> str:
    """A share in interval notation.

    >>> share_text(Share.of_percent(minimum="25", maximum="50", exclusive_minimum=True))
    '(25,50]'
    """
    if isinstance(share, Unspecified):
        return "?" + share.reason
    low, high = percent_text(share.minimum), percent_text(share.maximum)
    if low == high:
        return low
    left = "(" if share.exclusive_minimum else "["
    return f"{left}{low},{high}{')' if share.exclusive_maximum else ']'}"


def share_of_text(text: str) -> Share | Unspecified:
    """The share such a text stands for.

    Raises:
        InputError: no interval of the whole.
    """
    if text.startswith("?"):
        return Unspecified(text[1:])
    matched = _INTERVAL.fullmatch(text)
    if matched is None:
        return Share.exact(fraction_text(text))
    left, low, high, right = matched.groups()
    return Share(fraction_text(low), fraction_text(high), left == "(", right == ")")


def moment_text(moment: Moment | None) -> str:
    """A date as it was stated, or the two days it lies between; empty where not stated."""
    if moment is None:
        return ""
    text = text_of(moment) or ""
    if parse_date(text) == moment:
        return text
    return f"{text_of_day(moment.first)}..{text_of_day(moment.last)}"


def moment_of_text(text: str) -> Moment | None:
    """The date such a text stands for."""
    if not text:
        return None
    first, dots, last = text.partition("..")
    if not dots:
        return parse_date(text)
    moment = Moment(parse_date(first).first, parse_date(last).last)
    if moment.first > moment.last:
        raise InputError(f"{text!r} ends before it starts", remedy="write the earlier day first")
    return moment


def interest_json(row: Interest) -> dict[str, Json]:
    """One stated interest; fields at their defaults are left out."""
    found: dict[str, Json] = {
        "holder": row.interested_party,
        "subject": row.subject,
        "type": row.type.name,
        "share": share_text(row.share),
    }
    texts = (
        ("start", moment_text(row.period.start)),
        ("end", moment_text(row.period.end)),
        ("source", row.source),
        ("statement", row.statement),
        ("record", row.record),
        ("joint", row.joint),
        ("detail", row.detail),
        ("direct", "" if row.direct is Direct.DIRECT else row.direct.value),
    )
    found.update((name, text) for name, text in texts if text)
    if row.attributed:
        found["attributed"] = True
    if row.consolidation:
        found["consolidation"] = True
    if row.components:
        found["components"] = list(row.components)
    return found


def interest_from_json(fields: Fields) -> Interest:
    """The interest such an object stands for."""
    name = fields.text("type")
    if name not in InterestType.__members__:
        raise fields.fault("type", f"{name!r} is no interest type")
    row = Interest(
        fields.text("holder"),
        fields.text("subject"),
        InterestType[name],
        share_of_text(fields.text("share")),
        Period(moment_of_text(fields.text("start", "")), moment_of_text(fields.text("end", ""))),
        fields.text("source", ""),
        fields.text("statement", ""),
        fields.text("record", ""),
        fields.one_of(fields.text("direct", "direct"), Direct, "direct"),
        fields.flag("attributed"),
        fields.texts("components"),
        fields.text("joint", ""),
        fields.flag("consolidation"),
        fields.text("detail", ""),
    )
    fields.done()
    return row
