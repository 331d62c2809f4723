"""The guards of `tests/guards` bite: a suite of planted offenders fails where it should, and only there."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

OFFENDERS = """
import asyncio, logging, os, socket, threading, warnings
import pytest

def test_fails_quiet_network():
    try:
        socket.create_connection(("192.0.2.1", 443), timeout=1)
    except OSError:
        pass

def test_fails_quiet_look_up():
    try:
        socket.getaddrinfo("prompt-studio.org", 443)
    except OSError:
        pass

def test_passes_nobodys_name():
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("provider.invalid", 443)

def test_passes_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()

def test_fails_warning():
    warnings.warn("old")

def test_fails_log():
    logging.getLogger("studio").warning("surprise")

@pytest.mark.expects_log("^surprise$")
def test_passes_expected_log():
    logging.getLogger("studio").warning("surprise")

@pytest.mark.expects_log("^surprise$")
def test_fails_log_that_never_came():
    pass

def test_passes_finished_thread():
    threading.Thread(target=int).start()

async def test_fails_task():
    asyncio.create_task(asyncio.sleep(60), name="forgotten")

async def test_passes_finished_task():
    await asyncio.create_task(asyncio.sleep(0))

async def test_passes_thread_of_the_loop():
    await asyncio.to_thread(int)

def test_passes_environment(home):
    assert os.environ["HOME"] == str(home) and not list(home.glob("[!.]*"))
    assert os.environ["XDG_CONFIG_HOME"].startswith(str(home))
    assert not [name for name in os.environ if name.lower().endswith("_proxy") or name == "OPENAI_API_KEY"]
    import keyring
    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.get_password("prompt-studio", "openai")

died_on = []
gone = threading.Event()

class InACycle:
    def __init__(self):
        self.itself = self
    def __del__(self):
        died_on.append(threading.current_thread())

def test_passes_cycle_held_by_a_thread():
    def hold(held):
        gone.wait(0.2)
    threading.Thread(target=hold, args=(InACycle(),)).start()
    assert not died_on

def test_passes_cycle_collected_on_the_main_thread():
    assert died_on == [threading.main_thread()]

def test_passes_no_garbage_collected_while_a_test_runs():
    died_on.clear()
    InACycle()
    busy = threading.Thread(target=lambda: [[] for _ in range(500_000)])
    busy.start()
    busy.join()
    assert not died_on

def test_fails_thread():
    from tests.guards import noise
    noise.THREAD_GRACE_S = 0.01  # for this one, which is the last: a fixture would put it back before the judgement
    threading.Thread(target=threading.Event().wait, daemon=True).start()
"""


def test_every_guard_catches_its_offender(
    pytester: pytest.Pytester, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makepyfile(textwrap.dedent(OFFENDERS))
    monkeypatch.setenv("PYTHONPATH", str(project))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-the-developers-own")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid:3128")
    result = pytester.runpytest_subprocess(
        f"--config-file={project / 'pyproject.toml'}",
        f"--rootdir={pytester.path}",
        *(f"-ptests.guards.{guard}" for guard in ("garbage", "home", "network", "noise")),
        "-pno:randomly",
        "-ptimeout",
        "-rA",
        ".",
    )
    failed = {name for name in _names(OFFENDERS) if _reported(result.outlines, name, ("FAILED", "ERROR"))}
    assert failed == {name for name in _names(OFFENDERS) if name.startswith("test_fails_")}, result.stdout.str()


UNTIDY = """
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

left = []

@pytest.fixture(autouse=True, params=["popup", "window"])
def untidy(qapp, request):
    kind = Qt.WindowType.Popup if request.param == "popup" else Qt.WindowType.Window
    assert not [window for window in qapp.topLevelWidgets() if window.isVisible()]
    assert qapp.activeWindow() is None and qapp.focusWidget() is None
    assert not qapp.mouseButtons() and not qapp.keyboardModifiers() and qapp.overrideCursor() is None
    widget = QWidget(None, kind)
    left.append(widget)
    widget.show()
    qapp.processEvents()
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
        QTest.mousePress(widget, button, Qt.KeyboardModifier.ControlModifier)
    qapp.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
    assert qapp.activeWindow() is (widget if request.param == "window" else None)
    assert widget.isVisible() and qapp.mouseButtons() and qapp.keyboardModifiers()

@pytest.mark.parametrize("time", range(3))
def test_leaves_all_open_and_pressed(time):
    pass
"""


def test_the_next_test_finds_an_empty_desktop(
    pytester: pytest.Pytester, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makepyfile(UNTIDY)
    monkeypatch.setenv("PYTHONPATH", str(project))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    options = (f"--config-file={project / 'pyproject.toml'}", f"--rootdir={pytester.path}", "-ptests.guards.windows")
    pytester.runpytest_subprocess(*options, "-pno:randomly", ".").assert_outcomes(passed=6)


def _names(source: str) -> list[str]:
    return [line.split("(")[0].split()[-1] for line in source.splitlines() if "def test_" in line]


def _reported(lines: list[str], name: str, outcomes: tuple[str, ...]) -> bool:
    return any(line.startswith(outcomes) and f"::{name}" in line for line in lines)
