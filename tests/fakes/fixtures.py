"""Fixtures for the fakes; loaded with `pytest_plugins = ["tests.fakes.fixtures"]` in the root conftest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.acedata import FakeAceData
from tests.fakes.file_host import FileHost
from tests.fakes.gemini import FakeGemini
from tests.fakes.midjourney import FakeMidjourney
from tests.fakes.midjourney_acedata import FakeMidjourneyAceData
from tests.fakes.openai import FakeOpenAI
from tests.fakes.server import FakeServer
from tests.fakes.tongyi import FakeTongyi
from tests.fakes.volcengine import FakeVolcengine


@pytest.fixture
def fake_server() -> Iterator[FakeServer]:
    """A server that echoes; for tests of the transport alone."""
    with FakeServer() as server:
        yield server


@pytest.fixture
def file_host() -> Iterator[FileHost]:
    """A host of result files; a credential that reaches it fails the test."""
    with FileHost() as server:
        yield server


@pytest.fixture
def fake_openai() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as server:
        yield server


@pytest.fixture
def fake_tongyi() -> Iterator[FakeTongyi]:
    with FakeTongyi() as server:
        yield server


@pytest.fixture
def fake_volcengine() -> Iterator[FakeVolcengine]:
    with FakeVolcengine() as server:
        yield server


@pytest.fixture
def fake_gemini() -> Iterator[FakeGemini]:
    with FakeGemini() as server:
        yield server


@pytest.fixture
def fake_acedata() -> Iterator[FakeAceData]:
    with FakeAceData() as server:
        yield server


@pytest.fixture
def fake_midjourney() -> Iterator[FakeMidjourney]:
    """A midjourney-proxy of the Java kind; make `FakeMidjourney(flavour="trueai")` for the other."""
    with FakeMidjourney() as server:
        yield server


@pytest.fixture
def fake_midjourney_acedata() -> Iterator[FakeMidjourneyAceData]:
    with FakeMidjourneyAceData() as server:
        yield server
