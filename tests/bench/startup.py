"""First paint of the window against a bare PySide6 window of the same size, fresh processes in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile

ROUNDS = 7

BARE = """
import time; begun = time.perf_counter()
from PySide6.QtWidgets import QApplication, QMainWindow, QToolBar, QListView, QDockWidget, QTextEdit
app = QApplication([]); window = QMainWindow(); window.addToolBar(QToolBar()); window.setCentralWidget(QListView())
from PySide6.QtCore import Qt
dock = QDockWidget(); dock.setWidget(QTextEdit()); window.addDockWidget(Qt.LeftDockWidgetArea, dock)
window.resize(1440, 900); window.show(); app.processEvents()
print((time.perf_counter() - begun) * 1000)
import os; os._exit(0)
"""

OURS = """
import time; begun = time.perf_counter()
import sys, types
early = ("httpx", "PIL", "keyring", "pydantic", "apsw", "qasync")
def live(*parts, **options):
    print((time.perf_counter() - begun) * 1000, ",".join(name for name in early if name in sys.modules) or "none")
    import os; os._exit(0)
after_the_paint = types.ModuleType("studio.ui.window.life"); after_the_paint.live = live
sys.modules["studio.ui.window.life"] = after_the_paint
from studio.__main__ import main
main([])
"""
"""The program's own way from `main` to what comes after the first paint, which stops the clock."""


def _run(code: str, home: str) -> list[str]:
    environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    return done.stdout.split()


def measure() -> list[tuple[str, ...]]:
    """Milliseconds from the first import to the end of the first paint, medians of `ROUNDS` interleaved runs."""
    bare: list[float] = []
    ours: list[float] = []
    early = ""
    with tempfile.TemporaryDirectory() as home:
        _run(BARE, home), _run(OURS, home)  # both warm
        for _ in range(ROUNDS):
            bare.append(float(_run(BARE, home)[0]))
            figure, early = _run(OURS, home)
            ours.append(float(figure))
    one, other = statistics.median(ours), statistics.median(bare)
    return [
        ("first paint", f"{one:.0f} ms", f"{other:.0f} ms bare window", f"{one / other:.2f}x, target 1.5x"),
        ("imported before it of httpx, PIL, keyring, pydantic, apsw, qasync", early, "none", ""),
    ]
