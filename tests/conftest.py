"""The suite's configuration; what holds for every test is in `tests/guards`."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

pytest_plugins = [
    *("tests.guards.garbage", "tests.guards.home", "tests.guards.network", "tests.guards.noise"),
    *("tests.guards.windows", "tests.fakes.fixtures", "pytester"),
]

PROJECT = Path(__file__).resolve().parent.parent

# The suite gives the same answer twice; HYPOTHESIS_PROFILE=search looks for new examples, many and at random.
# How long an example takes to draw says how busy the machine is, nothing about the program.
_UNHURRIED = (hypothesis.HealthCheck.too_slow,)
hypothesis.settings.register_profile(
    "suite", deadline=None, derandomize=True, max_examples=60, suppress_health_check=_UNHURRIED
)
hypothesis.settings.register_profile(
    "search", deadline=None, max_examples=2_000, print_blob=True, suppress_health_check=_UNHURRIED
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole-program tests share a screen and a session bus: one worker takes them, one after the other."""
    end2end = PROJECT / "tests" / "end2end"
    for item in items:
        if item.path.is_relative_to(end2end):
            item.add_marker(pytest.mark.xdist_group("end2end"))


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the checkout."""
    return PROJECT
