"""Folders of the program and of its user. Qt-free, so that the command line finds the same ones as the window."""

from __future__ import annotations

import errno
import sys
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs, user_pictures_path

APP_FOLDER = "prompt-studio" if sys.platform.startswith("linux") else "Prompt Studio"
"""Lower case where that is the custom of the system."""

WORKSPACE_NAME = "Prompt Studio"

PRIVATE_FOLDER_MODE = 0o700


@dataclass(frozen=True, slots=True)
class StudioPaths:
    """Absolute folders. `of_user` asks the system (XDG variables and xdg-user-dirs on Linux) and creates nothing."""

    resources: Path
    """Icons, fonts, translations and the model catalogue; read only."""
    references: Path
    """The pages that users read; read only."""
    config: Path
    data: Path
    state: Path
    """Logs, crash reports and the last state of the composer: worth keeping, not worth a backup."""
    cache: Path
    """Thumbnails and previews; may be deleted at any time."""
    default_workspace: Path

    @classmethod
    def of_user(cls) -> StudioPaths:
        folders = PlatformDirs(APP_FOLDER, appauthor=False)
        return cls(
            resources=program_folder("resources"),
            references=program_folder("references"),
            config=folders.user_config_path,
            data=folders.user_data_path,
            state=folders.user_state_path,
            cache=folders.user_cache_path,
            default_workspace=user_pictures_path() / WORKSPACE_NAME,
        )

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.json"

    @property
    def composer_file(self) -> Path:
        return self.state / "composer.json"

    @property
    def composer_history_file(self) -> Path:
        return self.state / "composer-steps.json"

    @property
    def sweep_addresses_file(self) -> Path:
        return self.state / "sweep-addresses.json"

    @property
    def sent_addresses(self) -> Path:
        return self.state / "sent-addresses"

    @property
    def logs(self) -> Path:
        return self.state / "logs"


def program_folder(name: str) -> Path:
    """`resources` or `references`: unpacked by PyInstaller, inside an installed package, or in a checkout."""
    package = Path(__file__).resolve().parent.parent
    unpacked = getattr(sys, "_MEIPASS", None)
    candidates = [package / f"_{name}", package.parent / name]
    if unpacked is not None:
        candidates.insert(0, Path(unpacked) / name)
    return next((folder for folder in candidates if folder.is_dir()), candidates[-1])


def make_private_folder(folder: Path) -> Path:
    """The folder itself, created for this user alone with all that is missing above it; what exists keeps its rights.

    Raises OSError."""
    # Path.mkdir(parents=True) would give the folders above to everybody.
    for place in (*reversed(folder.parents), folder):
        if not place.exists():
            place.mkdir(mode=PRIVATE_FOLDER_MODE, exist_ok=True)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "not a folder", str(folder))
    return folder
