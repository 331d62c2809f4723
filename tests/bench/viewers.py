"""One folder of images opened by us and by Debian's qimgv and gthumb on a virtual screen: time to a window, memory.

Each on a screen of its own. The window counts when it is mapped and as large as one to work in; memory is that of the
program and its children some seconds later. Ours finds the images as strangers in a new workspace and takes them in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from PIL import Image

_COUNT = 60
_SIDE_PX = 1024
_LEAST_WIDTH_PX = 300
_WINDOW_WITHIN_S = 30.0
_SETTLES_S = 6.0
_LOOK_EVERY_S = 0.02
_NEEDED = ("Xvfb", "xdotool")
_OTHERS = ("qimgv", "gthumb")


def measure() -> list[tuple[str, ...]]:
    """A ratio for each viewer that is installed; a line for what is not."""
    missing = [program for program in _NEEDED if shutil.which(program) is None]
    if missing or not Path("/proc/self/statm").exists():
        return [("other viewers", "not measured", f"missing: {', '.join(missing) or '/proc'}", "")]
    rows: list[tuple[str, ...]] = []
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        folder = home / "workspace" / "output" / "images"
        folder.mkdir(parents=True)
        for number in range(_COUNT):
            colour = (number * 4 % 256, 90, 255 - number * 4 % 256)
            image = Image.linear_gradient("L").resize((_SIDE_PX, _SIDE_PX))
            Image.merge("RGB", [image.point(lambda value, part=part: value * part // 255) for part in colour]).save(
                folder / f"{number:03}.png"
            )
        ours = opened([sys.executable, "-m", "studio", "--workspace", str(home / "workspace")], home)
        for viewer in _OTHERS:
            if shutil.which(viewer) is None:
                rows.append((f"against {viewer}", "not installed here", f"apt-get install {viewer}", ""))
                continue
            theirs = opened([viewer, str(folder)], home)
            rows.extend(_compared(viewer, ours, theirs))
    return rows


def _compared(
    viewer: str, ours: tuple[float, float] | None, theirs: tuple[float, float] | None
) -> Iterator[tuple[str, ...]]:
    if ours is None or theirs is None:
        yield f"against {viewer}", *("no window" if one is None else "opened" for one in (ours, theirs)), ""
        return
    yield f"window, {_COUNT} images, against {viewer}", *_with_ratio(ours[0] * 1000, theirs[0] * 1000, "ms")
    yield f"memory, {_COUNT} images, against {viewer}", *_with_ratio(ours[1], theirs[1], "MB")


def _with_ratio(ours: float, theirs: float, unit: str) -> tuple[str, str, str]:
    return f"{ours:.0f} {unit}", f"{theirs:.0f} {unit}", f"{ours / max(theirs, 1):.2f}x"


def opened(command: list[str], home: Path) -> tuple[float, float] | None:
    """Seconds until there is a window, and MB afterwards; None when none came."""
    with _screen() as display:
        folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "CACHE", "DATA", "STATE")}
        whole = {**os.environ, "HOME": str(home), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", **folders}
        if shutil.which("dbus-run-session"):
            command = ["dbus-run-session", "--", *command]
        quiet = subprocess.DEVNULL
        root = frozenset(_visible(display))
        begun = monotonic()
        with subprocess.Popen(command, env=whole, stdout=quiet, stderr=quiet) as program:
            try:
                while not _has_window(display, root):
                    if monotonic() - begun > _WINDOW_WITHIN_S or program.poll() is not None:
                        return None
                    sleep(_LOOK_EVERY_S)
                seconds = monotonic() - begun
                sleep(_SETTLES_S)
                return seconds, sum(_resident_mb(pid) for pid in _family(program.pid))
            finally:
                for pid in reversed(_family(program.pid)):
                    _end(pid)


@contextmanager
def _screen() -> Iterator[str]:
    """A virtual screen; gives its DISPLAY."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        if server.stdout is None:
            raise RuntimeError("the screen has no output")
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()


def _visible(display: str) -> set[str]:
    """Ids of all visible windows, the screen's own among them."""
    return set(_asked(display, "search", "--onlyvisible", "--name", ".*").split())


def _has_window(display: str, root: frozenset[str]) -> bool:
    """Whether a visible window besides `root` is as large as one to work in."""
    for window in _visible(display) - root:
        shape = dict(
            line.split("=", 1)
            for line in _asked(display, "getwindowgeometry", "--shell", window).splitlines()
            if "=" in line
        )
        if int(shape.get("WIDTH", 0)) >= _LEAST_WIDTH_PX:
            return True
    return False


def _asked(display: str, *words: str) -> str:
    done = subprocess.run(
        ["xdotool", *words], env={**os.environ, "DISPLAY": display}, capture_output=True, text=True, check=False
    )
    return done.stdout


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found.extend(int(child) for child in task.read_text(encoding="ascii").split())
            except OSError:
                continue
    return found


def _resident_mb(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_048_576


def _end(pid: int) -> None:
    try:
        os.kill(pid, 15)
    except ProcessLookupError:
        return
