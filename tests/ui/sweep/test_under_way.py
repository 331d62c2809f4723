"""What the window tells of a sweep under way, and how it is paused, taken up and edited."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.domain.errors import OverBudget, SweepFailing
from studio.domain.events import SweepChanged
from studio.domain.pricing import Money
from studio.domain.sweep import Sweep, SweepState
from studio.domain.values import SweepId
from studio.ui.sweep.draft import style_value
from studio.ui.sweep.lists import ListsDialog
from studio.ui.translation import written
from studio.ui.widgets import Menu, Message
from tests.ui.window.conftest import Play, Stage


def _news(state: SweepState, done: int, failed: int = 0) -> SweepChanged:
    return SweepChanged(
        at=datetime.now(UTC), sweep_id=SweepId(3), state=state, done=done, total=62, failed=failed, images=done
    )


def test_the_status_bar_counts_and_offers_pause_and_stop(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        sweeps = stage.controller.sweeps
        done: list[tuple[str, int]] = []
        sweeps.do = lambda what, number: done.append((what, number))  # type: ignore[method-assign]  # no such sweep
        sweeps.take(_news("running", 14))
        assert sweeps.status_button.text() == "Sweep 3: 14 of 62"
        stage.controller.language.choose("zh_CN")
        assert sweeps.status_button.text() == "组合实验 3：14 / 62"
        stage.controller.language.choose("en")
        assert sweeps.status_button.isVisible()
        QTest.mouseClick(sweeps.status_button, Qt.MouseButton.LeftButton)
        menu = await _menu(stage)
        assert [action.text() for action in menu.actions() if action.text()] == ["Pause", "Stop", "Show the matrix..."]
        menu.actions()[0].trigger()
        menu.close()
        assert done == [("pause", 3)]
        sweeps.take(_news("paused", 14, failed=3))
        assert "paused" in sweeps.status_button.text()
        QTest.mouseClick(sweeps.status_button, Qt.MouseButton.LeftButton)
        menu = await _menu(stage)
        next(action for action in menu.actions() if "repeat what failed" in action.text()).trigger()
        menu.close()
        assert done[-1] == ("repeat", 3)
        sweeps.take(_news("done", 62))
        assert not sweeps.status_button.isVisible()

    play(scene)


def test_a_sweep_paused_by_the_budget_goes_on_only_with_consent(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        sweeps = stage.controller.sweeps
        done: list[tuple[str, int]] = []
        sweeps.do = lambda what, number: done.append((what, number))  # type: ignore[method-assign]  # no such sweep
        money = Money(amount=Decimal(20))
        problem = OverBudget(over=Money(amount=Decimal("0.68")), limit=money).problem
        sweeps.take(_news("paused", 14).model_copy(update={"problem": problem}))
        message = stage.window.message_bar.current()
        assert message is not None
        assert (written(message.title), written(message.action)) == ("Sweep 3 is paused: 14 of 62", "Generate anyway")
        stage.window.message_bar.acted.emit(message.key)
        assert done == [("over budget", 3)]
        failing = SweepFailing(count=3).problem
        sweeps.take(_news("paused", 14, failed=3).model_copy(update={"problem": failing}))
        message = stage.window.message_bar.current()
        assert message is not None
        assert written(message.action) == "Continue"
        stage.window.message_bar.acted.emit(message.key)
        assert done[-1] == ("resume", 3)

    play(scene)


def test_what_may_have_been_billed_is_told_apart_from_what_failed(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        sweeps = stage.controller.sweeps
        sweeps.take(_news("done", 56, failed=4).model_copy(update={"in_doubt": 2}))
        (message,) = [one for one in stage.window.message_bar.waiting() if one.key == "say"]
        assert written(message.title) == "Sweep 3 is done: 56 of 62 made. 4 did not come. 2 may have been billed."
        sweeps.take(_news("paused", 14).model_copy(update={"in_doubt": 2}))
        QTest.mouseClick(sweeps.status_button, Qt.MouseButton.LeftButton)
        menu = await _menu(stage)
        assert not [one for one in menu.actions() if "repeat what failed" in one.text()], "it is never repeated so"
        menu.close()

    play(scene)


def test_a_stored_sweep_is_built_upon(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        stage.write("a {red|blue|green} kite", seed=5)
        stage.controller.composer.press_generate()
        builder = stage.controller.sweeps._builder
        assert builder is not None
        await stage.until(lambda: builder.is_built)
        card = builder.draft.card("words 0")
        assert card is not None
        builder.form.card_widget("words 0").placed.emit("words 0", "down")
        builder.form._put_card("style", "style")
        style = builder.draft.card("style")
        assert style is not None
        builder.form._take_values("style", [style_value("ink", "black ink"), style_value("none", "")])
        plan = builder.draft.plan()
        builder.reject()
        sweep = Sweep(id=SweepId(9), created_at=datetime.now(UTC), plan=plan, state="done")
        stage.controller.sweeps._reuse(sweep)
        again = stage.controller.sweeps._builder
        assert again is not None
        axes = {axis.kind: (axis.place, axis.values) for axis in again.draft.plan().axes}
        assert axes == {axis.kind: (axis.place, axis.values) for axis in plan.axes}
        again.reject()

    play(scene)


def test_what_failed_of_a_run_in_the_gallery_is_made_again_as_a_cell_of_its_sweep(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(stage: Stage) -> None:
        composer, actions = stage.controller.composer, stage.controller.actions
        stage.write("a {red|blue [[fail:moderation]]} kite")
        composer.press_generate()
        builder = stage.controller.sweeps._builder
        assert builder is not None
        await stage.until(lambda: builder.forecaster.sheet is not None)
        builder.primary_button.click()
        await stage.until(lambda: _ended_sweeps(stage) == 1)
        (before,) = await stage.client.run(lambda studio: studio.sweeps.sweeps(5))
        made, failed = before.cells
        assert (made.state, failed.state) == ("done", "failed")
        bar, told = stage.window.message_bar, list[str]()
        post = bar.post

        def note(message: Message) -> None:
            told.append(message.spoken)
            post(message)

        monkeypatch.setattr(bar, "post", note)
        assert failed.run_id is not None
        actions.run_failed_again.emit(failed.run_id)
        await stage.until(lambda: _ended_sweeps(stage) == 2)
        (after,) = await stage.client.run(lambda studio: studio.sweeps.sweeps(5))
        assert after.cells[0] == made
        assert after.cells[1].run_id is not None
        assert after.cells[1].run_id > failed.run_id
        assert len(await stage.client.run(lambda studio: studio.workspace.library.runs())) == 3
        await stage.until(lambda: f"1 cell of sweep {after.id} is made again." in told)
        actions.run_failed_again.emit(made.run_id)
        await stage.until(lambda: "Nothing of this run is missing." in bar.accessibleName())
        assert _ended_sweeps(stage) == 2

    play(scene)


def _ended_sweeps(stage: Stage) -> int:
    return sum(event.kind == "sweep_changed" and event.state == "done" for event in stage.events)


async def _menu(stage: Stage) -> Menu:
    def shown() -> list[Menu]:
        return [menu for menu in reversed(stage.window.findChildren(Menu)) if menu.isVisible()]

    await stage.until(lambda: bool(shown()), 60)
    return shown()[0]


def test_a_sweep_that_was_interrupted_goes_on_only_when_asked(play: Play) -> None:
    async def begin(stage: Stage) -> None:
        composer = stage.controller.composer
        stage.write("a {red|blue|green|grey} kite")
        composer.press_generate()
        builder = stage.controller.sweeps._builder
        assert builder is not None
        await stage.until(lambda: builder.forecaster.sheet is not None)
        builder.primary_button.click()
        await stage.until(lambda: any(event.kind == "sweep_changed" for event in stage.events))

    async def after(stage: Stage) -> None:
        sweeps = await stage.client.run(lambda studio: studio.sweeps.sweeps(5))
        if sweeps[0].state == "done":
            return  # Demo was faster than the end of the window
        assert sweeps[0].state == "interrupted"
        bar = stage.window.message_bar
        message = next(one for one in bar.waiting() if one.key == f"sweep {sweeps[0].id}")
        assert "was interrupted" in written(message.title)
        assert written(message.action) == "Continue"
        assert stage.client.studio.sweeps.under_way == ()  # runs of before are taken up, no new one begins
        stage.controller.sweeps._acted(message.key)
        await stage.until(lambda: _ended_sweeps(stage) == 1)
        sweep = await stage.client.run(lambda studio: studio.sweeps.sweep(sweeps[0].id))
        assert sweep is not None
        # Calls that were under way when the window closed may be in doubt; then they are never sent again. Demo takes
        # two at a time.
        assert sweep.done + sweep.failed + sweep.in_doubt == 4
        assert sweep.done >= 2
        assert len(await stage.images()) == sweep.done, "no cell was made twice"

    play(begin)
    play(after)


def test_a_list_is_made_renamed_and_offered_at_once(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        stage.controller.sweeps.open_lists()
        dialog = stage.window.findChild(ListsDialog)
        assert dialog is not None
        await stage.until(lambda: not dialog._tasks.is_running("read"))
        QTest.keyClicks(dialog.name.edit, "moods")
        assert not dialog.primary_button.isEnabled()
        dialog.values.set_text("noon\n3::dusk")
        QTest.mouseClick(dialog.primary_button, Qt.MouseButton.LeftButton)
        await stage.until(lambda: "moods" in stage.controller.composer.choices.lists)
        assert (stage.workspace / "lists" / "moods.txt").read_text(encoding="utf-8") == "noon\n3::dusk\n"
        path = stage.workspace / "lists" / "moods.txt"
        path.write_text("# light\nnoon\n\n# late\n3::dusk\n# end\n", encoding="utf-8")
        dialog.values.set_text("noon\n2::dusk\nnight")
        dialog.name.set_text("light/moods")
        dialog._write_state()
        dialog.primary_button.click()
        await stage.until(lambda: list(stage.controller.composer.choices.lists) == ["light/moods"])
        await stage.until(lambda: not path.exists())
        renamed = path.parent / "light" / path.name
        kept = "# light\nnoon\n\n# late\n2::dusk\nnight\n# end\n"
        assert renamed.read_text(encoding="utf-8") == kept, "comments stay where they stand"
        dialog.reject()

    play(scene)
