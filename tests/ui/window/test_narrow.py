"""The window at its smallest, with large text: nothing lies over what is needed, nothing is cut off."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from studio.ui.compare.panes import Mode
from studio.ui.preferences.dialog import PreferencesDialog
from studio.ui.preferences.form import FormPage
from studio.ui.widgets import Button, CheckBox, ComboBox, ElidedLabel
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


def _cut(dialog: QWidget) -> list[str]:
    """What has less room than its words ask for."""
    found: list[str] = []
    for kind in (Button, CheckBox, ComboBox, ElidedLabel):
        cut = (one for one in dialog.findChildren(kind) if one.isVisible() and one.width() < one.sizeHint().width())
        found += [f"{kind.__name__} {one.accessibleName()}" for one in cut]
    return found


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_no_words_of_the_sweep_builder_and_of_the_list_of_sweeps_are_cut(play: Play, code: str) -> None:
    async def scene(stage: Stage) -> None:
        await _shrink(stage, text_percent=125, language=code)
        stage.write("a {red|blue [[fail:moderation]]} kite in {spring|autumn|winter} light", seed=3)
        stage.controller.composer.press_generate()
        builder = stage.controller.sweeps._builder
        assert builder is not None
        await stage.until(lambda: builder.forecaster.sheet is not None, 60)
        await stage.until(lambda: _cut(builder) == [], 60)
        builder.primary_button.click()
        ended = {"done", "paused"}
        await stage.until(lambda: any(e.kind == "sweep_changed" and e.state in ended for e in stage.events), 60)
        stage.controller.sweeps.open_history()
        history = stage.controller.sweeps._history
        assert history is not None
        await stage.until(history.repeat_button.isVisible, 60)
        await stage.until(lambda: _cut(history) == [], 60)
        history.reject()

    play(scene)


def test_a_ticked_model_without_a_key_is_told_beside_what_it_costs(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        from studio.domain.request import Target

        await _shrink(stage, text_percent=125)
        stage.write("a kite")
        composer = stage.controller.composer
        rows = len(composer.models.rows)
        paid = [Target(provider="openai", model="gpt-image-2"), Target(provider="gemini", model=_default(stage))]
        demo = composer.models.targets()
        composer.models.tick([*demo, paid[0]])
        remark = composer.footer._remark
        await stage.until(lambda: remark.accessibleName().startswith("OpenAI has no key yet · up to $"))
        assert composer.models._count.text() == f"2 of {rows}"
        composer.models.tick([*demo, *paid])
        await stage.until(lambda: remark.accessibleName().startswith("2 models have no key yet · up to $"))
        composer.models.tick(demo)
        await stage.until(lambda: "no key" not in remark.accessibleName())

    play(scene)


def _default(stage: Stage) -> str:
    return next(spec.default_model for spec in stage.client.studio.specs if spec.id == "gemini")
