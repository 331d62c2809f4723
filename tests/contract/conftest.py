"""The fixtures of the fakes for the contract tests."""

from __future__ import annotations

# Only a root conftest may name plugins, so the fixtures are imported; pytest finds them by their presence here.
from tests.fakes.fixtures import fake_openai, fake_server, file_host

__all__ = ["fake_openai", "fake_server", "file_host"]
