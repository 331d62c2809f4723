"""Noise is failure: log records of WARNING and above, and threads and tasks left behind, fail the test that made them.

Warnings are errors through pytest's own settings, Qt's messages through pytest-qt's; both are in `pyproject.toml`.
A test that means to make noise says so: ``@pytest.mark.expects_log("regular expression", ...)``,
``@pytest.mark.leaves_running``, pytest-qt's ``@pytest.mark.qt_log_ignore("regular expression")``.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import re
import threading
from collections.abc import AsyncIterator, Generator, Iterator

import pytest

THREAD_GRACE_S = 60.0
"""A busy machine keeps a thread from its last steps for seconds; one that waits for something fails anyway."""
_failed = pytest.StashKey[bool]()
_threads_before = pytest.StashKey[set[threading.Thread]]()


class _RecordList(logging.Handler):
    """Keeps what was logged during the current test."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


_heard = _RecordList()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report


@pytest.fixture(autouse=True)
def _quiet(request: pytest.FixtureRequest) -> None:
    """Start to listen; what fixtures of a wider scope have started by now belongs to them."""
    if inspect.iscoroutinefunction(getattr(request.node, "obj", None)):
        request.getfixturevalue("_no_task_left")
    request.node.stash[_threads_before] = set(threading.enumerate())
    _heard.records.clear()
    logging.getLogger().addHandler(_heard)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """Judge when the test's fixtures and its event loop are gone: their threads had their chance to end."""
    yield
    logging.getLogger().removeHandler(_heard)
    before = item.stash.get(_threads_before, None)
    if before is None or item.stash.get(_failed, False):
        return
    complaints = [*_unexpected_records(item), *_threads_left(item, before)]
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def _unexpected_records(item: pytest.Item) -> Iterator[str]:
    patterns = [pattern for marker in item.iter_markers("expects_log") for pattern in marker.args]
    unheard = set(patterns)
    for record in _heard.records:
        matching = {pattern for pattern in patterns if re.search(pattern, record.getMessage())}
        unheard -= matching
        if not matching:
            yield f"unexpected log record: {record.name} {record.levelname}: {record.getMessage()}"
    for pattern in sorted(unheard):
        yield f"expected a log record that matches {pattern!r}, and none came"


def _threads_left(item: pytest.Item, before: set[threading.Thread]) -> Iterator[str]:
    if item.get_closest_marker("leaves_running"):
        return
    for thread in set(threading.enumerate()) - before:
        # One that is on its way out may finish; one that waits for something never does.
        thread.join(THREAD_GRACE_S)
        if thread.is_alive():
            yield f"the test left a thread running: {thread.name}"


@pytest.fixture
async def _no_task_left(request: pytest.FixtureRequest) -> AsyncIterator[None]:
    yield
    if request.node.stash.get(_failed, False) or request.node.get_closest_marker("leaves_running"):
        return
    # Let what was just cancelled or finished leave the loop.
    await asyncio.sleep(0)
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if left:
        names = ", ".join(f"{task.get_name()} ({getattr(task.get_coro(), '__qualname__', '?')})" for task in left)
        pytest.fail(f"the test left {len(left)} task(s) running: {names}", pytrace=False)
