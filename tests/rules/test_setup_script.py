"""The set-up script: what it decides without asking, and what it says when it may not go on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

MODULES = ("console", "distribution", "environment", "locking", "system_packages", "dev")

PIP_CONFIG_LIST = r"""
global.index-url='https://user:secret@packages.test/simple'
global.find-links='/one\n/two'
global.timeout='15'
install.extra-index-url='https://more.test/simple https://rest.test/simple'
:env:.timeout='30'
:env:.trusted-host='packages.test'
freeze.timeout='99'
"""


@pytest.fixture
def script(project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """`packaging/dev.py`, imported the way Python starts it: with its own folder first on the path."""
    monkeypatch.syspath_prepend(str(project / "packaging"))
    import dev

    yield dev
    for name in MODULES:
        sys.modules.pop(name, None)


def run_script(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-S", str(project / "packaging" / "dev.py"), *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def test_the_script_needs_nothing_but_the_standard_library(project: Path) -> None:
    # -S: no site-packages at all.
    told = run_script(project, "--help")
    assert told.returncode == 0
    for command in ("run", "test", "check", "bench", "screenshots", "lock", "package"):
        assert f"packaging/dev.py {command} " in told.stdout


def test_an_unknown_command_is_refused_with_the_list_of_commands(project: Path) -> None:
    told = run_script(project, "tset")
    assert told.returncode == 2
    assert "packaging/dev.py test" in told.stdout


def test_readme_and_ci_type_the_same_test_command(project: Path) -> None:
    readme = (project / "README.md").read_text(encoding="utf-8")
    ci = (project / ".ci" / "run").read_text(encoding="utf-8")
    command = "python3 packaging/dev.py test"
    assert re.search(rf"(?m)^{re.escape(command)}\b", readme)
    assert re.search(rf"(?m)^exec {re.escape(command)}$", ci)
    assert os.access(project / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize(
    ("arguments", "parallel"),
    [
        ([], True),
        (["-x"], True),
        (["-k", "size"], True),
        (["tests/rules"], False),
        (["-n0"], False),
        (["--pdb"], False),
    ],
)
def test_the_whole_suite_is_spread_and_a_chosen_part_is_not(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, arguments: list[str], parallel: bool
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    spread = ["--numprocesses=2", "--dist=loadgroup", "--max-worker-restart=0"]
    second_tries = ["--reruns=1", "--max-suite-reruns=2", "--rerun-show-tracebacks"]
    once = [f"--rerun-exclude-path=tests/{folder}" for folder in ("contract", "unit/domain", "unit/providers")]
    assert script.parallel_options(arguments) == ([*spread, *second_tries, *once] if parallel else [])


def test_without_a_display_the_window_is_rendered_into_files(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    called: list[tuple[list[str], dict[str, str]]] = []

    def call(command: list[str | Path], extra_environment: dict[str, str] | None = None) -> int:
        called.append(([str(word) for word in command[1:]], extra_environment or {}))
        return 0

    monkeypatch.setattr(script, "prepare_to_run", lambda profile: None)
    monkeypatch.setattr(script, "has_display", lambda: False)
    monkeypatch.setattr(script, "call", call)
    assert script.main(["run"]) == 0
    assert script.main(["run", "--", "generate", "--help"]) == 0
    assert called == [
        (["-m", "studio", "--headless-demo", "output"], {"QT_QPA_PLATFORM": "offscreen"}),
        (["-m", "studio", "generate", "--help"], {}),
    ]
    assert "no display" in capsys.readouterr().err


def test_a_user_who_may_not_install_is_told_the_line_to_type(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import system_packages

    lacking = (
        system_packages.SystemPackage("libsomething7", library="libno-such-thing.so.7"),
        system_packages.SystemPackage("tool", program="no-such-program"),
        system_packages.SystemPackage("font", paths=("/no/such/*.ttf",)),
        system_packages.SystemPackage("present", paths=(str(Path(__file__)),)),
    )
    monkeypatch.setattr(script, "WINDOW_PACKAGES", lacking)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name, path=None: name if name == "apt-get" else None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert script.main(["run"]) == 2
    told = capsys.readouterr().err
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends libsomething7 tool font\n" in told


def test_pip_settings_reach_uv_and_the_users_own_uv_settings_win(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    import environment

    answer = subprocess.CompletedProcess([], 0, stdout=PIP_CONFIG_LIST, stderr="")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    for name in [name for name in os.environ if name.startswith("UV_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SSL_CERT_FILE", "/the/users/own.crt")
    monkeypatch.setenv("UV_INDEX", "https://users.test/simple")
    translated = environment.uv_environment()
    assert translated["UV_DEFAULT_INDEX"] == "https://user:secret@packages.test/simple"
    assert translated["UV_FIND_LINKS"] == "/one,/two"
    assert translated["UV_HTTP_TIMEOUT"] == "30"
    assert translated["UV_INSECURE_HOST"] == "packages.test"
    assert translated["UV_PYTHON_DOWNLOADS"] == "never"
    assert "UV_INDEX" not in translated
    assert "SSL_CERT_FILE" not in translated


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [("run run", "run"), ("dev run", "dev"), ("dev dev", "dev"), ("run dev", "run dev"), ("run dev run", "run dev")],
)
def test_an_environment_that_holds_more_is_left_alone(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wishes: str, expected: str
) -> None:
    import environment

    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    installations: list[str] = []
    monkeypatch.setattr(environment, "_make_venv", lambda: None)
    monkeypatch.setattr(environment, "_install", installations.append)
    for profile in wishes.split():
        environment.prepare(profile)
    assert " ".join(installations) == expected


def test_a_changed_lock_or_a_moved_checkout_is_noticed(
    script: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import environment

    lock = tmp_path / "requirements.txt"
    lock.write_text("one==1\n", encoding="utf-8")
    monkeypatch.setattr(environment, "PROFILES", {"run": (lock,), "dev": (lock,)})
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(environment, "_make_venv", lambda: None)
    installations: list[str] = []
    monkeypatch.setattr(environment, "_install", installations.append)
    environment.prepare("run")
    lock.write_text("one==2\n", encoding="utf-8")
    environment.prepare("run")
    (tmp_path / "pyproject.toml").write_bytes((project / "pyproject.toml").read_bytes())
    monkeypatch.setattr(environment, "PROJECT", tmp_path)
    environment.prepare("run")
    environment.prepare("run")
    assert len(installations) == 3
