"""Controls by keyboard, by mouse and as screen readers see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor, QDragEnterEvent, QDropEvent, QImage, QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.theme import Theme
from studio.ui.widgets import (
    Button,
    CheckBox,
    Chip,
    ChipKind,
    ComboBox,
    DropFrame,
    ElidedLabel,
    FlowLayout,
    FoldSection,
    IconButton,
    Label,
    LineField,
    NumberField,
    Option,
    Paragraph,
    PlainTextEdit,
    ProgressLine,
    RadioButton,
    RatioChips,
    ScrollArea,
    Segments,
    Slider,
    SliderField,
    SpinStepper,
    Splitter,
    StarRating,
    Switch,
    set_available,
)
from studio.ui.widgets.drop_frame import DropState

KEY = Qt.Key
ROLE = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton


Show = Callable[..., QWidget]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Show widgets in one window, which lives as long as the test."""
    pages: list[QWidget] = []

    def in_a_window(*widgets: QWidget) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        for widget in widgets:
            column.addWidget(widget)
        qtbot.addWidget(page)
        pages.append(page)
        page.show()
        page.activateWindow()
        QApplication.processEvents()
        return page

    yield in_a_window
    for page in pages:
        page.close()


def seen_as(widget: QWidget) -> tuple[QAccessible.Role, str]:
    """Role and name as a screen reader gets them."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.role(), interface.text(QAccessible.Text.Name)


def described(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


def values(spy: QSignalSpy) -> list[object]:
    return [spy.at(row)[0] for row in range(spy.count())]


@pytest.fixture
def views() -> Segments:
    segments = Segments([Option(text, text.title()) for text in ("runs", "grid", "compare")], name="View")
    segments.set_value("runs")
    return segments


def test_segments_choose_with_arrows_in_one_stop(show: Show, views: Segments) -> None:
    before, after = Button("before"), Button("after")
    page = show(before, views, after)
    spy = QSignalSpy(views.chosen)
    before.setFocus()
    QTest.keyClick(before, KEY.Key_Tab)
    assert page.focusWidget() is views.button("runs")
    QTest.keyClick(views.button("runs"), KEY.Key_Right)
    QTest.keyClick(views.button("grid"), KEY.Key_Right)
    assert values(spy) == ["grid", "compare"]
    assert views.value() == "compare"
    assert page.focusWidget() is views.button("compare")
    QTest.keyClick(views.button("compare"), KEY.Key_Tab)
    assert page.focusWidget() is after
    QTest.keyClick(after, KEY.Key_Backtab)
    assert page.focusWidget() is views.button("compare")


def test_segments_are_one_stop_while_none_is_chosen_or_the_chosen_is_ruled_out(show: Show, views: Segments) -> None:
    before, after = Button("before"), Button("after")
    page = show(before, views, after)

    def stop() -> QWidget | None:
        before.setFocus()
        QTest.keyClick(before, KEY.Key_Tab)
        found = page.focusWidget()
        QTest.keyClick(found, KEY.Key_Tab)
        assert page.focusWidget() is after
        return found

    views.set_value(None)
    assert stop() is views.button("runs")
    views.set_value_available("runs", False, "Not now")
    assert stop() is views.button("grid")
    views.set_value("compare")
    assert stop() is views.button("compare")


def test_segments_answer_the_press_and_keep_quiet_when_set(show: Show, views: Segments) -> None:
    show(views)
    spy = QSignalSpy(views.chosen)
    QTest.mousePress(views.button("grid"), LEFT)
    assert views.value() == "grid"
    QTest.mouseRelease(views.button("grid"), LEFT)
    QTest.mouseClick(views.button("grid"), LEFT)
    assert values(spy).count("grid") == spy.count()
    count = spy.count()
    views.set_value("compare")
    assert (views.value(), spy.count()) == ("compare", count)
    views.set_value("nothing of this")
    assert views.value() is None


def test_segments_ruled_out_cannot_be_chosen_and_say_why(show: Show, views: Segments) -> None:
    show(views)
    views.set_value_available("compare", False, "Select 2 images")
    QTest.mouseClick(views.button("compare"), LEFT)
    assert views.value() == "runs"
    assert views.button("compare").toolTip() == described(views.button("compare")) == "Select 2 images"
    views.set_value_available("compare", True)
    assert views.button("compare").toolTip() == ""
    views.set_options([Option("runs", "Runs"), Option("grid", "Grid")])
    assert views.value() == "runs"
    with pytest.raises(LookupError, match="compare"):
        views.button("compare")


def test_ratio_chips(show: Show) -> None:
    chips = RatioChips(name="Aspect ratio")
    page = show(chips)
    spy = QSignalSpy(chips.chosen)
    assert chips.ratio() is None
    chips.buttons()[0].setFocus()
    QTest.keyClick(chips.buttons()[0], KEY.Key_Space)
    QTest.keyClick(chips.buttons()[0], KEY.Key_Right)
    assert values(spy) == [(1, 1), (4, 5)]
    chips.set_ratio(None)
    assert (chips.ratio(), spy.count()) == (None, 2)
    chips.set_ratio_available((21, 9), False, "Not for this model")
    QTest.mouseClick(chips.buttons()[-1], LEFT)
    assert chips.ratio() is None
    assert page.isVisible()


def test_the_drawn_ratios_are_those_ratios() -> None:
    from studio.ui.widgets.ratio import RATIOS, drawing_size

    for width, height in RATIOS:
        drawn = drawing_size(width, height)
        assert drawn[0] / drawn[1] == pytest.approx(width / height, rel=0.12)
        assert max(drawn) <= 20


def test_stars_by_arrows_digits_and_clicks(show: Show) -> None:
    stars = StarRating(2)
    show(stars)
    spy = QSignalSpy(stars.rated)
    for key in (KEY.Key_Right, KEY.Key_5, KEY.Key_Home, KEY.Key_3, KEY.Key_Left):
        QTest.keyClick(stars, key)
    assert values(spy) == [3, 5, 0, 3, 2]
    QTest.mouseClick(stars, LEFT, pos=stars.star_rect(4).center())
    QTest.mouseClick(stars, LEFT, pos=stars.star_rect(4).center())
    assert values(spy)[-2:] == [4, 0]
    QTest.mouseClick(stars, LEFT, pos=stars.star_rect(2).center())
    QTest.mouseDClick(stars, LEFT, pos=stars.star_rect(2).center())
    assert values(spy)[-2:] == [0, 2]
    stars.set_rating(5)
    assert (stars.rating(), spy.count()) == (5, 8)
    QTest.keyClick(stars, KEY.Key_7)
    QTest.keyClick(stars, KEY.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert stars.rating() == 5


def wheel_at(widget: QWidget) -> bool:
    """Turn the wheel over a widget; whether it took the event for itself."""
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        widget.mapToGlobal(place),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_scrolling_a_panel_changes_no_setting(show: Show) -> None:
    combo = ComboBox(name="Preset")
    combo.add_options([("Portrait", 1), ("Landscape", 2)])
    slider, stars, number, stepper = Slider(value=5), StarRating(3), NumberField(5), SpinStepper(5)
    show(Button("first"), combo, slider, stars, number, stepper)
    for widget in (combo, slider, stars, number.box, stepper.box):
        assert not wheel_at(widget), widget
    assert (combo.value(), slider.value(), stars.rating(), number.value(), stepper.value()) == (1, 5, 3, 5, 5)


def test_stepper_by_buttons_arrows_and_typing(show: Show) -> None:
    stepper = SpinStepper(1, minimum=1, maximum=3, name="Images")
    show(stepper)
    spy = QSignalSpy(stepper.changed)
    assert not stepper.minus.isEnabled()
    QTest.mouseClick(stepper.plus, LEFT)
    QTest.keyClick(stepper.box, KEY.Key_Up)
    assert (values(spy), stepper.plus.isEnabled()) == ([2, 3], False)
    stepper.box.selectAll()
    QTest.keyClick(stepper.box, KEY.Key_1)
    assert stepper.value() == 1
    stepper.set_range(2, 5)
    assert (stepper.value(), spy.count()) == (2, 3)


def test_a_number_is_told_when_the_user_is_done(show: Show) -> None:
    width = NumberField(896, minimum=64, maximum=4096, step=16, prefix="W", name="Width")
    show(width)
    spy = QSignalSpy(width.changed)
    width.box.selectAll()
    QTest.keyClicks(width.box, "1024")
    assert spy.count() == 0
    QTest.keyClick(width.box, KEY.Key_Return)
    QTest.keyClick(width.box, KEY.Key_Up)
    QTest.keyClick(width.box, KEY.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert values(spy) == [1024, 1040, 1200]
    width.set_value(9_999)
    assert (width.value(), spy.count()) == (4096, 3)


def test_money_has_cents(show: Show) -> None:
    limit = NumberField(30, maximum=1000, decimals=2, prefix="¥", name="Daily limit")
    show(limit)
    limit.box.selectAll()
    QTest.keyClicks(limit.box, "12.5")
    QTest.keyClick(limit.box, KEY.Key_Return)
    assert limit.value() == pytest.approx(12.5)
    assert limit.box.text() == "12.50"


def test_a_field_shows_the_focus_of_what_is_inside(show: Show) -> None:
    line = LineField("48213", name="Seed")
    dice = IconButton("dice-5", "Roll the dice", side=24)
    line.add_trailing(dice)
    show(Button("first"), line)
    assert not line.has_focus_inside()
    QTest.mouseClick(line, LEFT, pos=QPoint(3, 14))
    assert line.has_focus_inside()
    assert line.edit.hasFocus() or line.window().focusWidget() is line.edit


def test_slider_and_number_stay_equal(show: Show) -> None:
    quality = SliderField(value=92, name="Quality")
    show(quality)
    spy = QSignalSpy(quality.changed)
    QTest.keyClick(quality.slider, KEY.Key_Left)
    assert (quality.field.value(), values(spy)) == (91, [91])
    quality.field.box.setValue(40)
    assert (quality.slider.value(), values(spy)) == (40, [91, 40])
    QTest.mouseClick(quality.slider, LEFT, pos=QPoint(quality.slider.width() - 1, 12))
    assert quality.value() == 100
    quality.set_value(7)
    assert (quality.field.value(), values(spy)[-1]) == (7, 100)


def test_toggles_by_space_and_click_on_their_words(show: Show) -> None:
    for toggle in (CheckBox("Own folder"), RadioButton("Add a number"), Switch("Blind")):
        show(toggle)
        QTest.keyClick(toggle, KEY.Key_Space)
        assert toggle.isChecked()
    check = CheckBox("Sidecar file")
    show(check)
    QTest.mouseClick(check, LEFT, pos=QPoint(check.width() - 3, check.height() // 2))
    assert check.isChecked()


def test_a_chip_is_pressed_and_removed(show: Show) -> None:
    chip = Chip("3 and up", name="Rating", removable=True, remove_words="Remove filter")
    show(chip)
    pressed, removed = QSignalSpy(chip.clicked), QSignalSpy(chip.removed)
    QTest.mouseClick(chip, LEFT, pos=QPoint(8, 12))
    assert (pressed.count(), removed.count()) == (1, 0)
    QTest.mouseClick(chip, LEFT, pos=chip.cross_rect().center().toPoint())
    QTest.keyClick(chip, KEY.Key_Delete)
    assert (pressed.count(), removed.count()) == (1, 2)
    QTest.keyClick(chip, KEY.Key_Space)
    assert pressed.count() == 2
    assert seen_as(chip) == (ROLE.Button, "Rating 3 and up")
    assert described(chip) == "Remove filter"


def test_the_name_of_a_chip_gives_way_before_its_value(show: Show) -> None:
    chip = Chip("3 and up", name="Rating", removable=True)
    show(chip)
    assert chip.minimumSizeHint().width() < Chip("3 and up", removable=True).sizeHint().width()

    def seen() -> QImage:
        return chip.grab().toImage()

    chip.resize(chip.sizeHint())
    whole = seen()
    chip.set_words("3 and up", name="Rated")
    assert seen() != whole
    chip.resize(chip.minimumSizeHint())
    narrow = seen()
    chip.set_words("3 and up", name="Rating")
    assert seen() == narrow


def test_a_chip_without_room_keeps_its_icon_and_says_its_words(show: Show) -> None:
    chip = Chip("Add filter", kind=ChipKind.OUTLINE, icon_name="plus")
    show(chip)
    wide = chip.sizeHint().width()
    chip.set_compact(True)
    assert chip.sizeHint().width() < wide / 2
    assert (chip.accessibleName(), chip.toolTip()) == ("Add filter", "Add filter")
    chip.set_compact(False)
    assert (chip.sizeHint().width(), chip.toolTip()) == (wide, "")


def test_a_press_that_leaves_the_cross_removes_nothing(show: Show) -> None:
    chip = Chip("Today", removable=True)
    show(chip)
    removed = QSignalSpy(chip.removed)
    QTest.mousePress(chip, LEFT, pos=chip.cross_rect().center().toPoint())
    QTest.mouseRelease(chip, LEFT, pos=QPoint(6, 12))
    assert removed.count() == 0


def test_a_combo_takes_its_label_along_and_leaves_none_behind(show: Show, qtbot: QtBot) -> None:
    combo = ComboBox(name="Preset")
    combo.addItem("Portrait")
    first, second = QWidget(), QWidget()
    show(first, second)
    for home in (first, second):
        combo.setParent(home)
        combo.show()
        told = QAccessible.queryAccessibleInterface(combo).relations(QAccessible.RelationFlag.Label)
        assert [label.text(QAccessible.Text.Name) for label, _relation in told] == ["Preset"]
    assert first.findChildren(QWidget) == []
    combo.deleteLater()
    qtbot.waitUntil(lambda: second.findChildren(QWidget) == [], timeout=60_000)


def test_combo_gives_values(show: Show) -> None:
    combo = ComboBox(name="Preset")
    combo.add_options([("Portrait", (4, 5)), ("Landscape", (3, 2))])
    show(combo)
    spy = QSignalSpy(combo.currentIndexChanged)
    combo.set_value((3, 2))
    assert (combo.value(), spy.count()) == ((3, 2), 0)
    QTest.keyClick(combo, KEY.Key_Up)
    assert combo.value() == (4, 5)
    combo.set_value("nowhere")
    assert combo.value() is None


def test_a_section_folds_and_tells(show: Show) -> None:
    section = FoldSection("Facts")
    section.body().addWidget(Label("Size"))
    show(section)
    spy = QSignalSpy(section.folded)
    QTest.keyClick(section.heading(), KEY.Key_Space)
    assert (section.is_open(), values(spy)) == (False, [True])
    QTest.mouseClick(section.heading(), LEFT)
    assert (section.is_open(), values(spy)) == (True, [True, False])
    section.set_open(False)
    assert spy.count() == 2
    assert section.heading().height() == 32


def test_drop_frame_takes_what_it_accepts(show: Show) -> None:
    frame = DropFrame(lambda mime: mime.hasUrls())
    frame.set_words(idle="Drop or paste", over="Drop to add", reading="Reading", name="Add reference images")
    show(frame)
    pasted, clicked = QSignalSpy(frame.paste_asked), QSignalSpy(frame.clicked)
    dropped: list[QMimeData] = []
    frame.dropped.connect(dropped.append)
    files, words = QMimeData(), QMimeData()
    files.setUrls([QUrl("file:///tmp/a.png")])
    words.setText("words")
    states = []
    for mime in (words, files):
        enter = QDragEnterEvent(
            QPoint(5, 5), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
        )  # fmt: skip
        QApplication.sendEvent(frame, enter)
        states.append((enter.isAccepted(), frame.state()))
    assert states == [(False, DropState.IDLE), (True, DropState.OVER)]
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, files, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(frame, drop)
    assert (frame.state(), dropped) == (DropState.IDLE, [files])
    QTest.keyClick(frame, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(frame, KEY.Key_Space)
    assert (pasted.count(), clicked.count()) == (1, 1)


def test_clicks_leave_the_focus_where_the_user_works(show: Show, views: Segments) -> None:
    prompt = PlainTextEdit("x", name="Prompt")
    others: list[QWidget] = [Button("b"), IconButton("copy", "Copy"), Chip("c"), CheckBox("d"), StarRating(), Slider()]
    page = show(prompt, views, *others)
    prompt.setFocus()
    for widget in [*others, views.button("grid")]:
        QTest.mouseClick(widget, LEFT)
        assert page.focusWidget() is prompt, widget


def test_unavailable_controls_say_why_and_get_their_tooltip_back(show: Show) -> None:
    button = IconButton("copy", "Copy", shortcut="Ctrl+C")
    show(button)
    before = button.toolTip()
    set_available(button, False, "Nothing is selected")
    set_available(button, False, "Nothing is ticked")
    assert (button.isEnabled(), button.toolTip(), described(button)) == (False, *["Nothing is ticked"] * 2)
    set_available(button, True)
    assert (button.isEnabled(), button.toolTip()) == (True, before)


def itself(widget: QWidget) -> QWidget:
    return widget


def inner(name: str) -> Callable[[QWidget], QWidget]:
    """The part of a widget that a reader meets."""
    return lambda widget: getattr(widget, name)


SEEN: dict[str, tuple[Callable[[], QWidget], Callable[[Any], QWidget], QAccessible.Role, str]] = {
    "label": (lambda: Label("Size"), itself, ROLE.StaticText, "Size"),
    "elided": (lambda: ElidedLabel("gpt-image-2"), itself, ROLE.StaticText, "gpt-image-2"),
    "paragraph": (lambda: Paragraph("Long text"), itself, ROLE.StaticText, "Long text"),
    "button": (lambda: Button("Generate"), itself, ROLE.Button, "Generate"),
    "icon button": (lambda: IconButton("copy", "Copy"), itself, ROLE.Button, "Copy"),
    "check box": (lambda: CheckBox("", name="OpenAI gpt-image-2"), itself, ROLE.CheckBox, "OpenAI gpt-image-2"),
    "radio": (lambda: RadioButton("Replace"), itself, ROLE.RadioButton, "Replace"),
    "switch": (lambda: Switch("", name="Use this provider"), itself, ROLE.CheckBox, "Use this provider"),
    "segments": (lambda: Segments([Option(1, "a")], name="Quality"), itself, ROLE.Grouping, "Quality"),
    "segment": (lambda: Segments([Option(1, "Low")]), lambda it: it.button(1), ROLE.RadioButton, "Low"),
    "ratios": (lambda: RatioChips(name="Aspect ratio"), itself, ROLE.Grouping, "Aspect ratio"),
    "slider": (lambda: Slider(name="Quality"), itself, ROLE.Slider, "Quality"),
    "stars": (lambda: StarRating(1), itself, ROLE.Slider, "Rating"),
    "stepper": (lambda: SpinStepper(name="Images"), inner("box"), ROLE.SpinBox, "Images"),
    "number": (lambda: NumberField(name="Width"), inner("box"), ROLE.SpinBox, "Width"),
    "line": (lambda: LineField(name="Seed"), inner("edit"), ROLE.EditableText, "Seed"),
    "editor": (lambda: PlainTextEdit(name="Negative prompt"), itself, ROLE.EditableText, "Negative prompt"),
    "heading": (lambda: FoldSection("Facts"), lambda it: it.heading(), ROLE.CheckBox, "Facts"),
    "chip": (lambda: Chip("Today"), itself, ROLE.Button, "Today"),
}


@pytest.mark.parametrize("kind", SEEN)
def test_what_screen_readers_get(qtbot: QtBot, kind: str) -> None:
    build, part, role, name = SEEN[kind]
    widget = build()
    qtbot.addWidget(widget)
    assert seen_as(part(widget)) == (role, name)


def test_progress_is_told_as_a_number(qtbot: QtBot) -> None:
    bar = ProgressLine(0.62)
    qtbot.addWidget(bar)
    bar.setAccessibleName("Run 48")
    interface = QAccessible.queryAccessibleInterface(bar)
    assert (interface.role(), interface.valueInterface().currentValue()) == (ROLE.ProgressBar, 62)
    bar.set_fraction(None)
    assert bar.fraction() is None


@pytest.mark.parametrize(
    "build",
    [
        lambda: Button("b", height=24),
        lambda: IconButton("x", "Close", side=24),
        lambda: CheckBox("c"),
        lambda: Chip("t"),
        lambda: Slider(value=3),
        lambda: StarRating(3),
        lambda: SpinStepper(3),
    ],
)
def test_targets_are_large_enough(qtbot: QtBot, build: Callable[[], QWidget]) -> None:
    widget = build()
    qtbot.addWidget(widget)
    hint = widget.sizeHint()
    assert min(hint.width(), hint.height()) >= 24


def test_ampersands_are_letters_not_shortcuts(show: Show) -> None:
    chip, button, check = Chip("R&B", removable=True), Button("Salt & pepper"), CheckBox("R&B")
    segments = Segments([Option(1, "R&B")], name="Style")
    show(chip, button, check, segments)
    for control in (chip, button, check, segments.button(1)):
        assert control.shortcut().isEmpty()
        assert "&" in seen_as(control)[1], control


def test_flow_fills_lines_and_mirrors(qtbot: QtBot, show: Show) -> None:
    page = QWidget()
    flow = FlowLayout(page, spacing=8)
    chips = [Chip("x" * 10) for _ in range(6)]
    for chip in chips:
        flow.addWidget(chip)
    qtbot.addWidget(page)
    width = chips[0].sizeHint().width()
    page.resize(2 * width + 8, 400)
    page.show()
    assert [chip.y() // 32 for chip in chips] == [0, 0, 1, 1, 2, 2]
    assert flow.heightForWidth(2 * width + 8) == 3 * 24 + 2 * 8
    assert flow.heightForWidth(6 * width + 40) == 24
    chips[0].set_words("x" * 30)
    assert flow.heightForWidth(6 * width + 40) == 2 * 24 + 8
    chips[5].hide()
    assert flow.heightForWidth(6 * width + 40) == 2 * 24 + 8
    chips[4].hide()
    assert flow.heightForWidth(6 * width + 40) == 24
    chips[0].set_words("x" * 10)
    chips[4].show()
    chips[5].show()
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    assert chips[0].x() > chips[1].x()
    flow.insert_widget(0, Chip("first"))
    assert flow.itemAt(0).widget() is not chips[0]  # type: ignore[union-attr]  # there is one


def test_splitter_handle_is_thin_to_see_and_wide_to_grab(qtbot: QtBot, show: Show) -> None:
    splitter = Splitter()
    for _ in range(3):
        splitter.addWidget(QWidget())
    splitter.set_default(0, 336)
    splitter.set_default(2, 288)
    qtbot.addWidget(splitter)
    splitter.resize(1440, 400)
    splitter.show()
    splitter.setSizes([400, 700, 340])
    handle = splitter.handle(1)
    assert (handle.width(), handle.contentsRect().width()) == (7, 1)
    spy = QSignalSpy(splitter.settled)
    QTest.mouseDClick(handle, LEFT)
    assert splitter.sizes()[0] == 336
    QTest.mouseDClick(splitter.handle(2), LEFT)
    assert splitter.sizes()[2] == 288
    assert sum(splitter.sizes()) == 1440 - 2
    assert (spy.at(0), spy.at(1)) == ([0, 336], [2, 288])


def test_hidden_widgets_need_no_clock(qtbot: QtBot, show: Show) -> None:
    from studio.ui.widgets import Pulse, Spinner

    spinner = Spinner()
    page = show(spinner)
    pulse = Pulse.shared()
    assert not pulse.is_running()  # reduced motion
    from studio.ui.theme import active

    active().set_reduced_motion(False)
    pulse.add(spinner)
    assert pulse.is_running()
    page.hide()
    qtbot.waitUntil(lambda: not pulse.is_running(), timeout=60_000)
    assert pulse.phase() <= 1
    QApplication.sendEvent(spinner, QEvent(QEvent.Type.StyleChange))


def test_hover_comes_in_eighty_milliseconds_or_at_once(qtbot: QtBot, show: Show, theme: Theme) -> None:
    from studio.ui.widgets.motion import HoverFade, mixed

    button = Button("x")
    show(button)
    fade = HoverFade(button)
    assert [fade.level(False), fade.level(True), fade.level(False)] == [0, 1, 0]
    theme.set_reduced_motion(False)
    assert fade.level(True) < 1
    qtbot.waitUntil(lambda: fade.level(True) == 1, timeout=60_000)
    grey, white = QColor("#404040"), QColor("#c0c0c0")
    assert mixed(grey, white, 0.5).name() == "#808080"  # type: ignore[union-attr]  # it is a colour
    assert mixed(None, white, 0.5).alphaF() == pytest.approx(0.5, abs=0.01)  # type: ignore[union-attr]  # as above
    assert (mixed(None, white, 0), mixed(grey, white, 1)) == (None, white)


def test_a_scroll_bar_is_one_thumb(show: Show) -> None:
    area = ScrollArea()
    area.column.addWidget(filler := QWidget())
    filler.setFixedSize(50, 1000)
    area.setFixedSize(100, 200)
    show(area)
    bar = area.verticalScrollBar()
    QTest.mouseClick(bar, LEFT, pos=QPoint(bar.width() // 2, bar.height() - 2))
    assert bar.value() == bar.pageStep()
    QTest.mousePress(bar, LEFT, pos=QPoint(bar.width() // 2, bar.height() // 4))
    QTest.mouseMove(bar, QPoint(bar.width() // 2, bar.height() + 50))
    QTest.mouseRelease(bar, LEFT, pos=QPoint(bar.width() // 2, bar.height() + 50))
    assert bar.value() == bar.maximum()


def test_tab_scrolls_what_it_reaches_into_view(show: Show) -> None:
    area = ScrollArea()
    buttons = [Button(str(number)) for number in range(40)]
    for button in buttons:
        area.column.addWidget(button)
    area.setFixedSize(120, 200)
    page = show(area)
    buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    for button in buttons[:20]:
        QTest.keyClick(button, KEY.Key_Tab)
    assert page.focusWidget() is buttons[20]
    assert not buttons[20].visibleRegion().isEmpty()


def test_a_list_grows_with_the_words_of_another_language(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    box = ComboBox(name="Order")
    box.addItem("行")
    row.addWidget(box)
    row.addStretch(1)
    page.resize(500, 60)
    page.show()
    QApplication.processEvents()
    before = box.width()
    box.clear()
    box.addItem("Row by row, then column by column")
    qtbot.waitUntil(lambda: box.width() > before, timeout=60_000)
    assert box.width() >= box.sizeHint().width()
