"""What a receiver gets: a message it can check, and an answer that is taken as it is."""

from __future__ import annotations

import socket
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from ipaddress import ip_network
from threading import Thread

import pytest
from standardwebhooks import Webhook, WebhookVerificationError
from tests.adapters.webhooks.receiver import Receiver, receiving

from clearance.adapters.sql.events import Attempt, Due
from clearance.adapters.webhooks.sender import Sender

SECRETS = tuple("whsec_" + b64encode(bytes([n]) * 32).decode() for n in (1, 2))
INSIDE = [ip_network("127.0.0.0/8")]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as listening:
        yield listening


@pytest.fixture
def sender() -> Iterator[Sender]:
    made = Sender("https://clearance.example", INSIDE)
    yield made
    made.close()


def due(url: str) -> Due:
    body = b'{"changed":1}'
    at = 1_700_000_000_000_000
    return Due(1, "hook-1", url, SECRETS, "evt-1", "facts.changed", "ri\u00dfk", at, body, 0)


def send(sender: Sender, to: Due) -> Attempt:
    return sender.send(to, time.time_ns() // 1000)


def test_both_secrets_check_the_signature_and_no_other_does(
    receiver: Receiver, sender: Sender
) -> None:
    assert send(sender, due(receiver.url)) == Attempt("204", done=True)
    headers, body = receiver.sent[0]
    for secret in SECRETS:
        assert Webhook(secret).verify(body, dict(headers)) == {"changed": 1}
    other = "whsec_" + b64encode(bytes(32)).decode()
    with pytest.raises(WebhookVerificationError):
        Webhook(other).verify(body, dict(headers))
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRETS[0]).verify(body + b" ", dict(headers))


def test_the_headers_are_those_of_a_cloudevent(receiver: Receiver, sender: Sender) -> None:
    send(sender, due(receiver.url))
    headers, _ = receiver.sent[0]
    assert {name: said for name, said in headers.items() if name.startswith("ce-")} == {
        "ce-specversion": "1.0",
        "ce-id": "evt-1",
        "ce-source": "https://clearance.example",
        "ce-type": "org.clearance.facts.changed",
        "ce-subject": "ri%C3%9Fk",
        "ce-time": "2023-11-14T22:13:20+00:00",
    }
    assert headers["host"] == receiver.url.split("/")[2]


@pytest.mark.parametrize(
    ("status", "attempt"),
    [
        (200, Attempt("200", done=True)),
        (302, Attempt("302")),
        (410, Attempt("410", gone=True)),
        (500, Attempt("500")),
    ],
)
def test_an_answer_is_taken_as_it_is_and_no_redirect_is_followed(
    receiver: Receiver, sender: Sender, status: int, attempt: Attempt
) -> None:
    receiver.answers = [status]
    assert send(sender, due(receiver.url)) == attempt
    assert len(receiver.sent) == 1


def test_nothing_is_sent_inside_unless_the_operator_says_so(receiver: Receiver) -> None:
    careful = Sender()
    assert send(careful, due(receiver.url)) == Attempt("leads inside", silent=True)
    assert receiver.sent == []
    careful.close()


def test_who_answers_little_by_little_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            link, _ = listening.accept()
            with link, suppress(OSError):
                for byte in b"HTTP/1.1 204 No Content\r\n" + b"X: y\r\n" * 10_000:
                    link.sendall(bytes([byte]))
                    time.sleep(0.05)

        Thread(target=drip, daemon=True).start()
        sender = Sender(inside=INSIDE, patience=0.3)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/hook"
        assert send(sender, due(url)) == Attempt("TimeoutError", silent=True)
        sender.close()


def test_nobody_there_is_an_attempt_that_failed(sender: Sender) -> None:
    attempt = send(sender, replace(due("http://127.0.0.1:1/hook")))
    assert attempt == Attempt("ConnectError", silent=True)
