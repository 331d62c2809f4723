"""What a shell sees of the program: speed of help, pipes, a terminal, a keyring."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end2end.cli.program import Program
from tests.fakes.openai import API_KEY, FakeOpenAI

HEAVY = ("PySide6", "qasync", "pydantic", "httpx", "PIL", "keyring", "apsw", "rich")


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        (["--help"], HEAVY),
        (["--version"], (*HEAVY, "click")),
        (["generate", "--prompt", "x", "--target", "openai", "--dry-run"], ("PySide6", "qasync", "keyring", "rich")),
    ],
)
def test_a_command_imports_no_more_than_it_needs(program: Program, words: list[str], absent: tuple[str, ...]) -> None:
    code = (
        "import sys; from studio.__main__ import main; code = main(sys.argv[1:]); "
        "sys.stderr.write(' '.join(sorted({name.partition('.')[0] for name in sys.modules}))); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=program.folder,
        env=program.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not set(done.stderr.split()) & set(absent)


def test_pipe_that_is_closed_early_is_no_fault(program: Program) -> None:
    command = '"$0" -m studio models --json | head -c 20; exit "${PIPESTATUS[0]}"'
    done = subprocess.run(
        ["bash", "-c", command, sys.executable],
        cwd=program.folder,
        env=program.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    # A short list fits into the pipe before head goes away; then nobody notices.
    assert done.returncode in (0, 141)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_terminal_shows_a_bar_for_each_target(program: Program) -> None:
    ours, theirs = pty.openpty()
    program.environment["TERM"] = "xterm-256color"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "studio", "generate", "--prompt", "x", "--size", "64x64"),
            *("--target", "demo/demo-painter", "--target", "demo/demo-papercut"),
        ],
        cwd=program.folder,
        env=program.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # Linux says so when the last writer is gone
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    paths = process.communicate()[0].splitlines()
    assert process.returncode == 0
    words = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    for target in ("demo/demo-painter", "demo/demo-papercut"):
        assert re.search(rf"{target} +━+ .*done", words)
    assert [Path(path).is_file() for path in paths] == [True, True]


@pytest.mark.skipif(shutil.which("gnome-keyring-daemon") is None, reason="this machine has no GNOME Keyring")
def test_key_goes_into_the_keyring_and_from_there_to_the_provider_only(
    program: Program, fake_openai: FakeOpenAI, home: Path
) -> None:
    script = (
        'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; studio="$0 -m studio"; '
        'printf %s "$KEY" | $studio keys set openai && $studio keys list && $studio keys test openai --base-url "$URL" '
        '&& $studio generate --prompt x --target openai --base-url "$URL" --quiet && $studio keys delete openai; '
        "code=$?; $studio keys list; exit $code"
    )
    environment = {**program.environment, "KEY": API_KEY, "URL": fake_openai.base_url}
    environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", script, sys.executable],
        cwd=program.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0] == "The key of OpenAI is in the keyring."
    assert any(re.match(r"openai +default +keyring +…wxyz", line) for line in said)
    assert any("openai: the key works." in line for line in said)
    assert any(re.match(r"openai +default +missing", line) for line in said)
    assert API_KEY not in done.stdout + done.stderr
    kept = [file for folder in (home, program.folder) for file in folder.rglob("*") if file.is_file()]
    assert any(file.suffix == ".db" for file in kept)
    assert any(file.suffix == ".keyring" for file in kept)
    assert [file for file in kept if API_KEY.encode() in file.read_bytes()] == []
    sent = [request for request in fake_openai.requests if request.method == "POST"]
    assert len(sent) == 1
