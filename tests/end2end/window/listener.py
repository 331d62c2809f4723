"""Runs beside the driver under the system's Python: writes down what a screen reader is told, one line each."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pyatspi


def main(path: str) -> None:
    with Path(path).open("a", encoding="utf-8", buffering=1) as log:

        def heard(event: Any) -> None:
            try:
                if "announcement" in str(event.type):
                    log.write(f"announcement: {event.any_data}\n")
                elif event.detail1:
                    log.write(f"focus: {event.source.getRoleName()} {event.source.name}\n")
            except Exception:
                return  # a node that has vanished meanwhile

        pyatspi.Registry.registerEventListener(heard, "object:announcement", "object:state-changed:focused")
        log.write("listening\n")
        pyatspi.Registry.start()


main(sys.argv[1])
