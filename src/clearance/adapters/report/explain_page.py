"""One party's explanation as a self-contained page, under the report's policy, without script."""

from __future__ import annotations

from clearance.adapters.drawing.style import STYLE
from clearance.adapters.drawing.svg import drawing
from clearance.adapters.report.page import asset, lines_of, policy_for, render, safe
from clearance.model.dates import text_of_day
from clearance.model.share import range_text, rounded_percent
from clearance.model.verdict import Reached
from clearance.usecases.explain import Answered, Explanation
from clearance.usecases.tree import nodes
from clearance.usecases.tree_picture import tree_picture

_SHOWN = {
    Reached.CERTAIN: ("deny", "▲"),
    Reached.POSSIBLE: ("review", "◇"),
    Reached.NO: ("allow", "✓"),
}


def explain_page(explanation: Explanation) -> str:
    """The explanation as HTML."""
    style = asset("report.css") + STYLE
    picture = tree_picture(explanation)
    party = explanation.party
    names = {
        node.party.id: node.party.name
        for root in (explanation.upward, explanation.downward)
        for node in nodes(root)
    }
    facts = [("Id", party.id), ("Kind", party.kind.word), ("Incorporated", party.jurisdiction)]
    facts += [("Headquarters", party.headquarters), ("As of", text_of_day(explanation.as_of))]
    return render(
        "explain.html.j2",
        {
            "csp": policy_for(style),
            "style": safe(style),
            "name": party.name or party.id,
            "facts": [(title, value) for title, value in facts if value],
            "rules": [_rule(answer, names) for answer in explanation.answers],
            "drawn": picture.title,
            "svg": safe(drawing(picture, "drawing")),
            "lines": lines_of(picture),
            "citations": [
                f"{answer.rule.title}: {citation.text} {citation.url}".strip()
                for answer in explanation.answers
                for citation in answer.rule.citations
            ],
        },
    )


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
