"""Taking pictures of the window with what lies over it, and filling its library with Demo images."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

if TYPE_CHECKING:
    from studio.domain.values import ImageId
    from studio.ui.window.controller import WindowController

PROMPTS = (
    ("Stoneware vase and two pears on a wooden table, soft north window light, muted sage and clay", 3),
    ("Stoneware vase and two pears on folded linen, soft north window light, muted sage and clay", 4),
    ("Stoneware vase and two pears on folded linen, late afternoon sun through a tall window, muted sage and clay", 5),
)
MODELS = ("demo-painter", "demo-poster", "demo-papercut")


class Shots:
    """`take` writes FOLDER/NAME.png, in every look that was asked for; popovers, menus and dialogs are in it."""

    def __init__(
        self,
        controller: WindowController,
        folder: Path,
        *,
        looks: Sequence[tuple[str, str]],
        named: bool,
        settle_s: float,
    ) -> None:
        self.controller, self.folder, self.window = controller, folder, controller.window
        self._looks, self._named, self._settle_s = looks, named, settle_s

    async def take(self, name: str) -> None:
        settings = self.controller.client.studio.settings
        for theme, language in self._looks:
            if (settings.current.appearance, settings.current.language) != (theme, language):
                settings.change(appearance=theme, language=language)
            await asyncio.sleep(self._settle_s)
            QApplication.sendPostedEvents()  # layouts that words have asked for since
            suffix = f"-{theme}-{language[:2]}" if self._named else ""
            path = self.folder / f"{name}{suffix}.png"
            picture = self.window.grab()
            painter = QPainter(picture)
            for one in self._over():
                painter.drawPixmap(one.mapToGlobal(one.rect().topLeft()) - self.window.pos(), one.grab())
            painter.end()
            picture.save(str(path))
            sys.stdout.write(f"{path}\n")

    def _over(self) -> list[QWidget]:
        """Windows over the main one, the newest last."""
        shown = [one for one in QApplication.topLevelWidgets() if one is not self.window and one.isVisible()]
        return sorted(shown, key=lambda one: not isinstance(one, QDialog))

    def dialog(self) -> QDialog | None:
        """The open dialog."""
        shown = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        return shown[0] if shown else None

    def tidy_popups(self) -> None:
        """Close all that lies over the window."""
        for one in reversed(self._over()):
            if isinstance(one, QDialog):
                one.reject()
            else:
                one.close()

    def tidy(self) -> None:
        """As before the first scene: the runs, nothing filtered, nothing selected."""
        self.tidy_popups()
        self.window.message_bar.hide()
        self.controller.gallery.set_filters([])
        self.controller.gallery.clear_selection()
        self.controller.show_view("runs")

    async def image_ids(self) -> list[ImageId]:
        """The newest images of the library."""
        images = await self.controller.client.run(lambda studio: studio.workspace.library.page(limit=40))
        return [image.id for image in images]

    async def choose(self, count: int) -> None:
        """Select the newest images."""
        self.controller.gallery.selection.set_ids((await self.image_ids())[:count])
        await asyncio.sleep(0.3)

    def tick(self, models: Sequence[str] = MODELS) -> None:
        """Tick Demo models in the composer."""
        from studio.domain.request import Target

        targets = [Target(provider="demo", model=model, options={"pace": "instant"}) for model in models]
        self.controller.composer.models.tick(targets)

    async def run(self, prompt: str, seed: int, models: Sequence[str] = MODELS) -> None:
        """Make a run and load its settings into the composer."""
        from studio.domain.assets import Size
        from studio.domain.request import GenerationRequest, Target

        targets = [Target(provider="demo", model=model, options={"pace": "instant"}) for model in models]
        request = GenerationRequest(prompt=prompt, size=Size.of(896, 1120), seed=seed)

        async def work(studio: Any) -> Any:
            run = await studio.engine.start(request, targets)
            return await studio.engine.wait(run.id)

        await self.controller.client.run(work)
        self.controller.composer.load(request, targets)

    async def sweep(self, prompt: str) -> None:
        """Part of a sweep is made, so that its matrix has both; the composer holds its words."""
        from studio.ui.sweep.builder import SweepBuilder

        controller = self.controller
        controller.composer.prompt_box.prompt.set_text(prompt)
        controller.actions.open_sweep.emit()
        await asyncio.sleep(4)
        dialog = self.dialog()
        assert isinstance(dialog, SweepBuilder)
        dialog.try_button.click()
        await asyncio.sleep(2)
        sweep = (await controller.client.run(lambda studio: studio.sweeps.sweeps(1)))[0]
        await controller.client.run(lambda studio: studio.sweeps.wait(sweep.id))
