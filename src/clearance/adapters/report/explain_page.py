"""One party's explanation as a self-contained page, under the report's policy, without script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clearance.adapters.drawing.style import STYLE
from clearance.adapters.drawing.svg import drawing
from clearance.adapters.report.page import asset, policy_for, render, safe
from clearance.model.dates import text_of, text_of_day
from clearance.model.party import Party
from clearance.model.rule import Rule
from clearance.model.share import range_text, rounded_percent
from clearance.model.verdict import Reached
from clearance.usecases.explain import Answered, Explanation, OwnersOf
from clearance.usecases.tree import Node, Tie, alike, nodes
from clearance.usecases.tree_picture import details_of, shares_text, tree_picture

_SHOWN = {
    Reached.CERTAIN: ("deny", "▲"),
    Reached.POSSIBLE: ("review", "◇"),
    Reached.NO: ("allow", "✓"),
}


def explain_page(explanation: Explanation) -> str:
    """The explanation as HTML."""
    picture = tree_picture(explanation)
    seen = [*nodes(explanation.upward), *nodes(explanation.downward)]
    names = {node.party.id: node.party.name for node in seen}
    return render(
        "explain.html.j2",
        _about(
            explanation.party,
            explanation.as_of,
            [answer.rule for answer in explanation.answers],
        )
        | {
            "rules": [_rule(answer, names) for answer in explanation.answers],
            "drawn": picture.title,
            "svg": safe(drawing(picture, "drawing")),
            "stated": [_stated(ties, names) for node in seen for ties in alike(node.ties)],
            "unlisted": _unlisted(seen),
        },
    )


def owners_page(party: Party, as_of: int, found: Sequence[OwnersOf]) -> str:
    """Whom the owner-finding rules name, as HTML."""
    return render(
        "owners.html.j2",
        _about(party, as_of, [one.rule for one in found])
        | {
            "rules": [
                {
                    "title": one.rule.title,
                    "in_force": one.in_force,
                    "asked": one.asked,
                    "verified": one.rule.verified,
                    "owners": [
                        {
                            "name": owner.party.name or owner.party.id,
                            "kind": owner.party.kind.word,
                            "share": range_text(owner.share),
                            "measure": owner.measure,
                            "reached": owner.reached.word,
                        }
                        for owner in one.found
                    ],
                }
                for one in found
            ]
        },
    )


def _about(party: Party, as_of: int, rules: Sequence[Rule]) -> dict[str, object]:
    """What every page on one party has: its policy and style, its facts, and citations."""
    style = asset("report.css") + STYLE
    facts = [("Id", party.id), ("Kind", party.kind.word), ("Incorporated", party.jurisdiction)]
    facts += [("Headquarters", party.headquarters), ("As of", text_of_day(as_of))]
    return {
        "csp": policy_for(style),
        "style": safe(style),
        "name": party.name or party.id,
        "facts": [(title, value) for title, value in facts if value],
        "citations": [
            f"{rule.title}: {citation.text} {citation.url}".strip()
            for rule in rules
            for citation in rule.citations
        ],
    }


def _stated(ties: Sequence[Tie], names: Mapping[str, str]) -> dict[str, str]:
    """What one source states of one holder in one party for the same days, as a row."""
    stated = [tie.interest for tie in ties]
    first = stated[0]
    marks = ("attributed", first.attributed), ("perhaps live", not ties[0].certain)
    return {
        "holder": names.get(first.interested_party) or first.interested_party,
        "subject": names.get(first.subject) or first.subject,
        "share": shares_text(stated),
        "note": ", ".join([*details_of(stated), *(mark for mark, is_so in marks if is_so)]),
        "since": text_of(first.period.start) or "",
        "until": text_of(first.period.end) or "",
        "source": first.source,
        "statement": ", ".join(dict.fromkeys(one.statement for one in stated)),
    }


def _unlisted(seen: Sequence[Node]) -> str:
    """What the trees leave out, counted."""
    more, ended = sum(node.more for node in seen), sum(node.ended for node in seen)
    left = [f"parties not listed: {more}"] if more else []
    left += [f"interests not live on the day: {ended}"] if ended else []
    return "; ".join(left).capitalize()


def _rule(answer: Answered, names: dict[str, str]) -> dict[str, object]:
    finding = answer.finding
    open_ = finding.reached is Reached.NO and (answer.could or finding.level is not None)
    word, sign = _SHOWN[Reached.POSSIBLE if open_ else finding.reached]
    return {
        "title": answer.rule.title,
        "word": word,
        "sign": sign,
        "reached": finding.reached.word,
        "told": told(answer),
        "readings": [
            {
                "name": name,
                "share": range_text(result.share),
                "measure": result.measure.value,
                "reached": result.reached.word,
            }
            for name, result in finding.readings.items()
        ],
        "steps": [
            {
                "name": names.get(step.party) or step.party,
                "reading": step.reading,
                "sum": step.sum,
                "reached": step.reached.word,
            }
            for step in answer.steps
        ],
        "missing": [
            (names.get(one.subject) or one.subject, one.what, one.settles)
            for one in finding.missing
        ],
    }


def told(answer: Answered) -> str:
    """One rule's answer in a sentence."""
    finding = answer.finding
    parts = [f"{range_text(finding.share)} of {finding.measure.value} held by restricted parties"]
    if finding.seed:
        parts = [f"restricted itself: {finding.seed}"]
    if not answer.in_force:
        parts = ["the rule is not in force on the day and reaches nobody"]
    if finding.level is not None:
        parts.append(f"strongest finding: {finding.level.value}")
    if finding.undeclared:
        rest = f"{rounded_percent(finding.undeclared, 2)} % undeclared"
        parts.append(f"{rest}, which could pass the threshold" if answer.could else rest)
    if finding.flags:
        parts.append(f"flags: {', '.join(finding.flags)}")
    return "; ".join(parts) + "."
