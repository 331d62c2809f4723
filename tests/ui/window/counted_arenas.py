"""The window in a process of its own: ``python -m tests.ui.window.counted_arenas HOME``.

Prints how many pools its C library has while twelve threads hold memory at once."""

from __future__ import annotations

import ctypes
import re
import sys
import threading
from dataclasses import replace
from pathlib import Path

from studio.bootstrap import StudioPaths
from studio.ui.application import make_application
from studio.ui.look import remembered_look
from studio.ui.window.controller import WindowController
from studio.ui.window.life import live
from studio.ui.window.main_window import MainWindow

_THREADS = 12
_PIECE_BYTES = 20_000


def count_arenas(told: Path) -> int:
    """By the C library's own account, which it writes to the file `told`."""
    library = ctypes.CDLL(None)
    library.malloc.restype = library.fopen.restype = ctypes.c_void_p
    all_hold, may_end = threading.Barrier(_THREADS + 1), threading.Event()

    def hold() -> None:
        piece = library.malloc(_PIECE_BYTES)
        all_hold.wait()
        may_end.wait()
        library.free(ctypes.c_void_p(piece))

    threads = [threading.Thread(target=hold) for _ in range(_THREADS)]
    for thread in threads:
        thread.start()
    all_hold.wait()
    stream = ctypes.c_void_p(library.fopen(str(told).encode(), b"w"))
    library.malloc_info(0, stream)
    library.fclose(stream)
    may_end.set()
    for thread in threads:
        thread.join()
    return len(re.findall(r"<heap nr=", told.read_text(encoding="ascii")))


def main(home: Path) -> int:
    """Open the window, count, close it."""
    folders = {name: home / name for name in ("config", "data", "state", "cache")}
    paths = replace(StudioPaths.of_user(), **folders, default_workspace=home / "workspace")
    app = make_application(())
    theme, language = remembered_look(app)
    window = MainWindow()
    window.show()

    async def count(_controller: WindowController) -> int:
        print(count_arenas(home / "arenas.xml"), flush=True)
        return 0

    return live(app, window, theme, language, paths=paths, then=count)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
