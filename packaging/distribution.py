"""The wheel and the source distribution, and the proof that what they hold is the whole program."""

from __future__ import annotations

import os
import shutil
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from console import PROJECT, SetupError, Word, must, say
from environment import LOCKS, PYTHON, uv_environment, venv_program

# The folders of a checkout and where an installed program has them; wheel_data.py puts them there.
MAPPED_FOLDERS = {"resources": "studio/_resources", "references": "studio/_references"}


def build_and_prove(folder: Path) -> None:
    """Build both files into ``folder``, the wheel from the unpacked sdist, then install and start the wheel elsewhere.

    Raises:
        SetupError: a build failed, a file is missing from the wheel, or the installed program did not start.
    """
    with tempfile.TemporaryDirectory(prefix="prompt-studio-package-") as temporary:
        workshop = Path(temporary)
        source_archive = _build(PROJECT, "sdist", workshop)
        with tarfile.open(source_archive) as archive:
            archive.extractall(workshop / "unpacked", filter="data")
        (unpacked,) = (workshop / "unpacked").iterdir()
        wheel = _build(unpacked, "wheel", workshop)
        _compare_with_checkout(wheel)
        _prove(wheel, workshop)
        folder.mkdir(parents=True, exist_ok=True)
        for built in (source_archive, wheel):
            shutil.copy2(built, folder)
            say(f"built {folder / built.name} ({built.stat().st_size / 1e6:.1f} MB)")


def _build(source: Path, target: str, workshop: Path) -> Path:
    say(f"building the {target}")
    output = workshop / target
    must(
        [PYTHON, "-m", "hatchling", "build", "--target", target, "--directory", output],
        f"Building the {target}",
        cwd=source,
    )
    (built,) = (path for path in output.iterdir() if path.suffix in {".whl", ".gz"})
    return built


def _compare_with_checkout(wheel: Path) -> None:
    """Every data file of the checkout is in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    missing = [
        str(path.relative_to(PROJECT))
        for source, target in MAPPED_FOLDERS.items()
        for path in sorted((PROJECT / source).rglob("*"))
        if path.is_file() and f"{target}/{path.relative_to(PROJECT / source).as_posix()}" not in packed
    ]
    if missing:
        raise SetupError(f"{wheel.name} lacks {len(missing)} file(s): {', '.join(missing[:10])}")


def _prove(wheel: Path, workshop: Path) -> None:
    """Install the locked requirements and the wheel where nothing else is, and use the program there."""
    venv = workshop / "venv"
    python = venv_program("python", venv)
    must([sys.executable, "-m", "venv", "--without-pip", venv], "Making a clean environment")
    uv: list[Word] = [venv_program("uv"), "pip"]
    quiet: list[Word] = ["--quiet", "--python", python]
    lock = LOCKS / "requirements.txt"
    must(
        [*uv, "sync", *quiet, "--require-hashes", lock],
        "Installing the requirements",
        extra_environment=uv_environment(),
    )
    must([*uv, "install", *quiet, "--no-deps", "--no-index", wheel], "Installing the wheel")
    elsewhere = {**_home(workshop), "QT_QPA_PLATFORM": "offscreen"}
    program = venv_program("prompt-studio", venv)
    for step in (["--version"], ["providers"], ["--headless-demo", workshop / "output"]):
        must(
            [program, *step],
            f"The installed program ({' '.join(map(str, step))})",
            cwd=workshop,
            extra_environment=elsewhere,
        )
    if not any((workshop / "output").rglob("*.png")):
        raise SetupError("the installed program made no picture")


def _home(workshop: Path) -> dict[str, str]:
    """A user who has never started the program."""
    home = workshop / "home"
    home.mkdir()
    names = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    return {name: str(home) for name in names if name == "HOME" or os.name == "nt" or name.startswith("XDG")}
