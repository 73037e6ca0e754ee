"""What every test shares: how hard Hypothesis looks, and where the published data lies.

Profiles, chosen by ``HYPOTHESIS_PROFILE``: ``default`` looks at the same cases every time and shows
the first that fails, ``long`` looks for minutes at new ones and shrinks what fails.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from tests.postgres import postgres, postgres_cluster

__all__ = ["postgres", "postgres_cluster"]

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)

settings.register_profile(
    "default",
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    database=None,
    suppress_health_check=_SLOW,
    print_blob=False,
)
settings.register_profile(
    "long",
    max_examples=3000,
    deadline=None,
    database=None,
    suppress_health_check=_SLOW,
    print_blob=True,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture
def real_data() -> Callable[[str], Path]:
    """The published file or folder of that name under ``CLEARANCE_TEST_DATA``, or a skip."""

    def find(name: str) -> Path:
        root = os.environ.get("CLEARANCE_TEST_DATA", "")
        if not root:
            pytest.skip("CLEARANCE_TEST_DATA names no folder of published data")
        path = Path(root) / name
        if not path.exists():
            pytest.skip(f"CLEARANCE_TEST_DATA holds no {name}")
        return path

    return find
