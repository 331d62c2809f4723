"""Preferences speak the language of the window throughout, and the list of providers says how each stands."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from studio.domain.errors import BalanceUsedUp, KeyRejected
from studio.domain.ports import AccountStatus
from studio.ui.preferences.dialog import PreferencesDialog
from studio.ui.preferences.form import FormPage, note_label
from studio.ui.preferences.provider_form import ProviderForm
from studio.ui.preferences.provider_list import STATE_ROLE, ProviderList
from studio.ui.theme import Theme
from studio.ui.widgets import ComboBox, Label, LineField
from tests.ui.window.conftest import Play, Stage


def opened(stage: Stage, page: str) -> tuple[PreferencesDialog, ProviderForm]:
    stage.controller.dialogs.open_preferences(f"providers/{page}")
    dialog = stage.window.findChildren(PreferencesDialog)[-1]
    return dialog, next(form for form in dialog.findChildren(ProviderForm) if form.isVisible())


def state_of(dialog: PreferencesDialog, row: int = 0) -> Any:
    (shown,) = dialog.findChildren(ProviderList)
    return shown.item(row).data(STATE_ROLE)


def test_choices_and_terms_of_a_provider_follow_the_language(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        dialog, form = opened(stage, "midjourney")
        combo = form.findChildren(ComboBox)[0]
        assert combo.currentText() == "midjourney-proxy server"
        stage.controller.client.studio.settings.change(language="zh_CN")
        await stage.until(lambda: combo.currentText() == "midjourney-proxy 服务器")
        words = [label.text() for label in form.findChildren(Label) if label.isVisible()]
        assert any(text.startswith("Midjourney 没有公开的 API。") for text in words)
        dialog.reject()
        dialog, form = opened(stage, "tongyi")
        words = [label.text() for label in form.findChildren(Label) if label.isVisible()]
        assert "阿里云" in words
        assert form.findChildren(ComboBox)[0].currentText() == "中国（北京）"
        dialog.reject()

    play(scene)


def test_the_list_says_when_a_key_is_refused_until_something_changes(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        account = stage.client.studio.settings.current.provider("openai").accounts[0].id
        await stage.client.run(
            lambda studio: studio.accounts.set_key("openai", account, "sk-not-a-real-key-0000", place="session")
        )
        dialog, form = opened(stage, "openai")
        await stage.until(lambda: state_of(dialog) == "Ready")
        form.show_status(AccountStatus(ok=False, problem=KeyRejected(provider="OpenAI").problem))
        assert state_of(dialog) == "Key refused"
        form.show_status(AccountStatus(ok=False, problem=BalanceUsedUp(provider="OpenAI").problem))
        assert state_of(dialog) == "Balance used up"
        form.at_once.changed.emit(2)
        assert state_of(dialog) == "Ready"
        dialog.reject()

    play(scene)


def test_a_provider_without_a_key_has_a_button_of_common_size(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        dialog, form = opened(stage, "demo")
        await stage.until(lambda: form.test_button.width() == form.test_button.sizeHint().width())
        dialog.reject()

    play(scene)


def test_a_note_stands_below_its_control_where_it_would_be_a_column_of_words(qtbot: QtBot, theme: Theme) -> None:
    page, control, note = FormPage(), LineField("https://api.openai.com/v1"), note_label()
    qtbot.addWidget(page)
    control.setMinimumWidth(200)
    note.setText("For a gateway with the same API. http:// is for this computer and the local network only.")
    page.add_row(control, note=note)
    page.resize(800, 300)
    with qtbot.waitExposed(page, timeout=60_000):
        page.show()

    def edges() -> tuple[int, int, int, int]:
        return (control.geometry().right(), control.geometry().bottom(), note.x(), note.y())

    qtbot.waitUntil(lambda: edges()[2] > edges()[0], timeout=60_000)
    page.resize(430, 300)
    qtbot.waitUntil(
        lambda: edges()[3] > edges()[1] and note.height() >= note.heightForWidth(note.width()), timeout=60_000
    )
    assert note.width() > 180
    page.resize(800, 300)
    qtbot.waitUntil(lambda: edges()[2] > edges()[0], timeout=60_000)
