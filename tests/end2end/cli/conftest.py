from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end2end.cli.program import Program
from tests.fakes.openai import API_KEY, FakeOpenAI


@pytest.fixture
def program(tmp_path: Path, project: Path, home: Path) -> Iterator[Program]:
    """On an empty desk; Demo paints at once."""
    folder = tmp_path / "desk"
    folder.mkdir()
    settings = home / ".config" / "prompt-studio" / "settings.json"
    settings.parent.mkdir(parents=True)
    account = {"fields": {"pace": "instant"}}
    settings.write_text(json.dumps({"schema": 1, "providers": {"demo": {"accounts": [account]}}}))
    program = Program(folder, project, {})
    yield program
    program.clean_up()


@pytest.fixture
def paying(program: Program, fake_openai: FakeOpenAI) -> tuple[str, ...]:
    """The words of a paid request to the fake OpenAI."""
    program.environment["OPENAI_API_KEY"] = API_KEY
    return (
        *("generate", "--prompt", "two pears", "--target", "openai/gpt-image-2", "--size", "1024x1024"),
        *("--base-url", fake_openai.base_url),
    )
