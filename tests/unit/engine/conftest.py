from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.unit.engine.fakes import World


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A workspace with one provider, "alpha"; engines opened in it are closed at the end."""
    world = World()
    yield world
    for sweeps in world.sweep_engines:
        await sweeps.close()
    for engine in world.engines:
        await engine.close()
