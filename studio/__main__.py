"""Where the program starts: no arguments open the window, anything else is the command line.

Looks at the arguments with nothing but `sys`, so that each face imports only itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code; see `references/cli.md`."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    match words:
        case []:
            return _open_window()
        case ["--version"]:
            from studio import __version__

            sys.stdout.write(f"prompt-studio {__version__}\n")
            return 0
        case ["--workspace", folder]:
            return _open_window(folder)
        case ["--paint"]:
            # How a frozen program starts the Demo provider's painter: it has no `python -m`.
            import runpy

            runpy.run_module("studio.painting", run_name="__main__")
            return 0
        case ["--headless-demo", folder]:
            from pathlib import Path

            from studio.ui.application import run_headless_demo

            return run_headless_demo(Path(folder))
        case _:
            from studio.cli.app import run

            return run(words)


def _open_window(folder: str | None = None) -> int:
    """Until the first paint everything made is kept, so that looking for garbage only costs time (5 % of the start)."""
    import gc
    from pathlib import Path

    gc.disable()
    from studio.ui.application import run_window

    return run_window(workspace=Path(folder) if folder is not None else None)


if __name__ == "__main__":
    sys.exit(main())
