from __future__ import annotations

import json
import os
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


HOLD = """
import pathlib, sys, time
if "studio.painting" in sys.orig_argv:
    while pathlib.Path({hold!r}).exists():
        time.sleep(0.02)
"""


@pytest.fixture
def held_painter(program: Program, tmp_path: Path) -> Path:
    """A file: as long as it exists, no picture of Demo is finished, whatever the machine is busy with."""
    hold = tmp_path / "hold"
    hold.touch()
    folder = tmp_path / "before every start"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(HOLD.format(hold=str(hold)))
    program.environment["PYTHONPATH"] = os.pathsep.join([str(folder), program.environment["PYTHONPATH"]])
    return hold


@pytest.fixture
def paying(program: Program, fake_openai: FakeOpenAI) -> tuple[str, ...]:
    """The words of a paid request to the fake OpenAI."""
    program.environment["OPENAI_API_KEY"] = API_KEY
    return (
        *("generate", "--prompt", "two pears", "--target", "openai/gpt-image-2", "--size", "1024x1024"),
        *("--base-url", fake_openai.base_url),
    )
