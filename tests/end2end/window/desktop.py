"""A virtual screen, a D-Bus session with accessibility, and the program on it, as one object a test can talk to."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[3]
DRIVER = Path(__file__).with_name("driver.py")
LISTENER = Path(__file__).with_name("listener.py")
SYSTEM_PYTHON = "/usr/bin/python3"
PATIENCE_S = 90
NEEDED = ("Xvfb", "openbox", "xdotool", "dbus-run-session")
_BUS_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")


def missing_tools() -> list[str]:
    """What this machine lacks for a test on a real screen."""
    lacking = [tool for tool in NEEDED if shutil.which(tool) is None]
    if not any(Path(launcher).exists() for launcher in _BUS_LAUNCHERS):
        lacking.append("at-spi-bus-launcher")
    probe = subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False)
    if probe.returncode:
        lacking.append("python3-pyatspi")
    return lacking


class DriverFault(AssertionError):
    """The accessibility tree did not show what was asked for."""


class Desktop:
    """Starts and drives one program at a time."""

    def __init__(self, driver: subprocess.Popen[str], home: Path) -> None:
        self._driver, self.home = driver, home

    def do(self, command: str, **values: Any) -> dict[str, Any]:
        """One command of `driver.py`; raises DriverFault with what it says."""
        assert self._driver.stdin is not None
        assert self._driver.stdout is not None
        self._driver.stdin.write(json.dumps({"do": command, **values}) + "\n")
        self._driver.stdin.flush()
        line = self._driver.stdout.readline()
        while line and not line.startswith("@"):  # daemons of the session share this pipe
            line = self._driver.stdout.readline()
        if not line:
            raise DriverFault("the driver has ended")
        answer: dict[str, Any] = json.loads(line[1:])
        if "error" in answer:
            raise DriverFault(f"{command} {values}: {answer['error']}")
        return answer

    def start(self, *arguments: str, **environment: str) -> None:
        """The window of the checkout, with this desktop's home; keys reach it afterwards."""
        self.do("start", argv=[sys.executable, "-m", "studio", *arguments], env=environment)
        self.find("push button", "Generate")
        self.do("active")

    def find(self, role: str, name: str) -> str:
        return str(self.do("find", role=role, name=name)["name"])

    def expect_text(self, name: str, wanted: str) -> None:
        """Wait until the text field of this name holds these words."""
        self.do("text", role="text", name=name, wanted=wanted)

    def text_unlike(self, name: str, before: str) -> str:
        """What the text field of this name holds as soon as that is something else."""
        return str(self.do("text", role="text", name=name, unlike=before)["text"])

    def press(self, role: str, name: str) -> None:
        self.do("press", role=role, name=name)

    def keys(self, *keys: str) -> None:
        self.do("keys", keys=list(keys))

    def type(self, text: str) -> None:
        self.do("type", text=text)

    def hear(self, words: str) -> None:
        """Wait until a screen reader was told these words: as an announcement, or as what got the focus."""
        log = self.home / "heard.log"
        _until(lambda: log.exists() and words in log.read_text(encoding="utf-8"), f"not heard: {words!r}")

    def quit(self) -> int:
        """Ctrl+Q and wait; the exit code."""
        self.keys("ctrl+q")
        return int(self.do("wait_end")["code"])

    def kill(self) -> None:
        """SIGKILL, as a crash or a power cut would."""
        self.do("kill")


@contextmanager
def virtual_desktop(home: Path) -> Iterator[Desktop]:
    """Everything is started for this one test and ends with it."""
    with ExitStack() as ending:
        read, write = os.pipe()
        # Without -noreset the screen starts anew when its first short-lived client leaves, and sends all others away:
        # sometimes the window manager, without which no window ever gets the keyboard.
        screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
        ending.callback(_end, screen)
        os.close(write)
        with os.fdopen(read) as numbers:
            display = f":{numbers.readline().strip()}"
        runtime = home / "run"
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        environment = {
            **os.environ,
            "DISPLAY": display,
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_PICTURES_DIR": str(home / "Pictures"),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(PROJECT),
            "GTK_A11Y": "none",
        }
        launcher = next(path for path in _BUS_LAUNCHERS if Path(path).exists())
        hear = f"{SYSTEM_PYTHON} {LISTENER} {home / 'heard.log'}"
        managed = home / "windows are managed"
        manager = f"openbox --startup 'touch \"{managed}\"' >/dev/null 2>&1"
        drive = f"{SYSTEM_PYTHON} {DRIVER}; kill $listener"  # which outlives its bus
        script = f"{manager} & {launcher} --launch-immediately & {hear} & listener=$!; {drive}"
        driver = subprocess.Popen(
            ["dbus-run-session", "--", "sh", "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=ending.enter_context((home / "driver.log").open("w")),
            text=True,
            env=environment,
        )
        ending.callback(_end, driver)
        desktop = Desktop(driver, home)
        _until(managed.exists, "the screen has no window manager: a window would get no keyboard")
        desktop.hear("listening")
        yield desktop


def _until(true: Callable[[], bool], otherwise: str) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not true():
        if time.monotonic() > ends:
            raise DriverFault(otherwise)
        time.sleep(0.1)


def _end(process: subprocess.Popen[Any]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    else:
        process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
