from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from studio.__main__ import main
from studio.cli.document import RunDocument


@dataclass(frozen=True, slots=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def document(self) -> RunDocument:
        """The one document on standard output, read by its own strict type."""
        return RunDocument.model_validate_json(self.out)

    @property
    def json(self) -> Any:
        return json.loads(self.out)


CommandLine = Callable[..., Answer]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder of the user, with nothing in it."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def settings(home: Path) -> Path:
    """A settings file that lets Demo paint at once."""
    file = home / ".config" / "prompt-studio" / "settings.json"
    file.parent.mkdir(parents=True)
    account = {"fields": {"pace": "instant"}}
    file.write_text(json.dumps({"schema": 1, "providers": {"demo": {"accounts": [account]}}}))
    return file


@pytest.fixture
def prompt_studio(desk: Path, settings: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The program in this process, as `python -m studio` would run it."""

    def run(*arguments: str) -> Answer:
        code = main(arguments)
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run
