"""What one thread of the window has freed serves the others."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from studio.ui.allocator import keep_few_arenas


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU C library has a pool for each thread")
@pytest.mark.parametrize(("said", "few"), [({}, True), ({"MALLOC_ARENA_MAX": "6"}, False)])
def test_all_threads_of_the_window_share_two_pools_unless_the_user_says_otherwise(
    tmp_path: Path, said: dict[str, str], few: bool
) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "MALLOC_ARENA_MAX"}
    environment |= {"HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", **said}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.window.counted_arenas", str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    arenas = int(done.stdout.split()[-1])
    assert arenas <= 2 if few else 2 < arenas <= 6


def test_the_users_own_word_on_pools_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLIBC_TUNABLES", "glibc.malloc.arena_max=4")
    assert not keep_few_arenas()
