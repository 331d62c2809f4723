"""The window at its smallest, with large text: nothing lies over what is needed, nothing is cut off."""

from __future__ import annotations

import pytest

from studio.ui.compare.panes import Mode
from studio.ui.preferences.dialog import PreferencesDialog
from studio.ui.preferences.form import FormPage
from studio.ui.window.main_window import MINIMUM_SIZE
from tests.ui.window.conftest import Play, Stage


async def _shrink(stage: Stage, *, text_percent: int = 100, language: str = "en") -> None:
    stage.client.studio.settings.change(text_scale_percent=text_percent, language=language)
    stage.window.resize(MINIMUM_SIZE)
    await stage.until(lambda: stage.window.size() == MINIMUM_SIZE)


def test_the_side_of_compare_stands_beside_the_table(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await _shrink(stage)
        await stage.generate("two pears", images=2)
        assert not stage.window.details_region.isVisible()
        ids = [image.id for image in await stage.images()]
        stage.controller.actions.compare.emit(ids)
        compare = stage.controller.compare
        await stage.until(lambda: compare.image_ids() == ids)
        compare.set_mode(Mode.WIPE)
        compare.set_blind(True)
        stage.window.toolbar.details_toggle.setChecked(True)
        buttons = (*compare.vote_bar.answers.values(), compare.vote_bar.skip, compare.bar.blind)

        def all_beside() -> bool:
            left = compare.side.mapToGlobal(compare.side.rect().topLeft()).x()
            return all(button.mapToGlobal(button.rect().topRight()).x() < left for button in buttons)

        await stage.until(lambda: compare.side.isVisible() and all_beside())
        stage.controller.show_view("grid")
        assert not stage.window.details_region.isVisible()
        stage.window.toolbar.details_toggle.setChecked(True)
        assert stage.window.details_region.isVisible()
        assert stage.window.hide_overlay()

    play(scene)


def _fits(form: FormPage) -> bool:
    inside = form.widget()
    return inside is not None and inside.minimumSizeHint().width() <= form.viewport().width()


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pages_of_preferences_are_never_cut_off_at_the_side(play: Play, code: str) -> None:
    async def scene(stage: Stage) -> None:
        await _shrink(stage, text_percent=125, language=code)
        for page in ("providers/openai", "providers/tongyi", "budget", "storage", "shortcuts"):
            stage.controller.dialogs.open_preferences(page)
            dialog = stage.window.findChildren(PreferencesDialog)[-1]
            shown = [form for form in dialog.findChildren(FormPage) if form.isVisible()]
            assert shown
            await stage.until(lambda forms=shown: all(_fits(form) for form in forms))  # type: ignore[misc]
            assert dialog.width() <= stage.window.width()
            dialog.reject()

    play(scene)
