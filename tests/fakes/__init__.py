"""Loopback servers that speak the vendors' protocols, as strict as the real ones; start at `FAKES`."""

from __future__ import annotations

from tests.fakes.acedata import FakeAceData
from tests.fakes.gemini import FakeGemini
from tests.fakes.midjourney import FakeMidjourney
from tests.fakes.midjourney_acedata import FakeMidjourneyAceData
from tests.fakes.openai import FakeOpenAI
from tests.fakes.server import FakeServer
from tests.fakes.tongyi import FakeTongyi
from tests.fakes.volcengine import FakeVolcengine

FAKES: dict[str, type[FakeServer]] = {
    "openai": FakeOpenAI,
    "tongyi": FakeTongyi,
    "volcengine": FakeVolcengine,
    "gemini": FakeGemini,
    "acedata": FakeAceData,
    "midjourney": FakeMidjourney,
    "midjourney-acedata": FakeMidjourneyAceData,
}
"""The fake of each provider, by the provider's id; `midjourney-acedata` is the second route of `midjourney`."""
