"""A stub: the smallest chat service that can stand behind a decision point.

It answers nothing of its own. What matters is what it does before: it asks, and it goes by the
answer. Every request is written down as a gateway's log would have it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

MODEL = "m-1"
_LAW, _OWN = 451, 403


@dataclass(frozen=True, slots=True)
class Said:
    """What a user got, and the decision behind it."""

    status: int
    text: str
    decision: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The id of the decision."""
        return str(self.decision["id"])


@dataclass(frozen=True, slots=True)
class Chat:
    """The stub, with the way to its decision point and the file of its requests."""

    client: httpx.Client
    requests: Path

    def ask(self, account: str, address: str, time: str, prompt: str) -> Said:
        """One request of a user."""
        question = {
            "subject": {"type": "account", "id": account},
            "action": {"name": "use"},
            "resource": {"type": "model", "id": MODEL},
            "context": {"ip": address, "time": time},
        }
        reply = self.client.post("/access/v1/evaluation", json=question)
        reply.raise_for_status()
        answer = reply.json()
        said = _said(answer["decision"], answer["context"], prompt)
        row = {"time": time, "account": account, "address": address, "model": MODEL,
               "prompt": prompt, "output": said.text}  # fmt: skip
        with self.requests.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        return said


def _said(allowed: bool, decision: Mapping[str, Any], prompt: str) -> Said:
    if allowed:
        return Said(200, f"(stub) You wrote {len(prompt.split())} words.", decision)
    by_law = decision.get("basis") == "law" and decision["outcome"] in ("deny", "suspend")
    return Said(_LAW if by_law else _OWN, decision["reason_user"]["en"], decision)
