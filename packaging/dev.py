#!/usr/bin/env python3
"""Everything a developer types, on a machine that has nothing but Python 3.11.

    python3 packaging/dev.py run [-- arguments]    open the studio (without a display: a Demo run into output/)
    python3 packaging/dev.py test [pytest ...]     the whole suite, or what the arguments select
    python3 packaging/dev.py check                 ruff, mypy, import-linter, then the whole suite
    python3 packaging/dev.py bench [arguments]     the figures of tests/bench, as ratios
    python3 packaging/dev.py screenshots [folder]  the pictures of README and help (default references/images)
    python3 packaging/dev.py lock [uv ...]         remake the locks from pyproject.toml (--upgrade for newer versions)
    python3 packaging/dev.py package [folder]      wheel and sdist, proved in a clean environment (default dist)

Each command first brings `.venv/` to the state of the locks and, on Debian and Ubuntu, installs missing system
packages when run as root or where sudo asks no password. Otherwise it prints the line to type. Exit code 2 means that
the set-up failed.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036  this script is the one file that an older Python may start
    sys.exit(
        f"Prompt Studio needs Python 3.11 or newer; this is {sys.version.split()[0]}. Debian 12 and newer have it."
    )

import os
from collections.abc import Callable
from pathlib import Path

from console import PROJECT, SetupError, Word, call, say
from distribution import build_and_prove
from environment import PYTHON, prepare, venv_program
from locking import remake_locks
from system_packages import TEST_PACKAGES, VENV_PACKAGES, WINDOW_PACKAGES, require_packages

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
MOST_WORKERS = 4


def run(arguments: list[str]) -> int:
    """Open the studio; a machine without a display gets the same window rendered into files."""
    prepare_to_run("run")
    if arguments or has_display():
        return call([PYTHON, "-m", "studio", *arguments])
    say("no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): the window is rendered offscreen,")
    say("a Demo run is made in it, and the images and a screenshot are left in output/")
    return call([PYTHON, "-m", "studio", "--headless-demo", "output"], extra_environment=OFFSCREEN)


def prepare_to_run(profile: str) -> None:
    """An environment, and what Qt loads from the system."""
    require_packages((*VENV_PACKAGES, *WINDOW_PACKAGES), "The window")
    prepare(profile)


def has_display() -> bool:
    """Whether a window could open: always on Windows and macOS, with a display server elsewhere."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def test(arguments: list[str]) -> int:
    """Run pytest; its closing line is the last thing printed and its exit code is ours."""
    prepare_for_tests()
    return call([PYTHON, "-m", "pytest", *parallel_options(arguments), *arguments])


def prepare_for_tests() -> None:
    """The development environment, a virtual screen, a session bus, fonts."""
    require_packages((*VENV_PACKAGES, *WINDOW_PACKAGES, *TEST_PACKAGES), "The test suite")
    prepare("dev")


def parallel_options(arguments: list[str]) -> list[str]:
    """Spread the whole suite over the processors; a chosen file or test stays in one process, for the debugger.

    Beside thousands of others, on a machine of which nothing is known, up to two tests may be tried a second time. The
    closing line counts them and their failure is printed whole: each is a fault to find. A chosen test has one try."""
    chosen = any(Path(PROJECT, argument.split("::")[0]).exists() for argument in arguments)
    own_choice = any(argument.startswith(("-n", "--numprocesses", "--pdb", "--dist")) for argument in arguments)
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    if chosen or own_choice or workers < 2:
        return []
    # A test that kills its process fails the suite; a new worker in its place would leave the others waiting for ever.
    spread = [f"--numprocesses={workers}", "--dist=loadgroup", "--max-worker-restart=0"]
    # Counting tries takes 25 ms a test: too much for the thousands that need neither window, disk nor second process.
    once = [f"--rerun-exclude-path=tests/{folder}" for folder in ("contract", "unit/domain", "unit/providers")]
    return [*spread, "--reruns=1", "--max-suite-reruns=2", "--rerun-show-tracebacks", *once]


def check(arguments: list[str]) -> int:
    """Every rule, then every test. All of them run even when one fails, so that one look shows everything."""
    prepare_for_tests()
    rules: dict[str, list[Word]] = {
        "ruff check": [venv_program("ruff"), "check", "."],
        "ruff format": [venv_program("ruff"), "format", "--check", "."],
        "mypy": [venv_program("mypy")],
        "import-linter": [venv_program("lint-imports"), "--no-cache"],
        "tests": [PYTHON, "-m", "pytest", *parallel_options(arguments), *arguments],
    }
    failed = []
    for name, command in rules.items():
        say(name)
        if call(command):
            failed.append(name)
    say(f"failed: {', '.join(failed)}" if failed else "all rules and tests hold")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """Print the benchmark's figures next to their baselines."""
    prepare_for_tests()
    return call([PYTHON, "-m", "tests.bench", *arguments])


def screenshots(arguments: list[str]) -> int:
    """Take the pictures of the real window for README and help again."""
    prepare_for_tests()
    return call([PYTHON, "-m", "tests.screenshots", *(arguments or ["references/images"])], extra_environment=OFFSCREEN)


def lock(arguments: list[str]) -> int:
    """Write the locks again; arguments go to the resolver."""
    require_packages(VENV_PACKAGES, "A virtual environment")
    prepare("dev")
    remake_locks(arguments)
    return 0


def package(arguments: list[str]) -> int:
    """Build the wheel and the sdist and start the installed program once."""
    prepare_to_run("dev")
    build_and_prove(Path(arguments[0] if arguments else "dist").absolute())
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "screenshots": screenshots,
    "lock": lock,
    "package": package,
}


def main(argv: list[str]) -> int:
    """Find the command and run it; a set-up that failed is told in words and ends with 2."""
    if not argv or argv[0] not in COMMANDS:
        print(__doc__)
        return 0 if argv and argv[0] in {"-h", "--help", "help"} else 2
    arguments = argv[2:] if argv[1:2] == ["--"] else argv[1:]
    try:
        return COMMANDS[argv[0]](arguments)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
