"""What a user does in the window, and what is on disk and on screen afterwards."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListWidget
from shiboken6 import isValid

from studio.bootstrap import Studio
from studio.domain.pricing import Money
from studio.domain.request import Target
from studio.ui.translation import written
from studio.ui.widgets import Button, Question
from studio.ui.widgets.popover import Popover
from studio.ui.window.first_run import EXAMPLES
from tests.ui.window.conftest import Play, Stage


def test_first_start_offers_an_example_that_runs_at_once(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        composer = stage.controller.composer
        assert stage.window.centre.currentWidget() is stage.controller.first_run
        assert composer.prompt_box.prompt.text() == EXAMPLES[0].prompt
        assert composer.prompt_box.prompt.textCursor().hasSelection()
        stage.write("two pears", images=2)
        QTest.keyClick(stage.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        run = await stage.run_ended()
        assert [job.state for job in run.jobs] == ["done"]
        assert stage.window.centre.currentWidget() is stage.controller.gallery
        assert len(list((stage.workspace / "output" / "images").glob("*.png"))) == 2

    play(scene)


def test_the_button_says_why_it_cannot_generate(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        composer = stage.controller.composer
        button = composer.footer.generate_button
        stage.write("")
        composer.press_generate()
        assert (button.text(), button.isEnabled()) == ("Write a prompt", False)
        stage.write("kite", models=())
        composer.press_generate()
        assert (button.text(), button.isEnabled()) == ("Tick a model", False)
        stage.write("kite")
        composer.seed_section.seed_field.edit.setText("9999999999")
        composer.press_generate()
        assert (button.text(), button.isEnabled()) == ("Check the seed", False)
        composer.prompt_box.prompt.set_text("x" * 50_001)
        composer.press_generate()
        assert button.text() == "The prompt is too long"
        assert not stage.events

    play(scene)


def test_every_setting_that_will_differ_is_told_before_sending(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        from studio.domain.assets import Size
        from studio.domain.request import GenerationRequest

        composer = stage.controller.composer
        request = GenerationRequest(
            prompt="kite", negative_prompt="fog", size=Size.of(900, 1120), seed=7, n=2, style="ink"
        )
        composer.load(request, [Target(provider="openai", model="gpt-image-2")])
        composer._plan_now()
        row = next(row for row in composer.models.rows if row.is_ticked)
        words = row._note.full_text()
        for told in ("Seed ignored", "Negative prompt goes into the prompt", "896x1120", "Style goes"):
            assert told in words
        assert "4 settings will differ" in composer.footer.differ_button.text()

    play(scene)


def test_over_the_limit_the_first_press_only_asks(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        from studio.bootstrap import Budget
        from studio.domain.request import GenerationRequest

        stage.client.studio.settings.change(budget=Budget(per_day=Money(amount=Decimal("0.01"))))
        composer = stage.controller.composer
        asked: list[bool] = []
        composer.generate_requested.disconnect(stage.controller.runs.start)
        composer.generate_requested.connect(lambda _request, _targets, over: asked.append(over))
        from studio.domain.events import SpendingChanged

        nothing = Money(amount=Decimal(0))
        moment = stage.client.studio.engine._parts.clock.now()
        composer.set_spending(
            SpendingChanged(
                at=moment, billed=nothing, reserved=nothing, unsure=nothing, limit=Money(amount=Decimal("0.01"))
            )
        )
        composer.load(GenerationRequest(prompt="kite"), [Target(provider="openai", model="gpt-image-2")])
        composer.press_generate()
        assert not asked
        assert "anyway" in composer.footer.generate_button.text()
        composer.press_generate()
        assert asked == [True]

    play(scene)


def test_prompt_and_settings_come_back_after_a_restart(play: Play, tmp_path: Path) -> None:
    async def first(stage: Stage) -> None:
        stage.write("lighthouse at night", images=3, seed=41, models=("demo-poster", "demo-papercut"))
        stage.controller.composer.prompt_box.negative.set_text("fog")

    async def second(stage: Stage) -> None:
        wish = stage.controller.composer.wish()
        assert (wish.prompt, wish.negative_prompt, wish.n, wish.seed) == ("lighthouse at night", "fog", 3, 41)
        assert [target.model for target in wish.targets] == ["demo-poster", "demo-papercut"]
        assert str(wish.size) == "128x96"

    play(first)
    play(second)


def test_files_pictures_and_links_become_references_and_bad_ones_are_refused_in_words(
    play: Play, tmp_path: Path
) -> None:
    async def scene(stage: Stage) -> None:
        section = stage.controller.composer.references
        good, bad = tmp_path / "good.png", tmp_path / "bad.png"
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(0x00AA44)
        assert image.save(str(good))
        bad.write_text("no image at all")
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(good)), QUrl.fromLocalFile(str(bad))])
        section.offered.emit(mime)
        await stage.until(lambda: len(section.references()) == 1)
        await stage.until(lambda: not section._problem.isHidden())
        assert "bad.png" in section._problem.text()
        pasted = QMimeData()
        image.fill(0x2244CC)
        pasted.setImageData(image)
        section.offered.emit(pasted)
        await stage.until(lambda: len(section.references()) == 2)
        first = section.references()[0]
        section._thumbs[0].setFocus()
        QTest.keyClick(section._thumbs[0], Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        assert section.references()[1].blob == first.blob
        QTest.keyClick(section._thumbs[0], Qt.Key.Key_Delete)
        assert [one.blob for one in section.references()] == [first.blob]

    play(scene)


def test_details_tell_facts_and_the_exact_request_of_the_selected_image(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("two pears", seed=7)
        image = (await stage.images())[0]
        details = stage.controller.details
        stage.controller.actions.select_images.emit([image.id])
        await stage.until(lambda: details._pages.currentIndex() == 1 and "demo-painter" in details.head._title.text())
        labels = [
            label.text() for label in details.facts.findChildren(type(details.head._line)) if not label.isHidden()
        ]
        assert "128 × 96 px" in labels
        assert "7" in labels
        assert '"prompt": "two pears"' in details.request._text.text()

    play(scene)


def test_rating_tags_and_the_bin_with_undo_reach_the_library(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("two pears")
        image = (await stage.images())[0]
        actions = stage.controller.actions
        actions.rate.emit([image.id], 4)
        actions.set_tags.emit([image.id], ["hero", "autumn"])

        async def marks() -> tuple[int, set[str], bool]:
            (now,) = await stage.client.run(lambda studio: studio.workspace.library.images([image.id]))
            return now.rating, set(now.tags), now.trashed_at is not None

        await stage.until_kept(marks, (4, {"hero", "autumn"}, False))
        actions.trash.emit([image.id])
        await stage.until_kept(marks, (4, {"hero", "autumn"}, True))
        assert (stage.workspace / image.path).is_file()
        await stage.until(stage.window.message_bar.isVisible)
        stage.controller.undo.undo()
        await stage.until_kept(marks, (4, {"hero", "autumn"}, False))

    play(scene)


def test_what_may_have_been_billed_is_told_and_settled_by_the_user(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        run = await stage.generate("kite [[fail:drop]]", models=("demo-papercut",))
        assert run.jobs[0].state == "uncertain"
        message = stage.window.message_bar.current()
        assert message is not None
        assert "may have been billed" in written(message.title)
        stage.controller.actions.show_job.emit(run.jobs[0].id)
        details = stage.controller.details
        await stage.until(lambda: not details._card_space.isHidden() and details._pages.currentIndex() == 1)
        details.card.not_billed.emit()

        def settled() -> bool:
            return any(event.kind == "call_changed" and event.state == "failed" for event in stage.events)

        await stage.until(settled)

    play(scene)


def test_export_writes_exact_copies_under_the_names_shown(play: Play, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        from studio.ui.export_dialog.dialog import ExportDialog

        await stage.generate("two pears", images=2)
        images = await stage.images()
        dialog = ExportDialog(stage.client, stage.controller.actions, [image.id for image in images], stage.window)
        dialog.open()
        folder = tmp_path / "out"
        dialog.form.folder_field.edit.setText(str(folder))
        await stage.until(lambda: dialog._plan is not None and dialog._plan.folder == folder)
        names = [file.relative_path for file in dialog._plan.files] if dialog._plan else []
        dialog.primary_button.click()
        await stage.until(lambda: dialog._report is not None)
        assert sorted(path.name for path in folder.iterdir()) == sorted(names)
        originals = {(stage.workspace / image.path).read_bytes() for image in images}
        assert {path.read_bytes() for path in folder.iterdir()} == originals
        dialog.form.name_field.edit.set_template("../{date}")
        await stage.until(lambda: not dialog.form.template_problem.isHidden())
        assert not dialog.primary_button.isEnabled() or dialog._plan is None
        dialog.reject()

    play(scene)


def test_a_key_is_kept_shown_only_by_its_end_and_tested_for_free(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        from studio.ui.preferences.dialog import PreferencesDialog

        dialog = PreferencesDialog(stage.client, stage.controller.actions, stage.window)
        dialog.show_page("providers/openai")
        dialog.open()
        form = dialog.providers._forms["openai"]
        await stage.until(lambda: form._state is not None)
        assert "OPENAI" in form.title.text().upper()
        assert dialog.focusWidget() is form.key_field.edit, "who came to add a key types at once"
        QTest.keyClicks(form.key_field.edit, "sk-proj-planted-key-000000001234")
        form.save_button.click()
        await stage.until(lambda: form._state is not None and form._state.place is not None)
        assert form.key_field.text() == ""
        assert form.key_field.edit.placeholderText().endswith("1234")
        assert "planted" not in form.key_field.edit.placeholderText()
        everything = [path for path in stage.home.rglob("*") if path.is_file()]
        assert not any(b"planted-key" in path.read_bytes() for path in everything)
        dialog.reject()

    play(scene)


def test_the_number_of_paid_requests_that_a_sweep_makes_unasked_is_kept(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        from studio.ui.preferences.dialog import PreferencesDialog
        from studio.ui.preferences.pages import BudgetPage

        settings = stage.client.studio.settings
        settings.change(language="zh_CN", appearance="light")
        await stage.until(lambda: stage.controller.language.code == "zh_CN")
        dialog = PreferencesDialog(stage.client, stage.controller.actions, stage.window)
        dialog.show_page("budget")
        dialog.open()
        (page,) = dialog.findChildren(BudgetPage)
        assert page.paid_calls.box.accessibleName() == "组合实验无需询问的付费请求数"
        assert page.paid_calls.value() == 50
        page.paid_calls.box.setValue(12)
        assert settings.current.confirm_above_paid_calls == 12
        dialog.reject()

    play(scene)


def test_the_language_changes_at_once_everywhere(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        stage.client.studio.settings.change(language="zh_CN")
        await stage.until(lambda: stage.controller.language.code == "zh_CN")
        assert stage.controller.composer.footer.generate_button.text() in ("生成", "写下提示词", "写提示词")
        assert stage.window.toolbar.search.edit.placeholderText() == "搜索提示词、标签、模型、种子"

    play(scene)


def test_a_new_limit_of_the_day_shows_at_once(play: Play) -> None:
    from studio.bootstrap import Budget

    async def scene(stage: Stage) -> None:
        await stage.until(lambda: stage.window.status._spending is not None)
        stage.client.studio.settings.change(budget=Budget(per_day=Money(amount=Decimal("0.01"))))
        await stage.until(lambda: "of $0.010" in stage.window.status._money.text())

    play(scene)


def test_what_was_ticked_just_now_is_not_said_to_be_unable_to_run(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        stage.write("kite", models=())
        composer = stage.controller.composer
        composer.press_generate()
        assert composer.footer.generate_button.text() == "Tick a model"
        stage.write("kite")
        composer.retranslate()  # shown again before the price is asked for
        assert composer.footer.generate_button.text() == "Generate"

    play(scene)


def test_what_is_told_already_changes_its_language_too(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        bar = stage.window.message_bar
        await stage.generate("two pears", images=2)
        ids = [image.id for image in await stage.images()]
        stage.controller.actions.rate.emit(ids, 4)
        await stage.until(lambda: "2 images rated." in bar.accessibleName())
        stage.client.studio.settings.change(language="zh_CN")
        await stage.until(lambda: bar.accessibleName() == "已为 2 张图片评分。")
        button = next(button for button in bar.findChildren(Button) if button.text() == "撤销")
        button.click()
        await stage.until(lambda: bar.accessibleName() == "已撤销：已为 2 张图片评分。")
        stage.controller.dialogs.open_link("https://example.org/help")
        question = stage.window.findChild(Question)
        assert question is not None
        assert question.windowTitle() == "在浏览器中打开 example.org？"
        stage.controller.notifications.open()
        listed = next(one for one in stage.window.findChildren(Popover) if one.isVisible())
        stage.client.studio.settings.change(language="en")
        await stage.until(lambda: bar.accessibleName() == "Undone: 2 images rated.")
        assert question.windowTitle() == question.heading.text() == "Open example.org in the browser?"
        assert question.primary_button.text() == "Open page"
        await stage.until(lambda: not isValid(listed) or not listed.isVisible())
        question.reject()

    play(scene)


def test_words_of_users_never_become_markup(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate('<img src="/etc/hostname"><b>two</b> & "pears"')
        image = (await stage.images())[0]
        stage.controller.actions.select_images.emit([image.id])
        details = stage.controller.details
        await stage.until(lambda: "img src" in details.request._text.text())
        assert "<b>two</b>" in image.prompt

    play(scene)


def test_dialogs_open_and_close_without_leaving_anything(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        actions = stage.controller.actions
        openers: tuple[Callable[[], object], ...] = (
            partial(actions.open_preferences.emit, ""),
            partial(actions.open_help.emit, "demo.md"),
            stage.controller.composer.saved_words.edit_styles,
            stage.controller.dialogs.enlarge_prompt,
        )
        for open_it in openers:
            open_it()
            shown = [one for one in stage.window.findChildren(QDialog) if one.isVisible()]
            assert len(shown) == 1
            QTest.keyClick(shown[0], Qt.Key.Key_Escape)
            assert not shown[0].isVisible()
            QApplication.sendPostedEvents(None, 52)

    play(scene)


def test_earlier_prompts_are_walked_through_and_the_draft_is_not_lost(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("first idea")
        await stage.generate("second idea")
        composer = stage.controller.composer
        prompt = composer.prompt_box.prompt
        prompt.set_text("a draft")
        alt = Qt.KeyboardModifier.AltModifier
        for key, expected in (
            (Qt.Key.Key_Up, "second idea"),
            (Qt.Key.Key_Up, "first idea"),
            (Qt.Key.Key_Down, "second idea"),
            (Qt.Key.Key_Down, "a draft"),
        ):
            QTest.keyClick(prompt, key, alt)
            await stage.until(lambda wanted=expected: prompt.text() == wanted)  # type: ignore[misc]  # a str
        composer.head.history_button.click()
        popover = composer.history.popover
        assert popover is not None
        rows = popover.findChildren(QListWidget)[0]
        await stage.until(lambda: rows.count() == 2)
        rows.itemClicked.emit(rows.item(1))
        assert prompt.text() == "first idea"

    play(scene)


def test_notifications_and_differences_are_listed(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("kite [[fail:moderation]]")
        stage.controller.notifications.open()
        shown = [label.text() for label in stage.window.findChildren(QLabel) if "Refused by its filter" in label.text()]
        assert shown
        QTest.keyClick(QApplication.activePopupWidget() or stage.window, Qt.Key.Key_Escape)

    play(scene)


def test_a_picture_pasted_into_the_prompt_becomes_a_reference(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        composer = stage.controller.composer
        image = QImage(32, 32, QImage.Format.Format_RGB32)
        image.fill(0x123456)
        QApplication.clipboard().setImage(image)
        composer.prompt_box.prompt.set_text("kite")
        QTest.keyClick(composer.prompt_box.prompt, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        await stage.until(lambda: len(composer.references.references()) == 1)
        assert composer.prompt_box.prompt.text() == "kite"

    play(scene)


def test_a_model_that_answered_in_words_gets_a_simpler_prompt_offered_and_nothing_is_sent(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        run = await stage.generate("kite, beach, noon, haze, grain [[fail:text]]")
        problem = run.jobs[0].calls[0].problem
        stage.controller.actions.problem_action.emit(run.jobs[0].id, problem)
        bar = stage.window.message_bar
        await stage.until(lambda: bar.current() is not None and "simpler" in written(bar.current().title))  # type: ignore[union-attr]  # asked for just before
        message = bar.current()
        assert message is not None
        bar.acted.emit(message.key)
        prompt = stage.controller.composer.prompt_box.prompt
        await stage.until(lambda: prompt.text() == "kite, beach, noon")
        assert len([event for event in stage.events if event.kind == "run_started"]) == 1

    play(scene)


def test_the_menu_offers_nothing_that_does_nothing_now(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        menu = stage.window.toolbar.menu_button.menu()
        offered = {"export", "cancel_newest", "cancel_all"}

        def available() -> set[str]:
            menu.aboutToShow.emit()
            found = {action.objectName() for action in menu.actions() if action.isEnabled()}
            menu.aboutToHide.emit()
            return found & offered

        assert all(action.isEnabled() for action in stage.window.actions())
        assert available() == set()
        assert all(action.isEnabled() for action in stage.window.actions())
        await stage.client.run(_pause)
        stage.write("kite")
        stage.controller.composer.press_generate()
        await stage.until(lambda: bool(stage.controller.tracker.live_runs))
        assert available() == {"cancel_newest", "cancel_all"}

    play(scene)


async def _pause(studio: Studio) -> None:
    studio.engine.pause(None)


def test_a_composer_that_comes_back_asks_for_nothing_that_is_there(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        composer = stage.controller.composer
        stage.write("")
        composer.press_generate()
        assert composer.footer.generate_button.text() == "Write a prompt"
        composer.restore({**composer.state(), "prompt": "two pears"})
        assert composer.footer.generate_button.text() == "Generate"

    play(scene)
