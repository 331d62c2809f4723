"""The fixtures of the fakes for the contract tests, and a transport whose clock skips."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from studio.providers.transport import Transport

# Only a root conftest may name plugins, so the fixtures are imported; pytest finds them by their presence here.
from tests.fakes.fixtures import fake_openai, fake_server, file_host
from tests.unit.providers.clock import SkippingClock

__all__ = ["fake_openai", "fake_server", "file_host"]


@pytest.fixture
def clock() -> SkippingClock:
    return SkippingClock()


@pytest.fixture
async def transport(clock: SkippingClock) -> AsyncIterator[Transport]:
    made = Transport(clock=clock)
    yield made
    await made.aclose()
