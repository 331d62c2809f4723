"""A prompt with choices goes through the builder, by keyboard and mouse, to pictures in the library."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from studio.domain.choices import ChoiceValue
from studio.domain.request import Target
from studio.domain.sweep import SweepValue
from studio.ui.sweep.draft import Card
from studio.ui.sweep.matrix_model import MatrixModel
from studio.ui.translation import Language
from studio.ui.widgets import Chip, Label
from studio.ui.widgets.dialog import Question
from tests.ui.window.conftest import Play, Stage

TWO = "a {red|blue} kite"


async def _opened(stage: Stage, prompt: str, **choices: Any) -> Any:
    """The builder over the window, with its forecast."""
    stage.write(prompt, **choices)
    stage.controller.composer.press_generate()
    builder = stage.controller.sweeps._builder
    assert builder is not None
    await stage.until(lambda: builder.forecaster.sheet is not None or bool(builder.forecaster.problem))
    return builder


async def _sweep_done(stage: Stage) -> Any:
    await stage.until(lambda: any(event.kind == "sweep_changed" and event.state == "done" for event in stage.events))
    return [event for event in stage.events if event.kind == "sweep_changed"][-1]


def test_generate_never_sends_braces_it_opens_the_builder(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, TWO)
        button = stage.controller.composer.footer.generate_button
        assert "2 combination" in button.text()
        assert not [event for event in stage.events if event.kind == "run_started"]
        assert builder.isVisible()
        QTest.keyClick(builder, Qt.Key.Key_Escape)
        assert stage.controller.sweeps._builder is None

    play(scene)


def test_return_alone_starts_nothing(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, TWO)
        await stage.until(builder.primary_button.isEnabled)
        for widget in (builder, builder.pane.view, builder.form):
            QTest.keyClick(widget, Qt.Key.Key_Return)
        assert builder.isVisible()
        assert not [event for event in stage.events if event.kind in ("sweep_changed", "run_started")]
        builder.cancel_button.setFocus()
        QTest.keyClick(builder.cancel_button, Qt.Key.Key_Return)
        assert not builder.isVisible()

    play(scene)


def test_the_prompt_can_be_typed_in_before_the_rest_is_there(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        stage.write(TWO)
        stage.controller.composer.press_generate()
        builder = stage.controller.sweeps._builder
        assert builder is not None
        assert not builder.isVisible()
        while not builder.isVisible():  # noqa: ASYNC110  # what is waited for is on the screen, which has no event
            await asyncio.sleep(0)
        assert not builder.is_built
        assert builder.focusWidget() is builder.form.prompt
        builder.form.prompt.moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClicks(builder.form.prompt, " {high|low}")
        assert not builder.primary_button.isEnabled()
        await stage.until(lambda: builder.is_built)
        assert builder.draft.factors() == [2, 2]
        assert len(builder.form.card_widget("words 1").findChildren(Chip)) == 3
        builder.reject()

    play(scene)


def test_no_turn_of_the_event_loop_makes_more_than_a_part_of_the_widgets(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        many = "|".join(f"mood {number}" for number in range(100))
        stage.write(f"a {{{many}}} kite over {{{many}}}", models=("demo-painter", "demo-poster", "demo-papercut"))
        stage.controller.composer.press_generate()
        builder = stage.controller.sweeps._builder
        assert builder is not None
        before, made = len(builder.findChildren(QWidget)), []
        for _ in builder._build():
            made.append(len(builder.findChildren(QWidget)) - before)
            before += made[-1]
        assert before > 100
        assert max(made) <= 32, str(made)
        builder.reject()

    play(scene)


class Polishings(QObject):
    """Counts how often a widget is polished, which paints all of it anew."""

    def __init__(self, *watched: QWidget) -> None:
        super().__init__()
        self.count = 0
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Polish
        return False


def test_what_is_connected_late_does_not_polish_the_whole_dialog_again(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        stage.write(TWO)
        stage.controller.composer.press_generate()
        builder = stage.controller.sweeps._builder
        assert builder is not None
        while not builder.isVisible():  # noqa: ASYNC110  # what is waited for is on the screen, which has no event
            await asyncio.sleep(0)
        polishings = Polishings(builder, builder.form)
        await stage.until(lambda: builder.forecaster.sheet is not None, 60)
        QApplication.processEvents()
        assert polishings.count == 0
        builder.reject()

    play(scene)


def test_what_is_closed_before_it_is_shown_stays_closed(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        stage.write(TWO)
        stage.controller.composer.press_generate()
        builder = stage.controller.sweeps._builder
        assert builder is not None
        shown: list[object] = []
        builder.open = lambda: shown.append(builder)  # type: ignore[method-assign]  # it tells of itself
        builder.reject()
        await asyncio.sleep(0.01)
        assert shown == []
        assert stage.controller.sweeps._builder is None

    play(scene)


def test_all_combinations_are_made_and_the_second_time_they_are_free(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, TWO, seed=5, models=("demo-painter", "demo-poster"))
        assert builder.primary_button.text().startswith("Generate 4")
        QTest.keyClick(builder.form.prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        end = await _sweep_done(stage)
        assert (end.done, end.total, end.failed) == (4, 4, 0)
        pages = await stage.client.run(lambda studio: studio.workspace.library.runs())
        assert {page.run.request.prompt for page in pages} == {"a red kite", "a blue kite"}
        builder = await _opened(stage, TWO, seed=5, models=("demo-painter", "demo-poster"))
        matrix = builder.pane.view.matrix
        assert {matrix.cell(matrix.index(row, 0)).kind for row in range(matrix.rowCount())} == {"made"}
        assert not builder.primary_button.isEnabled()
        builder.reject()

    play(scene)


def test_try_the_first_makes_one_cell_of_each_column(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, TWO, models=("demo-painter", "demo-poster"))
        builder.settings.stop_chosen.emit(1)
        QTest.mouseClick(builder.try_button, Qt.MouseButton.LeftButton)
        end = await _sweep_done(stage)
        assert end.total == 2
        sweep = await stage.client.run(lambda studio: studio.sweeps.sweep(end.sweep_id))
        assert sweep is not None
        assert sweep.plan.stop_after_failures == 1
        assert len({cell.job_id for cell in sweep.cells}) == 2
        stage.controller.sweeps.open_history()
        history = stage.controller.sweeps._history
        assert history is not None
        rows = history.pane.view.matrix
        await stage.until(lambda: [one.second for one in rows.row_headings] == ["2 images", "0 images"])
        history.reject()

    play(scene)


def test_a_square_is_left_out_with_the_space_bar(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, TWO, models=("demo-painter", "demo-poster"))
        view = builder.pane.view
        view.setFocus()
        view.setCurrentIndex(view.matrix.index(1, 1))
        assert "to be made" in view.matrix.spoken(view.currentIndex())
        QTest.keyClick(view, Qt.Key.Key_Space)
        await stage.until(lambda: builder.forecaster.sheet is not None and len(builder.forecaster.sheet.cells) == 3)
        assert "left out" in view.matrix.spoken(view.currentIndex())
        assert view.matrix.spoken(view.currentIndex()) in heard
        assert builder.primary_button.text().startswith("Generate 3")
        builder.reject()

    play(scene)


def test_chips_and_text_are_one(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, "a {3::red|blue|green} kite {1\\|2}")
        card = builder.form.card_widget("words 0")
        chip = next(chip for chip in card.findChildren(QPushButton) if "blue" in chip.text())
        QTest.keyClick(chip, Qt.Key.Key_Delete)
        assert builder.form.prompt.text() == "a {3::red|green} kite {1\\|2}"
        card._add(card._offers.read("gr|ey"))
        assert builder.form.prompt.text() == "a {3::red|green|gr\\|ey} kite {1\\|2}"
        builder.draft.put(builder.draft.card("seed"))
        builder.reject()

    play(scene)


def test_lists_are_offered_while_typing_and_unknown_ones_are_told(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.client.run(
            lambda studio: studio.workspace.prompt_lists.write(
                "light moods", [ChoiceValue("noon"), ChoiceValue("dusk")]
            )
        )
        await stage.controller.sweeps._read_lists()
        composer = stage.controller.composer
        stage.write("")
        editor = composer.prompt_box.prompt
        editor.setFocus()
        QTest.keyClicks(editor, "kite, {@mo")
        assert editor._popup is not None
        assert editor._popup.isVisible()
        QTest.keyClick(editor._popup, Qt.Key.Key_Return)
        assert editor.text() == "kite, {@light moods}"
        await stage.until(lambda: "2 combination" in composer.footer.generate_button.text())
        editor.set_text("kite, {@nothing}")
        await stage.until(lambda: "There is no list named nothing" in composer.prompt_section.choice_note.text())
        assert composer.prompt_section.choice_note.isVisible()

    play(scene)


def test_many_paid_requests_are_asked_about(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        stage.client.studio.settings.change(confirm_above_paid_calls=0)
        from studio.domain.request import GenerationRequest, Target

        composer = stage.controller.composer
        composer.load(GenerationRequest(prompt="kite"), [Target(provider="openai", model="gpt-image-2")])
        composer.prompt_box.prompt.set_text(TWO)
        composer.press_generate()
        builder = stage.controller.sweeps._builder
        assert builder is not None
        await stage.until(lambda: builder.forecaster.sheet is not None)
        builder.primary_button.click()
        question = builder.findChild(Question)
        assert question is not None
        assert "2 paid request" in question.words.text()
        question.reject()
        assert not [event for event in stage.events if event.kind in ("sweep_changed", "run_started")]
        builder.reject()

    play(scene)


def test_a_finished_sweep_is_opened_from_the_list_and_leads_to_its_image(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, TWO)
        builder.primary_button.click()
        await _sweep_done(stage)
        stage.controller.sweeps.open_history()
        dialog = stage.controller.sweeps._history
        assert dialog is not None
        await stage.until(lambda: dialog._sweep is not None)
        view = dialog.pane.view
        view.setCurrentIndex(view.matrix.index(0, 0))
        image = view.matrix.cell(view.currentIndex()).image_ids[0]
        QTest.keyClick(view, Qt.Key.Key_Return)
        assert stage.controller.gallery.selection.ids == [image]
        assert stage.controller.sweeps._history is None

    play(scene)


def test_another_language_reaches_the_headings_and_the_legend(play: Play, language: Language) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, "a {red|blue} {kite|boat}", seed=5, models=("demo-painter", "demo-poster"))
        builder.form.card_widget("words 1").placed.emit("words 1", "across")
        await stage.until(lambda: builder.forecaster.sheet is not None)
        matrix, legend = builder.pane.view.matrix, builder.pane.legend

        def told() -> tuple[str, str, str]:
            return matrix.row_headings[0].second, matrix.column_headings[0].figure, legend._across.full_text()

        before = ("4 images", "free", "Choice 2")
        await stage.until(lambda: told() == before)
        language.choose("zh_CN")
        await stage.until(lambda: all(new != old for new, old in zip(told(), before, strict=True)))
        assert not any(word in " ".join(told()) for word in ("image", "free", "Choice"))
        builder.reject()

    play(scene)


def test_a_square_left_out_tells_of_itself_alone(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, TWO, models=("demo-painter", "demo-poster"))
        matrix = builder.pane.view.matrix
        told: list[tuple[int, int, int, int]] = []
        matrix.dataChanged.connect(lambda a, b: told.append((a.row(), a.column(), b.row(), b.column())))
        builder.pane.view.toggled.emit(matrix.index(1, 0))
        assert told == [(1, 0, 1, 0)]
        kinds = [[cell.kind for cell in row] for row in matrix.cells_between(range(2), range(2))]
        assert kinds == [["new", "new"], ["left out", "new"]]
        builder.reject()

    play(scene)


def test_rows_count_only_the_squares_that_are_in_the_sweep_before_and_after(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, TWO, models=("demo-painter", "demo-poster"))
        matrix = builder.pane.view.matrix

        def counts(matrix: MatrixModel) -> list[str]:
            return [one.second for one in matrix.row_headings]

        assert counts(matrix) == ["2 images", "2 images"]
        builder.pane.view.toggled.emit(matrix.index(1, 0))
        await stage.until(lambda: builder.primary_button.isEnabled() and counts(matrix) == ["2 images", "1 image"])
        builder.primary_button.click()
        assert (await _sweep_done(stage)).total == 3
        stage.controller.sweeps.open_history()
        history = stage.controller.sweeps._history
        assert history is not None
        await stage.until(lambda: counts(history.pane.view.matrix) == ["2 images", "1 image"])
        history.reject()

    play(scene)


def test_what_cells_cost_and_what_models_do_otherwise_is_told_for_all_of_them(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, TWO)
        openai, demo = Target(provider="openai", model="gpt-image-2"), Target(provider="demo", model="demo-painter")
        builder.draft.take_targets([demo, openai])
        values = tuple(SweepValue(option=value, label=value) for value in ("low", "high"))
        builder.draft.put(Card("option:quality", "option", "down", values, option="quality"))
        builder.form._tell()
        await stage.until(lambda: builder.forecaster.sheet is not None and len(builder.forecaster.sheet.cells) == 8)
        free, paid = (one.figure for one in builder.pane.view.matrix.column_headings)
        assert free == "free"
        least, most = paid.split(" – ")
        assert float(least.strip("$")) < float(most.strip("$"))
        button = builder.pane.notices
        assert button.isVisible()
        button.click()
        told = [label.text() for label in builder.findChildren(Label) if label.isVisible()]
        assert any(words.startswith("demo-painter has no setting quality, 4 combination") for words in told), told
        builder.reject()

    play(scene)


def test_a_sample_has_a_size_and_a_number_which_draws_the_same_again(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, "a {1|2|3|4|5} kite in {1|2|3|4|5}")
        row = builder.form.sample
        assert not row.number.isVisible()
        row.make.chosen.emit("sample")
        row.count.changed.emit(4)
        assert row.number.isVisible()
        assert row.count.box.accessibleName() == "Combinations in the sample"

        async def drawn(number: int) -> set[Any]:
            row.number.changed.emit(number)
            await stage.until(lambda: builder.forecaster.sheet is not None)
            assert len(builder.forecaster.sheet.cells) == 4
            assert builder.forecaster.plan.sample_seed == number
            return set(builder.forecaster.sheet.cells)

        first, second = await drawn(3), await drawn(4)
        assert first != second
        assert await drawn(3) == first
        row.another.click()
        assert builder.draft.sample_seed == row.number.value()
        builder.reject()

    play(scene)


def test_what_is_left_out_of_a_sample_adds_up(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, "a {1|2|3|4|5} kite in {1|2|3|4|5}")
        builder.draft.sample, builder.draft.sample_count = True, 20
        builder._changed()
        view, pane = builder.pane.view, builder.pane
        await stage.until(lambda: builder.forecaster.sheet is not None and len(builder.forecaster.sheet.cells) == 20)
        indexes = [view.matrix.index(row, column) for row in range(25) for column in range(25)]
        indexes = [index for index in indexes if index.isValid()]
        outside = next(index for index in indexes if view.matrix.cell(index).kind == "outside")
        view.toggled.emit(outside)
        assert "not in the sample" in view.matrix.spoken(outside)
        assert not builder.draft.left_out
        drawn = next(index for index in indexes if view.matrix.cell(index).kind == "new")
        view.toggled.emit(drawn)
        await stage.until(lambda: "1 left out" in pane._parts.full_text())
        assert pane._sum.text() == "19 of 25 combinations = 19 images"
        view.toggled.emit(drawn)
        assert "being worked out" in view.matrix.spoken(drawn)
        await stage.until(lambda: "to be made" in view.matrix.spoken(drawn))
        builder.draft.sample = False
        builder._changed()
        view.toggled.emit(drawn)
        await stage.until(lambda: pane._sum.text() == "24 of 25 combinations = 24 images")
        builder.reject()

    play(scene)


def test_rows_count_what_a_model_makes_that_always_makes_four(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        stage.write(TWO, images=1)
        four = Target(provider="midjourney", model="v7")
        stage.controller.composer.models.tick([Target(provider="demo", model="demo-painter"), four])
        stage.controller.composer.press_generate()
        builder = stage.controller.sweeps._builder
        assert builder is not None
        await stage.until(lambda: builder.forecaster.sheet is not None or bool(builder.forecaster.problem))
        headings = builder.pane.view.matrix.row_headings
        assert [(one.title, one.second) for one in headings] == [("red", "5 images"), ("blue", "5 images")]
        models = builder.draft.card("target")
        assert models is not None
        builder.draft.put(replace(models, place="rows"))
        words = next(card for card in builder.draft.cards if card.kind == "words")
        builder.draft.put(replace(words, place="columns"))
        builder._changed()
        assert [one.second for one in builder.pane.view.matrix.row_headings] == ["2 images", "8 images"]
        builder.reject()

    play(scene)
