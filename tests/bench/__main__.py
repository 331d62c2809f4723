"""Runs every benchmark of this folder and prints its figures: ``python -m tests.bench [NAME ...] [--minutes N]``.

Each module has `measure() -> list[tuple[str, ...]]`: rows of what was measured, our figure, the baseline's, and the
ratio or target. Each runs in a process of its own, so that no figure depends on another."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

HEADINGS = ("what", "ours", "baseline", "ratio or target")


def names() -> list[str]:
    """The benchmarks there are."""
    folder = Path(__file__).parent
    return sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))


def run_one(name: str) -> list[tuple[str, ...]]:
    """The rows of one benchmark, measured in a process of its own."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--one", name],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        check=False,
    )
    if done.returncode:
        return [(f"{name} failed", f"exit code {done.returncode}", "", "")]
    return [tuple(row) for row in json.loads(done.stdout.splitlines()[-1])]


def show(rows: list[tuple[str, ...]]) -> None:
    """A table with columns as wide as their words."""
    lines = [HEADINGS, *rows]
    widths = [max(len(line[i]) if i < len(line) else 0 for line in lines) for i in range(len(HEADINGS))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=False)).rstrip())
    print(flush=True)


def main() -> int:
    arguments = sys.argv[1:]
    if arguments[:1] == ["--one"]:
        print(json.dumps(importlib.import_module(f"tests.bench.{arguments[1]}").measure()))
        return 0
    if "--minutes" in arguments:  # of the soak
        place = arguments.index("--minutes")
        os.environ["STUDIO_BENCH_MINUTES"] = arguments[place + 1]
        del arguments[place : place + 2]
    unknown = [name for name in arguments if name not in names()]
    if unknown:
        print(f"There is no benchmark {unknown[0]}. Name some of: {', '.join(names())}; soak takes --minutes N.")
        return 2
    failed = False
    for name in arguments or names():
        print(f"== {name}")
        rows = run_one(name)
        failed = failed or rows[0][0].endswith("failed")
        show(rows)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
