"""Python's garbage is collected between tests and on the main thread, never while one runs.

The automatic collector runs on whatever thread allocates. There it would take away the Qt objects that a test of the
window left in a cycle, or did in the middle of a paint event, and end the process. `GarbageTimer` does the same in the
program. Some leftovers can be collected only when the threads of their test are gone, so this comes after everything
that belongs to the test."""

from __future__ import annotations

import gc
from collections.abc import Generator

import pytest

_WHOLE_EVERY = 100
"""After so many tests without a window everything is looked at, in between only what is young."""
_since_whole = 0


def pytest_collection_finish() -> None:
    """What is imported and collected stays until the end: looking at it again after each test would take most of its
    time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    gc.disable()
    try:
        return (yield)
    finally:
        _collect(whole="qapp" in getattr(item, "fixturenames", ()))


def _collect(*, whole: bool) -> None:
    global _since_whole  # noqa: PLW0603 - the hooks of a plugin have no object of their own
    _since_whole = 0 if whole else _since_whole + 1
    if whole or _since_whole >= _WHOLE_EVERY:
        _since_whole = 0
        gc.collect()
    else:
        gc.collect(1)
