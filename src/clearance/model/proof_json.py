"""Proofs as plain JSON values, and back.

1. ``as_json(from_json(d)) == d`` for every document that this module wrote.
2. Numbers that a proof rests on are text, exact: percent as a decimal or ``p/q``.
3. An interval is written ``51``, ``(25,50]`` or ``?reason``; an open end of a total ``>50``
   (at least) or ``<50`` (at most).
4. Reading refuses unknown fields and values; it does not judge the argument.
"""

from __future__ import annotations

import hashlib
from fractions import Fraction

from clearance.model.errors import InputError
from clearance.model.interest import Measure
from clearance.model.plain import Fields, Json, canonical, fraction_text, percent_text
from clearance.model.proof import (
    EVERYTHING,
    FORMAT,
    Argument,
    Because,
    Certificate,
    Claim,
    End,
    Proof,
    Run,
    Scope,
    Shows,
    Side,
    Step,
)
from clearance.model.proof_rows import interest_from_json, interest_json
from clearance.model.proof_run import run_from_json, run_json
from clearance.model.rule import Level, Reading
from clearance.model.verdict import Missing, Reached

Object = dict[str, Json]


def end_text(end: End, side: Side) -> str:
    """One end of an interval: ``50``, ``>50`` (must, open) or ``<50`` (may, open)."""
    sign = "" if not end.open else ">" if side is Side.MUST else "<"
    return sign + percent_text(end.value)


def end_of_text(text: str, side: Side) -> End:
    """The end that such a text stands for."""
    sign = ">" if side is Side.MUST else "<"
    return End(fraction_text(text.removeprefix(sign)), text.startswith(sign))


def step_json(step: Step, side: Side) -> Object:
    """One step; fields at their defaults are left out."""
    found: Object = {"party": step.party, "because": step.because.value}
    if step.measure:
        found["measure"] = step.measure.value
    if step.because in (Because.HOLDINGS, Because.OWNED):
        found["total"] = end_text(step.total, side)
    if step.fact:
        found["fact"] = step.fact
    if step.interests:
        found["holdings"] = [interest_json(row) for row in step.interests]
    if step.members:
        found["members"] = list(step.members)
    if step.together:
        found["together"] = step.together
    if step.arrangements:
        found["arrangements"] = list(step.arrangements)
    return found


def _step(fields: Fields, side: Side) -> Step:
    because = fields.word("because", Because)
    step = Step(
        fields.text("party"),
        because,
        _end(fields, "total", side) or End(Fraction(1)),
        _measure(fields),
        fields.text("fact", ""),
        tuple(interest_from_json(row) for row in fields.objects("holdings")),
        fields.texts("members"),
        fields.number("together"),
        fields.texts("arrangements"),
    )
    fields.done()
    return step


def certificate_json(certificate: Certificate) -> Object:
    """A certificate: whole members as a list, other ceilings by id; both in id order."""
    members: list[str] = []
    ceilings: dict[str, str] = {}
    for id in sorted(certificate.ceilings):
        end = certificate.ceilings[id]
        if end is EVERYTHING or end == EVERYTHING:
            members.append(id)
        else:
            ceilings[id] = end_text(end, certificate.side)
    found: Object = {
        "side": certificate.side.value,
        "scope": certificate.scope.value,
        "members": members,
        "ceilings": ceilings,
    }
    if certificate.root:
        found["root"] = certificate.root
    if certificate.measure:
        found["measure"] = certificate.measure.value
    if certificate.least:
        found["least"] = True
    return found


def certificate_from_json(fields: Fields) -> Certificate:
    """The certificate such an object stands for."""
    side = fields.word("side", Side)
    ceilings = dict.fromkeys(fields.texts("members"), EVERYTHING)
    for id, text in fields.pairs("ceilings").items():
        ceilings[id] = end_of_text(text, side)
    scope = fields.word("scope", Scope)
    root, measure, least = fields.text("root", ""), _measure(fields), fields.flag("least")
    certificate = Certificate(side, ceilings, root, scope, measure, least)
    fields.done()
    return certificate


def digest(value: Json) -> str:
    """The SHA-256 of a JSON value in its one canonical form."""
    return digest_of(canonical(value))


def digest_of(text: str) -> str:
    """The same of a value that is written already."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def argument_json(argument: Argument) -> Object:
    """One argument; fields at their defaults are left out."""
    found: Object = {
        "reading": argument.reading.value,
        "side": argument.side.value,
        "scope": argument.scope.value,
        "shows": argument.shows.value,
    }
    if argument.measure:
        found["measure"] = argument.measure.value
    if argument.root:
        found["root"] = argument.root
    if argument.steps:
        found["steps"] = [step_json(step, argument.side) for step in argument.steps]
    if argument.besides:
        found["besides"] = [step_json(step, argument.side.other) for step in argument.besides]
    if argument.cites:
        found["cites"] = list(argument.cites)
    if argument.own:
        found["own"] = [certificate_json(certificate) for certificate in argument.own]
    return found


def _argument(fields: Fields) -> Argument:
    side = fields.word("side", Side)
    argument = Argument(
        fields.word("reading", Reading),
        side,
        fields.word("scope", Scope),
        fields.word("shows", Shows),
        _measure(fields),
        fields.text("root", ""),
        tuple(_step(step, side) for step in fields.objects("steps")),
        fields.texts("cites"),
        tuple(certificate_from_json(item) for item in fields.objects("own")),
        tuple(_step(step, side.other) for step in fields.objects("besides")),
    )
    fields.done()
    return argument


def claim_json(claim: Claim) -> Object:
    """What is claimed."""
    found: Object = {"reached": claim.reached.word, "level": claim.level and claim.level.value}
    if claim.at_least:
        found["at_least"] = end_text(claim.at_least, Side.MUST)
    if claim.at_most:
        found["at_most"] = end_text(claim.at_most, Side.MAY)
    return found


def _claim(fields: Fields) -> Claim:
    word = fields.text("reached")
    if word not in _REACHED:
        raise fields.fault("reached", f"{word!r} is none of {', '.join(_REACHED)}")
    level = fields.word("level", Level) if fields.has("level") else None
    at_least, at_most = _end(fields, "at_least", Side.MUST), _end(fields, "at_most", Side.MAY)
    fields.done()
    return Claim(_REACHED[word], level, at_least, at_most)


def body_json(proof: Proof) -> Object:
    """A proof without its run, as one line of a proofs file holds it."""
    found: Object = {
        "party": proof.party,
        "verdict": claim_json(proof.claim),
        "arguments": [argument_json(argument) for argument in proof.arguments],
    }
    if proof.missing:
        found["missing"] = [
            {"subject": item.subject, "what": item.what, "settles": item.settles}
            for item in proof.missing
        ]
    return found


def proof_json(proof: Proof) -> Object:
    """A proof as one document, its run included."""
    return {"format": FORMAT, "run": run_json(proof.run), **body_json(proof)}


def proof_from_json(value: Json, run: Run | None = None) -> Proof:
    """The proof a document stands for; ``run`` for bodies that leave theirs out.

    Raises:
        InputError: the document is not of this format, or not well formed.
    """
    fields = Fields(value, "proof")
    if run is None:
        stated = fields.text("format", "")
        if stated != FORMAT:
            raise InputError(
                f"{stated!r} is not the format {FORMAT}", remedy="give a proof that screen wrote"
            )
        run = run_from_json(fields.object("run"))
    missing = tuple(
        Missing(item.text("subject"), item.text("what"), item.text("settles", ""))
        for item in fields.objects("missing")
    )
    proof = Proof(
        run,
        fields.text("party"),
        _claim(fields.object("verdict")),
        tuple(_argument(item) for item in fields.objects("arguments")),
        missing,
    )
    fields.raw("certificates")
    fields.done()
    return proof


def _end(fields: Fields, name: str, side: Side) -> End | None:
    return end_of_text(fields.text(name), side) if fields.has(name) else None


def _measure(fields: Fields) -> Measure | None:
    return fields.word("measure", Measure) if fields.has("measure") else None


_REACHED = {reached.word: reached for reached in Reached}
