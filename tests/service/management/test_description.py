"""The API against its own description, with requests that nobody thought of."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from litestar import Litestar
from litestar.testing import TestClient
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.service.management.conftest import MakeKey

DEEP = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


# a page's token and a policy's document are valid by what they say, which no schema tells;
# the asking side leaves streams to the collector
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_every_answer_is_as_described(client: TestClient[Litestar], key: MakeKey) -> None:
    headers = key()
    schema = schemathesis.openapi.from_asgi("/openapi.json", client.app)
    asked = 0
    for result in schema.get_all_operations():
        assert isinstance(result, Ok)
        operation = result.ok()

        @DEEP
        @given(case=operation.as_strategy())
        def answers_as_described(case: schemathesis.Case[Any]) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

        answers_as_described()
    assert asked > 100


def test_the_description_is_openapi_3_1_and_names_every_problem(
    client: TestClient[Litestar],
) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["description"].endswith("."), (method, path)
            if "security" in operation:
                assert {"401", "403"} <= operation["responses"].keys(), (method, path)
