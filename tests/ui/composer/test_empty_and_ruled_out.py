"""What lists say while they are empty, and options that another choice rules out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.domain.request import Target
from studio.providers.catalogue import load_catalogue
from studio.ui.composer.option_form import OptionForm
from studio.ui.theme import Theme
from studio.ui.translation import Language
from studio.ui.widgets import ComboBox, Label, Segments, SliderField
from tests.ui.window.conftest import Play, Stage

CATALOGUE = load_catalogue(Path(__file__).resolve().parents[3] / "resources" / "catalog")


def test_an_empty_list_says_so_in_its_middle_and_offers_nothing_to_forget(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        composer = stage.controller.composer
        composer.history.open_at(composer.head.history_button)
        popover = composer.history.popover
        assert popover is not None
        await stage.until(lambda: popover.nothing.text() == "No prompt yet")
        assert popover.nothing.isVisible()
        assert popover.count.text() == ""
        popover.close()

    play(scene)


def test_a_reason_is_read_in_full_below_the_option_that_it_rules_out(qtbot: QtBot, theme: Theme) -> None:
    model = CATALOGUE["openai"].model("gpt-image-2")
    assert model is not None
    form = OptionForm(model, {})
    qtbot.addWidget(form)
    form.resize(290, form.heightForWidth(290))
    with qtbot.waitExposed(form, timeout=60_000):
        form.show()
    notes = [note for note in form.findChildren(Label) if note.text() == "only JPEG and WebP are compressed"]
    (note,) = notes
    assert note.isVisible()
    qtbot.waitUntil(lambda: note.height() >= note.heightForWidth(note.width()), timeout=60_000)
    control = next(one for one in form.findChildren(SliderField) if not one.isEnabled())
    qtbot.waitUntil(lambda: note.y() > control.geometry().bottom() and note.x() == control.x(), timeout=60_000)
    assert control.width() > 120


def test_choices_of_options_follow_the_language(qtbot: QtBot, theme: Theme, language: Language) -> None:
    model = CATALOGUE["tongyi"].model("wanx2.1-imageedit")
    assert model is not None
    form = OptionForm(model, {})
    qtbot.addWidget(form)
    (kind, *_) = form.findChildren(ComboBox)
    assert "Edit by words" in [kind.itemText(row) for row in range(kind.count())]
    language.choose("zh_CN")
    form.retranslate()
    assert "用文字编辑" in [kind.itemText(row) for row in range(kind.count())]


def test_options_that_depend_on_references_follow_them(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        composer = stage.controller.composer
        composer.models.tick([Target(provider="openai", model="gpt-image-2")])
        row = next(row for row in composer.models.rows if row.key == "openai/gpt-image-2")
        row.disclosure.setChecked(True)
        moderation = next(one for one in row.findChildren(Segments) if one.accessibleName() == "Moderation")
        assert moderation.isEnabled()
        pasted, image = QMimeData(), QImage(64, 64, QImage.Format.Format_RGB32)
        image.fill(0x2244CC)
        pasted.setImageData(image)
        composer.references.offered.emit(pasted)
        await stage.until(lambda: not moderation.isEnabled())
        thumb = composer.references._thumbs[0]
        thumb.setFocus()
        QTest.keyClick(thumb, Qt.Key.Key_Delete)
        await stage.until(moderation.isEnabled)

    play(scene)
