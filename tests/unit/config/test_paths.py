from __future__ import annotations

import stat
from pathlib import Path

import pytest

from studio.config.paths import StudioPaths, make_private_folder, program_folder


def test_folders_of_the_user_are_asked_of_the_system_and_not_made(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "elsewhere"))
    paths = StudioPaths.of_user()
    assert paths.settings_file == home / "elsewhere" / "prompt-studio" / "settings.json"
    assert paths.logs.is_relative_to(home / ".local/state/prompt-studio")
    assert paths.cache == home / ".cache/prompt-studio"
    assert not paths.config.exists()


def test_default_workspace_is_in_the_users_own_pictures_folder(home: Path) -> None:
    assert StudioPaths.of_user().default_workspace == home / "Pictures" / "Prompt Studio"
    (home / ".config").mkdir()
    (home / ".config" / "user-dirs.dirs").write_text('XDG_PICTURES_DIR="$HOME/图片"\n', encoding="utf-8")
    assert StudioPaths.of_user().default_workspace == home / "图片" / "Prompt Studio"


def test_checkout_resources_are_found(project: Path) -> None:
    assert program_folder("resources") == project / "resources"
    assert program_folder("references") == project / "references"


def test_frozen_program_uses_what_was_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert program_folder("resources") == tmp_path / "resources"


def test_private_folder_is_closed_to_others_and_keeps_rights_it_had(tmp_path: Path) -> None:
    made = make_private_folder(tmp_path / "new" / "inner")
    assert stat.S_IMODE(made.stat().st_mode) == stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    assert stat.S_IMODE(make_private_folder(shared).stat().st_mode) == stat.S_IMODE(shared.stat().st_mode) == 0o755
