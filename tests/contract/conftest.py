"""The fixtures of the fakes for the contract tests, and a transport whose clock skips."""

from __future__ import annotations

# Only a root conftest may name plugins, so the fixtures are imported; pytest finds them by their presence here.
from tests.unit.providers.conftest import clock, fake_openai, fake_server, file_host, transport

__all__ = ["clock", "fake_openai", "fake_server", "file_host", "transport"]
