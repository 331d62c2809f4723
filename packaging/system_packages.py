"""What the operating system must bring: found by asking for the thing itself, installed through apt where we may.

Lists are for Debian 12 and its relatives. The libraries are looked for by the name the loader uses, so that a system
whose packages are called otherwise is not bothered when it already has them.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from console import SetupError, say, shell_line


@dataclass(frozen=True)
class SystemPackage:
    """A package and the evidence that it is there; any one of the proofs is enough."""

    name: str
    library: str = ""  # shared object, as the loader knows it
    program: str = ""
    module: str = ""  # of the Python that runs this script
    paths: tuple[str, ...] = ()

    def present(self) -> bool:
        """True when the loader, PATH or the file system shows what the package is needed for."""
        if self.library:
            return _loads(self.library)
        if self.program:
            return shutil.which(self.program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") is not None
        if self.module:
            return importlib.util.find_spec(self.module) is not None
        return any(True for pattern in self.paths for _ in Path("/").glob(pattern.lstrip("/")))


# Qt's window system plug-ins and what they load; fonts and certificates because the program has to draw and to connect.
WINDOW_PACKAGES = (
    SystemPackage("libegl1", library="libEGL.so.1"),
    SystemPackage("libgl1", library="libGL.so.1"),
    SystemPackage("libglib2.0-0", library="libglib-2.0.so.0"),
    SystemPackage("libdbus-1-3", library="libdbus-1.so.3"),
    SystemPackage("libfontconfig1", library="libfontconfig.so.1"),
    SystemPackage("libxkbcommon0", library="libxkbcommon.so.0"),
    SystemPackage("libxkbcommon-x11-0", library="libxkbcommon-x11.so.0"),
    SystemPackage("libxcb-cursor0", library="libxcb-cursor.so.0"),
    SystemPackage("libxcb-icccm4", library="libxcb-icccm.so.4"),
    SystemPackage("libxcb-image0", library="libxcb-image.so.0"),
    SystemPackage("libxcb-keysyms1", library="libxcb-keysyms.so.1"),
    SystemPackage("libxcb-render-util0", library="libxcb-render-util.so.0"),
    SystemPackage("libxcb-shape0", library="libxcb-shape.so.0"),
    SystemPackage("libxcb-xkb1", library="libxcb-xkb.so.1"),
    SystemPackage("libwayland-client0", library="libwayland-client.so.0"),
    SystemPackage("libwayland-cursor0", library="libwayland-cursor.so.0"),
    SystemPackage("libwayland-egl1", library="libwayland-egl.so.1"),
    SystemPackage("ca-certificates", paths=("/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs/*.pem")),
    SystemPackage("fonts-dejavu-core", paths=("/usr/share/fonts/**/DejaVuSans.ttf",)),
)

# Debian keeps a part of Python's own library in a package of its own.
VENV_PACKAGES = (SystemPackage(f"python3.{sys.version_info.minor}-venv", module="ensurepip"),)

# A screen without a monitor, a session bus with a keyring, the accessibility tree and Chinese letters.
TEST_PACKAGES = (
    SystemPackage("xvfb", program="Xvfb"),
    SystemPackage("xauth", program="xauth"),
    SystemPackage("openbox", program="openbox"),
    SystemPackage("xdotool", program="xdotool"),
    SystemPackage("x11-utils", program="xprop"),
    SystemPackage("dbus", program="dbus-run-session"),
    SystemPackage("dbus-x11", program="dbus-launch"),
    SystemPackage("gnome-keyring", program="gnome-keyring-daemon"),
    SystemPackage(
        "at-spi2-core", paths=("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
    ),
    SystemPackage("python3-pyatspi", paths=("/usr/lib/python3/dist-packages/pyatspi/__init__.py",)),
    SystemPackage("gir1.2-atspi-2.0", paths=("/usr/lib/*/girepository-1.0/Atspi-2.0.typelib",)),
    SystemPackage("fonts-noto-cjk", paths=("/usr/share/fonts/**/NotoSansCJK-Regular.ttc",)),
)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(packages: Iterable[SystemPackage]) -> list[str]:
    """Names of the packages that this machine lacks; always empty where the loader is not Linux's."""
    if not sys.platform.startswith("linux"):
        return []
    return [package.name for package in packages if not package.present()]


def _privilege() -> list[str] | None:
    """What to put before apt-get: nothing as root, sudo where it asks no password, None where we may not."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    asked = subprocess.call(
        [sudo, "-n", "true"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return [sudo, "-n"] if asked == 0 else None


def _line_to_type(names: list[str]) -> str:
    install = shell_line(["sudo", "apt-get", "install", "-y", "--no-install-recommends", *names])
    return f"sudo apt-get update && {install}"


def require_packages(packages: Iterable[SystemPackage], purpose: str) -> None:
    """Install what is missing with apt, or say exactly how; does nothing where nothing is missing.

    Raises:
        SetupError: apt may not be used here or failed; the text holds the line to type.
    """
    names = missing_packages(packages)
    if not names:
        return
    wanted = f"{purpose} needs {len(names)} system package(s): {' '.join(names)}"
    if shutil.which("apt-get") is None:
        say(f"{wanted}. These are Debian's names; install their equals if something does not start.")
        return
    privilege = _privilege()
    if privilege is None:
        raise SetupError(f"{wanted}.\nType this line, then run the command again:\n  {_line_to_type(names)}")
    say(f"{wanted} (apt installs them now; it may take some minutes)")
    _apt_get(privilege, "update")
    installed = _apt_get(privilege, "install", "--no-install-recommends", *names)
    if installed.returncode:
        raise SetupError(
            f"{installed.stdout}\napt-get ended with exit code {installed.returncode}. Try it by hand:\n"
            f"  {_line_to_type(names)}"
        )


def _apt_get(privilege: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """One call of apt-get that asks nothing. An update may fail for a foreign archive: only the install decides."""
    command = [*privilege, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", *arguments]
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
