"""Modules loaded ahead: each step loads one module of the sweep builder only."""

from __future__ import annotations

import subprocess
import sys

_LOAD = """
import sys
from importlib import import_module
import studio.ui.window.controller
from studio.ui.window.ahead import MODULES
for name in MODULES:
    before = {one for one in sys.modules if one.startswith("studio.ui.")}
    import_module(name)
    more = {one for one in sys.modules if one.startswith("studio.ui.sweep.")} - before - {name}
    if more:
        print(name, *sorted(more))
"""


def test_what_needs_others_comes_after_them() -> None:
    done = subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True)
    assert done.stdout == ""
