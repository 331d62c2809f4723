"""The vault against a real GNOME Keyring on a session bus of its own, in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from studio.config import secret_service

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the Secret Service is Linux's")

PLANTED = "sk-planted-0123456789abcdef"

PROBE = """
import json, sys
from studio.config.vault import KeyringVault
from studio.domain.errors import StudioError
from studio.domain.values import Secret

def attempt(call):
    try:
        secret = call()
    except StudioError as error:
        return [error.problem.kind, error.problem.detail]
    return secret.reveal() if secret else None

vault, key = KeyringVault(), sys.argv[1]
steps = {
    "write": lambda: vault.write("openai", "default", Secret(key)),
    "write long": lambda: vault.write("openai", "work", Secret(key * 200)),
    "read": lambda: vault.read("openai", "default"),
    "read long": lambda: vault.read("openai", "work"),
    "read other": lambda: vault.read("tongyi", "default"),
    "delete": lambda: vault.delete("openai", "default"),
}

def lock():
    import contextlib, secretstorage
    from studio.config.secret_service import session_bus
    with contextlib.closing(session_bus()) as bus:
        secretstorage.get_default_collection(bus).lock()

found = []
for step in sys.argv[2:]:
    found.append(lock() if step == "lock" else attempt(steps[step]))
print(json.dumps(found))
"""

NO_SERVICES = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""


def probe(home: Path, project: Path, *steps: str, daemon: str, bus_config: str | None = None) -> list[Any]:
    """What each step gave: a key, None, or the kind and detail of its error."""
    runner = [shutil.which("dbus-run-session") or pytest.fail("dbus-run-session is missing")]
    if bus_config is not None:
        (home / "bus.conf").write_text(bus_config)
        runner += ["--config-file", str(home / "bus.conf")]
    command = 'printf test | $DAEMON >/dev/null 2>&1; exec "$@"' if daemon else 'exec "$@"'
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
    done = subprocess.run(
        [*runner, "--", "bash", "-c", command, "probe", sys.executable, "-W", "error", "-c", PROBE, PLANTED, *steps],
        env={**environment, "DAEMON": daemon, "PYTHONPATH": str(project)},
        cwd=home,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


UNLOCKED = "gnome-keyring-daemon --unlock --components=secrets"


def test_unlocked_keyring_keeps_keys_of_any_length(home: Path, project: Path) -> None:
    steps = ("read", "write", "write long", "read", "read long", "read other", "delete", "read", "delete", "read long")
    found = probe(home, project, *steps, daemon=UNLOCKED)
    long = PLANTED * 200
    assert found == [None, None, None, PLANTED, long, None, None, None, None, long]
    files = [file for file in home.rglob("*") if file.is_file()]
    assert any(file.suffix == ".keyring" for file in files)
    assert all(PLANTED.encode() not in file.read_bytes() for file in files)


def test_keyring_locked_half_way_says_so(home: Path, project: Path) -> None:
    found = probe(home, project, "write", "lock", "read", "write", "delete", daemon=UNLOCKED)
    assert [step and step[0] for step in found] == [None, None, "keyring_locked", "keyring_locked", "keyring_locked"]


def test_keyring_that_cannot_ask_for_its_password_counts_as_locked(home: Path, project: Path) -> None:
    (found,) = probe(home, project, "write", daemon="gnome-keyring-daemon --start --components=secrets")
    assert found[0] == "keyring_locked"


def test_user_without_any_keyring_is_not_asked_to_make_one_for_reading(home: Path, project: Path) -> None:
    (found,) = probe(home, project, "read", daemon="gnome-keyring-daemon --start --components=secrets")
    assert found is None


def test_bus_without_a_keyring_says_there_is_none(home: Path, project: Path) -> None:
    (found,) = probe(home, project, "read", daemon="", bus_config=NO_SERVICES)
    assert found[0] == "keyring_missing"
    assert "org.freedesktop.secrets" in found[1]


def test_a_bus_that_greets_late_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    greetings: list[object] = [TimeoutError("Did not authenticate in 1.0 seconds")] * 3
    connection = object()

    def greet() -> object:
        if not greetings:
            return connection
        raise greetings.pop()  # type: ignore[misc]  # an error

    monkeypatch.setattr("studio.config.secret_service.secretstorage.dbus_init", greet)
    assert secret_service.session_bus() is connection
    greetings += [TimeoutError("Did not authenticate in 1.0 seconds")]
    monkeypatch.setattr(secret_service, "CONNECT_WITHIN_S", -1.0)
    with pytest.raises(TimeoutError):
        secret_service.session_bus()
