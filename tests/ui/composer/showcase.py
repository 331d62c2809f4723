"""Pictures of the composer for the eye: ``python -m tests.ui.composer.showcase OUTDIR``.

Snippets, their dialog, styles, earlier prompts, in both themes and languages. Popovers are windows of their own: they
are laid over a picture of the main window where they stand."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from studio.ui.theme import Scheme, Theme
from studio.ui.translation import Language
from tests.ui.exhibition import exhibit
from tests.ui.window.conftest import Stage, _perform

_SNIPPETS = {
    "Evening light": "late afternoon light through a north window, long soft shadows",
    "Film": "35 mm film, soft grain, muted colours",
    "House palette": "muted sage, clay and bone, nothing saturated",
    "Lens": "50 mm, f/2.8, eye level",
}
_PROMPT = "Stoneware vase and two pears on folded linen, lime-plaster wall"


async def shoot(stage: Stage, folder: Path, name: str, *over: QWidget | None) -> None:
    """A picture of the window with popovers and dialogs laid over it."""
    await asyncio.sleep(0.6)
    picture = stage.window.grab()
    painter = QPainter(picture)
    for one in over:
        if one is not None:
            painter.drawPixmap(stage.window.mapFromGlobal(one.mapToGlobal(one.rect().topLeft())), one.grab())
    painter.end()
    picture.save(str(folder / f"{name}.png"))


async def _show(stage: Stage, folder: Path, tag: str) -> None:
    composer = stage.controller.composer
    for name, text in _SNIPPETS.items():
        await stage.client.run(lambda studio, n=name, t=text: studio.workspace.phrasebook.keep_snippet(n, t))  # type: ignore[misc]
    for prompt in (_PROMPT, _PROMPT + ", hard flash", "一只红色的风筝，柔光"):
        await stage.generate(prompt)
    stage.write(_PROMPT)
    composer.open_snippets()
    await shoot(stage, folder, f"snippets-{tag}", composer.saved_words.popover)
    if composer.saved_words.popover is not None:
        composer.saved_words.popover.close()
    composer.history.open_at(composer.head.history_button)
    await shoot(stage, folder, f"earlier-prompts-{tag}", composer.history.popover)
    if composer.history.popover is not None:
        composer.history.popover.close()
    composer.saved_words.edit_snippets()
    await asyncio.sleep(0.3)
    dialog = composer.saved_words.dialog
    if dialog is not None:
        dialog.remove_button.click()
        await shoot(stage, folder, f"edit-snippets-{tag}", dialog)
        dialog.primary()
    composer.saved_words.edit_styles()
    await asyncio.sleep(0.3)
    dialog = composer.saved_words.dialog
    if dialog is not None:
        dialog.add_button.click()
        dialog.name_field.edit.setText("Watercolour")
        dialog.primary()
        await shoot(stage, folder, f"edit-styles-{tag}", dialog)
        dialog.remove_button.click()
        dialog.reject()


async def _show_more(stage: Stage, folder: Path, tag: str) -> None:
    """Looking at settings, variations of an image, the queue while it is paused."""
    controller = stage.controller
    stage.write("Stoneware vase and three figs, hard flash", images=3, seed=41, models=("demo-poster",))
    image = (await stage.images())[0]
    controller.actions.look_at_settings.emit(image.id)
    await stage.until(controller.composer.peek.isVisible)
    await shoot(stage, folder, f"look-{tag}")
    controller.composer.back_to_mine()
    controller.actions.vary.emit(image.id)
    await stage.until(lambda: controller.images.vary.menu is not None)
    await shoot(stage, folder, f"vary-{tag}", controller.images.vary.menu)
    if controller.images.vary.menu is not None:
        controller.images.vary.menu.close()
    controller.queue.set_paused(paused=True)
    await stage.until(lambda: controller.tracker.activity.paused)
    for models in (("demo-painter", "demo-poster", "demo-papercut"), ("demo-painter",)):
        stage.write(_PROMPT, images=2, models=models)
        controller.composer.press_generate()
        await asyncio.sleep(0.4)
    controller.queue.open()
    await stage.until(lambda: controller.queue.popover is not None and controller.queue.popover.rows.count() == 4)
    await shoot(stage, folder, f"queue-{tag}", controller.queue.popover)
    if controller.queue.popover is not None:
        controller.queue.popover.close()
    await stage.client.run(lambda studio: studio.engine.cancel_all())


async def show(folder: Path, _theme: Theme, language: Language) -> None:
    for scheme, code in ((Scheme.DARK, "en"), (Scheme.LIGHT, "zh_CN")):

        async def scene(stage: Stage, scheme: Scheme = scheme, code: str = code) -> None:
            stage.client.studio.settings.change(appearance=scheme.value, language=code)
            await asyncio.sleep(0.3)
            await _show(stage, folder, f"{scheme.value}-{code}")
            await _show_more(stage, folder, f"{scheme.value}-{code}")

        await _perform(scene, language, folder / scheme.value)


if __name__ == "__main__":
    exhibit(show)
