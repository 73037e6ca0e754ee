"""``report.html``: self-contained, under a policy that lets nothing in from outside.

1. No resource is fetched: style, script, data and drawings stand in the file.
2. The content security policy admits this style and this script by digest, and nothing else.
3. The template escapes whatever it is given and writes out what would steer; only drawings, which
   do that themselves, and the data block enter as they are.
4. The same results give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from clearance.adapters.drawing.style import STYLE
from clearance.adapters.drawing.svg import drawing
from clearance.adapters.foreign_text import visible
from clearance.adapters.report.identity import groups, open_cases, slices
from clearance.adapters.report.numbers import (
    bars,
    lead,
    left_to_people,
    reach,
    reasons,
    settling,
    tiles,
)
from clearance.adapters.report.rows import Shortlist, data_block
from clearance.adapters.report.words import number, outcome_word
from clearance.model.outcome import Outcome
from clearance.usecases.picture import Picture
from clearance.usecases.screened import Screened, ScreenSummary

NAME = "report.html"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below the numbers.

    **Shape**: ``facts`` are (name, value) pairs; ``notices`` warn (a rule not in force, something
    not verified); ``citations`` say where the policy and its rules stand written.
    """

    facts: tuple[tuple[str, str], ...]
    citations: tuple[str, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A customer worth a drawing."""

    screened: Screened
    picture: Picture


def page(
    head: Head, summary: ScreenSummary, shortlist: Shortlist, cases: Sequence[Case], drawable: int
) -> str:
    """The report as HTML.

    Args:
        head: names, dates and sources.
        summary: the portfolio in numbers.
        shortlist: who the table shows.
        cases: who is drawn, in the order of the page.
        drawable: how many customers could have been drawn.

    **Cost**: some 20 ms and what the table and drawings take.
    """
    style, script = asset("report.css") + STYLE, asset("report.js")
    anchors = {case.screened.customer.id: f"case-{at}" for at, case in enumerate(cases, 1)}
    return render(
        "report.html.j2",
        {
            "csp": policy_for(style, script),
            "style": safe(style),
            "script": safe(script),
            "title": f"Clearance report, {dict(head.facts).get('As of', '')}".rstrip(", "),
            "lead": lead(summary),
            "facts": head.facts,
            "notices": head.notices,
            "citations": head.citations,
            "tiles": tiles(summary),
            "bars": bars(summary),
            "reach": reach(summary),
            "left_told": f"{left_to_people(summary)}.",
            "kinds": settling(summary.kinds),
            "single": settling(summary.facts),
            "reasons": reasons(summary),
            "scripts": slices(summary.scripts, "no letters"),
            "regions": slices(summary.regions, "not stated"),
            "open_cases": open_cases(shortlist.answers()),
            "groups": groups(summary.groups),
            "cases": [_case(case, at) for at, case in enumerate(cases, 1)],
            "cases_told": _cases_told(len(cases), drawable),
            "table_told": _table_told(shortlist),
            "data": safe(data_block(shortlist, anchors)),
            "closing": "A customer is never allowed because nobody filed anything: what was not "
            "declared, found or read is shown as such above. Each answer’s proof can be checked "
            "with clearance verify.",
        },
    )


def render(template: str, context: Mapping[str, object]) -> str:
    """A template of this folder, everything escaped, nothing undefined."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(asset),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**context)


def policy_for(style: str, *scripts: str) -> str:
    """The content security policy that admits exactly these inline blocks.

    **Source**: W3C Content Security Policy Level 3, hash sources.
    """
    admitted = " ".join(_digest(script) for script in scripts) or "'none'"
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {admitted}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def asset(name: str) -> str:
    """A file of this folder."""
    return (files("clearance.adapters.report") / name).read_text("utf-8")


def safe(text: str) -> object:
    """Markup of our own, not to be escaped again."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704  our own assets, and drawings that escape every text


def _shown(value: object) -> object:
    """Whatever enters the page shows itself and steers nothing; our own markup stays as it is."""
    return visible(value) if type(value) is str else value


def _case(case: Case, at: int) -> dict[str, object]:
    screened = case.screened
    word = outcome_word(screened.outcome)
    names = {box.id: box.name for box in case.picture.boxes}
    return {
        "anchor": f"case-{at}",
        "word": word.word,
        "label": word.label,
        "sign": word.sign,
        "name": screened.customer.name or screened.customer.id,
        "id": screened.customer.id,
        "revenue": number(screened.customer.revenue),
        "reasons": [one for one in screened.reasons if one.outcome is not Outcome.ALLOW],
        "svg": safe(drawing(case.picture, f"drawing-{at}")),
        "lines": lines_of(case.picture),
        "missing": [
            (names.get(one.subject, one.subject), one.what, one.settles) for one in screened.missing
        ],
        "flags": screened.flags,
        "proof": screened.proof,
    }


def lines_of(picture: Picture) -> list[dict[str, str]]:
    """The drawing as rows of a table."""
    names = {box.id: box.name or box.id for box in picture.boxes}
    return [
        {
            "holder": names[line.holder],
            "subject": names[line.subject],
            "share": line.share,
            "note": line.note,
            "since": line.since,
            "until": line.until,
            "statement": line.statement,
        }
        for line in picture.lines
    ]


def _cases_told(drawn: int, drawable: int) -> str:
    if drawn >= drawable:
        return "Every denied or reviewed customer that ownership leads to, largest revenue first."
    return (
        f"{number(drawn)} of {number(drawable)} customers that ownership leads to, denied first, "
        "then by revenue. clearance explain draws any other."
    )


def _table_told(shortlist: Shortlist) -> str:
    if not shortlist.left_out:
        return "All customers. Click a heading to sort."
    return (
        "Everybody not simply allowed, and the largest of the others; "
        f"{number(shortlist.left_out)} more allowed customers stand in results.csv."
    )
