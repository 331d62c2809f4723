"""The virtual environment in `.venv/`: made, filled from the locks, and left alone while nothing changed."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from console import PROJECT, SetupError, Word, call, must, say

VENV = PROJECT / ".venv"
STAMP = VENV / "prompt-studio.json"
LOCKS = PROJECT / "packaging"
SETUP_LOCK = LOCKS / "requirements-setup.txt"

# Per profile the locks that describe it; "dev" holds everything that "run" holds.
PROFILES = {
    "run": (LOCKS / "requirements.txt", SETUP_LOCK),
    "dev": (LOCKS / "requirements-dev.txt",),
}
LOCKED_ONLY = ("--require-hashes", "--no-deps")
INCLUDED_IN = {"run": ("run", "dev"), "dev": ("dev",)}


def venv_program(name: str, venv: Path = VENV) -> Path:
    """Path of a program inside a virtual environment, whether it exists or not."""
    if os.name == "nt":
        return venv / "Scripts" / f"{name}.exe"
    return venv / "bin" / name


PYTHON = venv_program("python")


def prepare(profile: str) -> None:
    """Bring `.venv/` to the state that the locks describe. Costs nothing when it is there already.

    Raises:
        SetupError: Python's venv, the network or a lock stood in the way.
    """
    if _up_to_date(profile):
        return
    with _one_at_a_time():
        if _up_to_date(profile):
            return
        _make_venv()
        STAMP.unlink(missing_ok=True)
        _install(profile)
        STAMP.write_text(json.dumps({"profile": profile, "digest": _digest(profile)}), encoding="utf-8")


def _digest(profile: str) -> str:
    """Changes with the locks, the project file (entry points), the interpreter and the folder (scripts name it)."""
    content = hashlib.sha256(f"{sys.version}\n{PROJECT}\n".encode())
    for path in (*PROFILES[profile], PROJECT / "pyproject.toml"):
        content.update(path.read_bytes())
    return content.hexdigest()


def _up_to_date(profile: str) -> bool:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        installed = stamp["profile"]
        return installed in INCLUDED_IN[profile] and stamp["digest"] == _digest(installed) and PYTHON.exists()
    except (OSError, ValueError, KeyError, TypeError):
        return False


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two set-ups in one checkout would spoil each other; the second waits for the first."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with (PROJECT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_venv() -> None:
    if PYTHON.exists() and _venv_version() == sys.version:
        return
    if VENV.exists():
        if not (VENV / "pyvenv.cfg").exists() and any(VENV.iterdir()):
            raise SetupError(f"{VENV} exists and is not a virtual environment; move it away and run the command again.")
        say("remaking .venv: it belongs to another Python")
        shutil.rmtree(VENV)
    say(f"making .venv with Python {sys.version.split()[0]}")
    must([sys.executable, "-m", "venv", VENV], "Making the virtual environment")


def _venv_version() -> str:
    asked = subprocess.run(
        [str(PYTHON), "-c", "import sys, pip; print(sys.version)"], capture_output=True, text=True, check=False
    )
    return asked.stdout.rstrip("\n")


def _install(profile: str) -> None:
    locks = PROFILES[profile]
    say(f"installing the locked requirements ({', '.join(lock.name for lock in locks)})")
    _pip_install("Installing the set-up tools", *LOCKED_ONLY, "-r", SETUP_LOCK)
    synced = call(
        [venv_program("uv"), "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", *locks],
        extra_environment=uv_environment(),
        quiet=True,
    )
    if synced == 130:
        raise KeyboardInterrupt
    if synced:
        # pip knows ways to reach a registry that uv does not (a keyring's password, a client certificate).
        say("uv could not install them; pip tries the same files")
        requirements = [word for lock in locks for word in ("-r", lock)]
        _pip_install("Installing the locked requirements", *LOCKED_ONLY, *requirements)
    checkout = ("--no-deps", "--no-index", "--no-build-isolation", "--editable", PROJECT)
    _pip_install("Putting this checkout on the import path", *checkout)


def _pip_install(what: str, *arguments: Word) -> None:
    must([PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *arguments], what)


def uv_environment() -> dict[str, str]:
    """The user's pip configuration in uv's words, and our own wishes.

    uv reads no pip configuration. What the user has set for uv itself wins.
    """
    settings = _pip_settings()
    translated = {
        "UV_DEFAULT_INDEX": settings.get("index-url", ""),
        "UV_INDEX": " ".join(settings.get("extra-index-url", "").split()),
        "UV_FIND_LINKS": ",".join(settings.get("find-links", "").split()),
        "UV_INSECURE_HOST": " ".join(settings.get("trusted-host", "").split()),
        "UV_NO_INDEX": "1" if settings.get("no-index", "") in {"1", "true", "yes", "on"} else "",
        "UV_HTTP_TIMEOUT": settings.get("default-timeout", settings.get("timeout", "")),
        "SSL_CERT_FILE": settings.get("cert", ""),
        "ALL_PROXY": settings.get("proxy", ""),
        # pip takes the best version of all indexes; the hashes say that it is the right one.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_COMPILE_BYTECODE": "1",
        "UV_NO_PROGRESS": "1",
    }
    return {name: value for name, value in translated.items() if value and name not in os.environ}


def _pip_settings() -> dict[str, str]:
    """What `pip config list` shows, later sources over earlier ones, without the section names."""
    listed = subprocess.run(
        [str(PYTHON), "-m", "pip", "config", "list"], capture_output=True, text=True, check=False, cwd=PROJECT
    )
    found: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listed.stdout.splitlines():
        match = re.fullmatch(r"(global|install|:env:)\.([^=]+)=(.*)", line.strip())
        if match:
            found[match[1]][match[2]] = str(ast.literal_eval(match[3]))
    return {**found["global"], **found["install"], **found[":env:"]}
