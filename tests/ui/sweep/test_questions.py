"""What the builder asks before it starts, and how its cards vary a setting; all by mouse and keys."""

from __future__ import annotations

import asyncio
import threading
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from studio.config.settings import Budget
from studio.domain.errors import CannotRun, OverBudget
from studio.domain.pricing import Money
from studio.domain.request import GenerationRequest, Target
from studio.ui.sweep.pick import ValuePopover
from studio.ui.widgets import Menu, Question
from tests.ui.window.conftest import Play, Stage

LEFT = Qt.MouseButton.LeftButton
TWO = "a {red|blue} kite"
PAID = Target(provider="openai", model="gpt-image-2")


async def _opened(stage: Stage, prompt: str, targets: list[Target], images: int = 1) -> Any:
    """The builder over the window, with its forecast."""
    composer = stage.controller.composer
    composer.load(GenerationRequest(prompt="kite", n=images), targets)
    composer.prompt_box.prompt.set_text(prompt)
    composer.press_generate()
    builder = stage.controller.sweeps._builder
    assert builder is not None
    await _forecast(stage, builder)
    return builder


async def _forecast(stage: Stage, builder: Any) -> None:
    await stage.until(lambda: builder.primary_button.isEnabled() or bool(builder.forecaster.problem))


def _starts(stage: Stage, monkeypatch: pytest.MonkeyPatch, *refusals: Exception) -> list[dict[str, Any]]:
    """In place of the real start, which would need a key: how each start was asked for; the first ones are refused."""
    asked: list[dict[str, Any]] = []
    left = list(refusals)

    async def start(_plan: Any, **how: Any) -> Any:
        asked.append(how)
        raise left.pop(0) if left else OverBudget(over="$0", limit="$0")

    monkeypatch.setattr(stage.client.studio.sweeps, "start", start)
    return asked


async def _close(stage: Stage, builder: Any) -> None:
    await stage.until(lambda: not builder.starter.under_way)
    for question in builder.findChildren(Question):
        question.reject()
    builder.reject()
    assert stage.controller.sweeps._builder is None


def _question(builder: Any) -> Question:
    shown: list[Question] = [one for one in builder.findChildren(Question) if one.isVisible()]
    return shown[-1]


def _questions(builder: Any) -> int:
    return sum(one.isVisible() for one in builder.findChildren(Question))


def test_over_budget_is_asked_about_and_only_consent_sends(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(stage: Stage) -> None:
        asked = _starts(stage, monkeypatch)
        stage.client.studio.settings.change(budget=Budget(per_day=Money(amount=Decimal("0.01"))))
        await stage.until(
            lambda: any(
                event.kind == "spending_changed" and event.limit and event.limit.amount == Decimal("0.01")
                for event in stage.events
            )
        )
        builder = await _opened(stage, TWO, [PAID])
        QTest.mouseClick(builder.primary_button, LEFT)
        question = _question(builder)
        assert question.windowTitle() == "Generate 2 images?"
        assert "This may go up to $" in question.words.text()
        assert "over today's limit of $0.010." in question.words.text()
        assert question.primary_button.text() == "Generate anyway"
        QTest.keyClick(question, Qt.Key.Key_Escape)
        assert asked == []
        QTest.mouseClick(builder.primary_button, LEFT)
        QTest.mouseClick(_question(builder).primary_button, LEFT)
        await stage.until(lambda: len(asked) == 1)
        assert asked == [{"only": None, "over_budget_allowed": True}]
        await _close(stage, builder)

    play(scene)


def test_more_paid_requests_than_the_limit_are_asked_about_and_that_agrees_to_no_overrun(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(stage: Stage) -> None:
        asked = _starts(stage, monkeypatch)
        stage.client.studio.settings.change(confirm_above_paid_calls=1)
        builder = await _opened(stage, TWO, [PAID])
        QTest.keyClick(builder.form.prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        question = _question(builder)
        assert question.words.text() == "2 paid requests will be sent."
        assert question.primary_button.text() == "Generate 2 images"
        QTest.keyClick(question, Qt.Key.Key_Return)
        await stage.until(lambda: len(asked) == 1)
        assert asked == [{"only": None, "over_budget_allowed": False}]
        await _close(stage, builder)

    play(scene)


def test_trying_the_first_asks_about_what_it_sends_itself(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(stage: Stage) -> None:
        asked = _starts(stage, monkeypatch)
        stage.client.studio.settings.change(confirm_above_paid_calls=1)
        builder = await _opened(stage, TWO, [PAID])
        QTest.mouseClick(builder.try_button, LEFT)
        await stage.until(lambda: len(asked) == 1)
        assert asked == [{"only": (0,), "over_budget_allowed": False}], "one request is not more than one"
        await _close(stage, builder)

    play(scene)


def test_a_limit_that_was_reached_meanwhile_is_asked_about_once_more(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(stage: Stage) -> None:
        asked = _starts(stage, monkeypatch, OverBudget(over="$0.50", limit="$20.00"))
        builder = await _opened(stage, TWO, [PAID])
        QTest.mouseClick(builder.primary_button, LEFT)
        await stage.until(lambda: _questions(builder) == 1)
        question = _question(builder)
        assert question.windowTitle() == "Over today's limit"
        assert question.words.text() == "Up to $0.50 over the limit of $20.00. Nothing was billed."
        QTest.mouseClick(question.primary_button, LEFT)
        await stage.until(lambda: len(asked) == 2)
        assert [how["over_budget_allowed"] for how in asked] == [False, True]
        await _close(stage, builder)

    play(scene)


def test_it_cannot_be_closed_while_it_is_being_started(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(stage: Stage) -> None:
        begun, go_on = threading.Event(), threading.Event()

        async def start(_plan: Any, **_how: Any) -> Any:
            begun.set()
            await asyncio.to_thread(go_on.wait)
            raise CannotRun(reason="nothing fits")

        monkeypatch.setattr(stage.client.studio.sweeps, "start", start)
        builder = await _opened(stage, TWO, [PAID])
        QTest.mouseClick(builder.primary_button, LEFT)
        await stage.until(begun.is_set)
        QTest.keyClick(builder, Qt.Key.Key_Escape)
        assert builder.isVisible()
        go_on.set()
        await stage.until(lambda: "nothing fits" in builder.cost._problem.text())
        await _close(stage, builder)

    play(scene)


def test_very_many_free_images_are_asked_about_too(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(stage: Stage) -> None:
        asked = _starts(stage, monkeypatch)
        thirteen = "a {" + "|".join(f"c{number}" for number in range(13)) + "} kite"
        builder = await _opened(stage, thirteen, [Target(provider="demo", model="demo-painter")], images=16)
        QTest.mouseClick(builder.primary_button, LEFT)
        assert _question(builder).words.text() == "208 images will be made."
        QTest.mouseClick(_question(builder).cancel_button, LEFT)
        assert asked == []
        builder.reject()

    play(scene)


# ---------------------------------------------------------------------------------------------------- cards of settings


def _chip(card: QWidget, words: str) -> QPushButton:
    return next(chip for chip in card.findChildren(QPushButton) if words in chip.text() and chip.isVisible())


def _pick(stage: Stage, words: str) -> None:
    """An entry of the open menu, by the keyboard."""
    menu = next(menu for menu in reversed(stage.window.findChildren(Menu)) if menu.isVisible())
    action = next(action for action in menu.actions() if action.text() == words)
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)


async def _with_option(stage: Stage, builder: Any, title: str, key: str) -> Any:
    QTest.mouseClick(builder.form._add["option"], LEFT)
    _pick(stage, title)
    card = builder.form.card_widget(key)
    await stage.until(card.isVisible)
    return card


def test_a_setting_becomes_an_axis_with_values_from_its_menu(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, TWO, [Target(provider="demo", model="demo-painter")])
        card = await _with_option(stage, builder, "File format", "option:output_format")
        assert card.title() == "File format"
        for value in ("PNG", "WebP"):
            QTest.mouseClick(_chip(card, "Value"), LEFT)
            _pick(stage, value)
        await stage.until(lambda: builder.primary_button.text().startswith("Generate 4"))
        plan = builder.draft.plan()
        (axis,) = [axis for axis in plan.axes if axis.kind == "option"]
        assert [(value.label, value.option) for value in axis.values] == [("PNG", "png"), ("WebP", "webp")]
        card.place.setCurrentIndex(card.place.findData("columns"))
        card.place.activated.emit(card.place.currentIndex())
        await _forecast(stage, builder)
        headings = builder.pane.view.matrix.column_headings
        assert any("WebP" in one.title for one in headings)
        QTest.keyClick(_chip(card, "PNG"), Qt.Key.Key_Delete)
        await stage.until(lambda: builder.primary_button.text().startswith("Generate 2"))
        QTest.mouseClick(card.remove_button, LEFT)
        assert not [axis for axis in builder.draft.plan().axes if axis.kind == "option"]
        assert "File format" in builder.form._open_options().values(), "it is offered again"
        builder.reject()

    play(scene)


def test_a_number_is_typed_and_what_is_none_is_told(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        builder = await _opened(stage, TWO, [Target(provider="demo", model="demo-painter")])
        card = await _with_option(stage, builder, "Previews", "option:partial_images")
        QTest.mouseClick(_chip(card, "Value"), LEFT, pos=QPoint(8, 8))
        popover = next(one for one in card.findChildren(ValuePopover) if one.isVisible())
        assert popover.field.edit.placeholderText() == "0 to 3"
        QTest.keyClicks(popover.field.edit, "nine")
        QTest.keyClick(popover.field.edit, Qt.Key.Key_Return)
        assert popover._problem.isVisible()
        assert not builder.draft.card("option:partial_images").values
        for typed in ("0", "2"):
            popover.field.set_text("")
            QTest.keyClicks(popover.field.edit, typed)
            QTest.keyClick(popover.field.edit, Qt.Key.Key_Return)
        assert [value.option for value in builder.draft.card("option:partial_images").values] == [0, 2]
        popover.close()
        await stage.until(lambda: builder.primary_button.text().startswith("Generate 4"))
        plan = builder.draft.plan()
        forecast = await stage.client.run(lambda studio: studio.sweeps.forecast(plan))
        assert forecast.image_count == 4
        builder.reject()

    play(scene)


def test_a_model_without_the_setting_says_so_in_its_squares_or_takes_it(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        targets = [Target(provider="demo", model="demo-painter"), Target(provider="demo", model="demo-papercut")]
        builder = await _opened(stage, TWO, targets)
        card = await _with_option(stage, builder, "Previews", "option:partial_images")
        card._add(card._offers.read("0"))
        card._add(card._offers.read("1"))
        await stage.until(lambda: builder.forecaster.sheet is not None and len(builder.forecaster.sheet.cells) == 8)
        forecast = await stage.client.run(lambda studio: studio.sweeps.forecast(builder.draft.plan()))
        models = next(number for number, axis in enumerate(builder.draft.axes) if axis.kind == "target")
        told = {
            targets[cell.place[models]].model: notice.code
            for cell in forecast.cells
            for notice in cell.notices
            if notice.field.endswith("partial_images")
        }
        assert told == {"demo-papercut": "option_unknown"}
        builder.reject()

    play(scene)
