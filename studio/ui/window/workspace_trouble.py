"""When the workspace cannot be opened: say why, and let the user choose another folder."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from studio.domain.errors import Problem
from studio.ui.problems import problem_text, problem_title
from studio.ui.tasks import ask
from studio.ui.translation import translate
from studio.ui.widgets.dialog import Question


async def ask_for_workspace(window: QWidget, problem: Problem) -> Path | None:
    """Another folder for the workspace, or None when the user would rather quit."""
    question = Question(
        window,
        title=lambda: problem_title(problem),
        text=lambda: problem_text(problem),
        primary=lambda: translate("WorkspaceTrouble", "Choose folder..."),
        cancel=lambda: translate("WorkspaceTrouble", "Quit"),
    )
    agreed = await ask(question)
    question.deleteLater()
    if not agreed:
        return None
    return await choose_folder(window, translate("WorkspaceTrouble", "Folder for the workspace"))


async def choose_folder(window: QWidget, title: str, start: Path | None = None) -> Path | None:
    """A folder from the system's dialog; None when it was cancelled."""
    chosen: asyncio.Future[Path | None] = asyncio.get_running_loop().create_future()
    dialog = QFileDialog(window, title, str(start or Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)

    def finished(_code: int) -> None:
        files = dialog.selectedFiles() if dialog.result() else []
        if not chosen.done():
            chosen.set_result(Path(files[0]) if files else None)
        dialog.deleteLater()

    dialog.finished.connect(finished)
    dialog.open()
    return await chosen
