"""Each test is a new user on a machine without a keyring, a display, a proxy or a provider's key."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest

# Read by Qt, by keyring and by HTTP clients when they are imported, so they are set before any of them is.
NO_KEYRING = "keyring.backends.fail.Keyring"
PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "FTP_PROXY", "NO_PROXY")
CREDENTIAL_WORDS = ("API_KEY", "API_TOKEN", "ACCESS_KEY", "SECRET_KEY", "_BASE_URL", "_ORG_ID", "_PROJECT_ID")
HOME_FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": ".runtime",
}
_homes = itertools.count(1)


def prepare_environment() -> None:
    """Take the developer's own settings out of this process and of every program that a test starts."""
    for name in list(os.environ):
        if name.upper() in PROXY_VARIABLES or any(word in name.upper() for word in CREDENTIAL_WORDS):
            del os.environ[name]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_API"] = "pyside6"
    os.environ["PYTHON_KEYRING_BACKEND"] = NO_KEYRING
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent/no-session-bus"


prepare_environment()


@pytest.fixture(scope="session")
def _homes_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def home(_homes_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of this test's user: empty, private, and the only one that the test can find."""
    folder = _homes_folder / str(next(_homes))
    folder.mkdir(mode=0o700)
    for variable, below in HOME_FOLDERS.items():
        monkeypatch.setenv(variable, str(folder / below) if below else str(folder))
    (folder / HOME_FOLDERS["XDG_RUNTIME_DIR"]).mkdir(mode=0o700)
    return folder
