"""A library on a drive that is mounted for reading only."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.end2end.cli.program import Program

MOUNT = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'


@pytest.fixture
def mounted(program: Program, home: Path) -> tuple[str, ...]:
    """The library with two images; what comes after these words finds it read-only."""
    library = home / "Pictures" / "Prompt Studio"
    painted = program.run(
        *("generate", "--prompt", "two pears", "--target", "demo/demo-painter", "--size", "64x64", "-n", "2", "--quiet")
    )
    assert painted.code == 0
    runner = ("unshare", "-rm", "sh", "-c", MOUNT, str(library))
    done = subprocess.run([*runner, "touch", str(library / "x")], capture_output=True, text=True, check=False)
    if "Read-only" not in done.stderr:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    return runner


def state_of(folder: Path) -> dict[Path, tuple[bytes, int]]:
    return {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.rglob("*") if file.is_file()}


def test_it_can_be_looked_at_and_exported_and_nothing_in_it_changes(
    program: Program, mounted: tuple[str, ...], home: Path
) -> None:
    program.run("collections", "add", "Best of", "--everything", "--make")
    program.run("snippets", "save", "Light", "soft")
    before = state_of(home / "Pictures")

    listed = program.run("list", "--json", "--search", "pears", runner=mounted)
    assert (listed.code, listed.json["total"]) == (0, 2)
    assert "is read-only: nothing can be generated or changed here." in listed.err
    assert program.run("collections", "list", "--json", runner=mounted).json["collections"][0]["images"] == 2
    assert program.run("snippets", "show", "Light", runner=mounted).out == "soft\n"
    assert program.run("sweep", "list", runner=mounted).code == 0
    copied = program.run("export", "--everything", "--to", "out", "--contact-sheet", "png", runner=mounted)
    assert (copied.code, copied.out.strip()) == (0, "2 exported: out")
    assert len(list((program.folder / "out").iterdir())) == 3
    colour = program.run("list", "--like", str(next((program.folder / "out").glob("*_01.png"))), runner=mounted)
    assert colour.code == 0

    assert state_of(home / "Pictures") == before
    left = [path for path in home.rglob("looked-at/*") if path.is_dir()]
    assert left == []


@pytest.mark.parametrize(
    "words",
    [
        ("generate", "--prompt", "x", "--target", "demo/demo-painter"),
        ("mark", "--everything", "--stars", "3"),
        ("collections", "make", "New"),
        ("collections", "add", "New", "--everything", "--make"),
        ("collections", "rename", "Best of", "Better"),
        ("collections", "remove", "Best of", "--everything"),
        ("collections", "delete", "Best of"),
        ("snippets", "save", "New", "x"),
        ("snippets", "delete", "Light"),
        ("sweep", "--prompt", "{red|blue} pear", "--target", "demo/demo-painter"),
        ("sweep", "resume", "1"),
        ("sweep", "pause", "1"),
        ("sweep", "stop", "1"),
        ("settle", "1.0.0", "--not-billed"),
        ("resume",),
    ],
)
def test_what_would_change_it_is_refused_before_anything_is_sent(
    program: Program, mounted: tuple[str, ...], words: tuple[str, ...]
) -> None:
    answer = program.run(*words, runner=mounted)
    assert answer.code == 8
    assert "Library is read-only." in answer.err
    assert "nothing can be generated or changed here. Nothing was billed." in " ".join(answer.err.split())


def test_what_was_written_last_is_seen_though_its_writer_was_killed(
    program: Program, mounted: tuple[str, ...], home: Path
) -> None:
    """The newest rows are in the log beside the database, which nobody folded in."""
    running = program.start(
        *("generate", "--prompt", "plums [[slow:600]]", "--target", "demo/demo-poster", "--size", "64x64")
    )
    running.hear("demo-poster")
    running.kill()
    assert (home / "Pictures" / "Prompt Studio" / "studio.db-wal").stat().st_size > 0
    assert program.run("list", "--json", runner=mounted).json["total"] == 2
