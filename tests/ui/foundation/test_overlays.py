"""What lies over the window: dialogs, menus, popovers, the message bar, the focus ring."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.theme import Scheme, Theme
from studio.ui.theme.focus import FocusRing, RingShape
from studio.ui.widgets import (
    Button,
    CheckBox,
    Dialog,
    Label,
    LineField,
    Menu,
    Message,
    MessageBar,
    MessageKind,
    Option,
    PlainTextEdit,
    Popover,
    Question,
    Scrim,
    Segments,
    keep_sizes_in,
)
from studio.ui.widgets.announce import POLITE_INTERVAL_MS, Announcer
from studio.ui.widgets.dialog import forget_sizes
from studio.ui.widgets.popover import place_beside
from studio.ui.widgets.screens import screen_room

KEY = Qt.Key


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    QVBoxLayout(window)
    window.resize(800, 600)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    yield window
    forget_sizes()
    window.close()


class Painted(QWidget):
    """Notes how high each part is that is painted anew."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.heights: list[int] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.heights.append(event.region().boundingRect().height())


def ring_of(window: QWidget) -> QWidget | None:
    """The visible focus ring of a window."""
    rings = [child for child in window.findChildren(QWidget) if type(child).__name__ == "_Overlay"]
    return next((ring for ring in rings if ring.isVisible()), None)


def put(window: QWidget, *widgets: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
    QApplication.processEvents()


# ---------------------------------------------------------------------------------------------------- dialogs


def scrims(window: QWidget) -> list[Scrim]:
    return [scrim for scrim in window.findChildren(Scrim) if scrim.isVisible()]


def test_tab_goes_on_in_a_dialog_that_another_window_keeps_from_being_active(window: QWidget, qtbot: QtBot) -> None:
    dialog = Dialog(window)
    fields = [LineField(parent=dialog) for _ in range(3)]
    for field in fields:
        dialog.body.addWidget(field)
    dialog.open()
    fields[0].edit.setFocus()
    qtbot.waitUntil(fields[0].edit.hasFocus, timeout=60_000)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    qtbot.waitUntil(lambda: not dialog.isActiveWindow(), timeout=60_000)
    for field in fields[1:]:
        dialog.focusNextPrevChild(True)
        assert dialog.focusWidget() is field.edit
    dialog.focusNextPrevChild(False)
    assert dialog.focusWidget() is fields[1].edit


def test_an_open_dialog_dims_its_window_until_it_ends(window: QWidget, qtbot: QtBot) -> None:
    dialog = Dialog(window)
    dialog.open()
    scrim = window.findChild(Scrim)
    assert scrim is not None
    qtbot.waitUntil(lambda: scrim.geometry() == window.rect(), timeout=60_000)
    window.resize(900, 500)
    assert scrim.size() == QSize(900, 500)
    assert dialog.windowModality() == Qt.WindowModality.WindowModal
    dialog.reject()
    qtbot.waitUntil(lambda: not window.findChildren(Scrim), timeout=60_000)


def test_a_window_is_dimmed_band_by_band(window: QWidget, qtbot: QtBot) -> None:
    below = Painted(window)
    below.setGeometry(0, 0, 1600, 1200)
    window.resize(1600, 1200)
    below.show()
    qtbot.waitUntil(lambda: bool(below.heights), timeout=60_000)
    below.heights.clear()
    dialog = Dialog(window)
    dimmed = QSignalSpy(dialog.dimmed)
    dialog.open()
    qtbot.waitUntil(lambda: dimmed.count() == 1, timeout=60_000)
    qtbot.waitUntil(lambda: sum(below.heights) >= 1200, timeout=60_000)
    assert max(below.heights) <= 300
    below.heights.clear()
    dialog.reject()
    qtbot.waitUntil(lambda: sum(below.heights) >= 1200, timeout=60_000)
    assert max(below.heights) <= 300


def test_a_dialog_that_follows_another_finds_the_window_still_dimmed(window: QWidget, qtbot: QtBot) -> None:
    window.resize(1600, 1200)
    first, second = Dialog(window), Dialog(window)
    dimmed = QSignalSpy(second.dimmed)
    first.open()
    qtbot.waitUntil(lambda: [scrim.geometry() for scrim in scrims(window)] == [window.rect()], timeout=60_000)
    scrim = scrims(window)[0]
    first.reject()
    second.open()
    assert scrims(window) == [scrim]
    qtbot.waitUntil(lambda: dimmed.count() == 1 and scrim.geometry() == window.rect(), timeout=60_000)
    second.reject()
    while scrims(window):
        QApplication.processEvents()  # which deletes nothing yet
    second.open()  # what is gone but not deleted yet is no longer used
    QApplication.sendPostedEvents(None, 52)
    assert len(scrims(window)) == 1
    second.reject()
    qtbot.waitUntil(lambda: not window.findChildren(Scrim), timeout=60_000)


def test_return_presses_the_primary_button_and_escape_cancels(window: QWidget) -> None:
    for key, code in ((KEY.Key_Return, 1), (KEY.Key_Enter, 1), (KEY.Key_Escape, 0)):
        dialog = Question(window, title="Delete 3 images?", text="They go to the bin.", primary="Delete")
        dialog.open()
        QTest.keyClick(dialog, key)
        assert (dialog.isVisible(), dialog.result()) == (False, code)


def test_return_in_an_editor_is_a_line_and_with_control_it_is_done(window: QWidget) -> None:
    dialog = Dialog(window)
    editor = PlainTextEdit("one", parent=dialog)
    dialog.body.addWidget(editor)
    dialog.set_primary("Save")
    dialog.open()
    editor.setFocus()
    QTest.keyClick(editor, KEY.Key_Return)
    assert (dialog.isVisible(), editor.text().count("\n")) == (True, 1)
    QTest.keyClick(editor, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (dialog.isVisible(), dialog.result()) == (False, 1)


def test_what_cannot_be_done_is_not_done_by_return(window: QWidget) -> None:
    dialog = Dialog(window)
    dialog.set_primary("Export")
    dialog.set_primary_available(False, "The folder cannot be written to")
    dialog.open()
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
        QTest.keyClick(dialog, KEY.Key_Return, modifier)
    assert dialog.isVisible()
    assert dialog.primary_button.toolTip() == "The folder cannot be written to"
    dialog.reject()


def test_the_size_is_kept(window: QWidget, tmp_path: Path) -> None:
    keep_sizes_in(str(tmp_path / "geometry.ini"))
    first = Dialog(window, name="export", size=QSize(500, 400))
    assert first.size() == QSize(500, 400)
    first.open()
    first.resize(640, 480)
    first.reject()
    assert Dialog(window, name="export", size=QSize(500, 400)).size() == QSize(640, 480)
    forget_sizes()
    keep_sizes_in(str(tmp_path / "geometry.ini"))
    assert Dialog(window, name="export", size=QSize(500, 400)).size() == QSize(640, 480)
    assert Dialog(window, name="other", size=QSize(500, 400)).size() == QSize(500, 400)


def test_a_dialog_is_never_larger_than_its_window(window: QWidget) -> None:
    assert Dialog(window, size=QSize(5000, 5000)).size() == window.size()


def test_opening_and_closing_leaves_nothing(window: QWidget, qtbot: QtBot) -> None:
    def objects() -> int:
        QApplication.sendPostedEvents(None, 0)
        gc.collect()
        return len(window.findChildren(QWidget))

    before = objects()
    for _ in range(20):
        dialog = Question(window, title="Delete?", text="x", primary="Delete")
        dialog.open()
        dialog.reject()
        dialog.deleteLater()
        del dialog
        QApplication.sendPostedEvents(None, 52)  # deferred deletes
    qtbot.waitUntil(lambda: objects() == before, timeout=60_000)


# ---------------------------------------------------------------------------------------------------- menus, popovers


def test_a_menu_calls_what_was_chosen(window: QWidget) -> None:
    done: list[str] = []
    menu = Menu("", window)
    first = menu.add("Load settings", lambda: done.append("load"), icon_name="corner-up-left", shortcut="R")
    menu.add("Hidden & gone", available=False, reason="<b>No image</b> is selected")
    marks = menu.add("Show marks", lambda: done.append("marks"), checked=True)
    inner = menu.add_menu("More")
    inner.add("Delete", lambda: done.append("delete"))
    menu.open_at_point(QPoint(10, 10))
    first.trigger()
    marks.trigger()
    menu.close()
    assert done == ["load", "marks"]
    assert not marks.isChecked()
    assert [action.text() for action in menu.actions()] == ["Load settings", "Hidden && gone", "Show marks", "More"]
    assert menu.actions()[1].toolTip().startswith("<div")
    assert isinstance(first, QAction)


def test_a_popover_takes_the_focus_and_gives_it_back(window: QWidget) -> None:
    opener = Button("Size")
    put(window, opener)
    popover = Popover(window, name="Presets")
    check = CheckBox("Own folder")
    popover.body.addWidget(check)
    closed = QSignalSpy(popover.closed)
    popover.open_at(opener)
    assert popover.isVisible()
    assert popover.focusWidget() is check
    QTest.keyClick(popover, KEY.Key_Escape)
    assert (popover.isVisible(), closed.count()) == (False, 1)


def test_what_opens_stays_on_the_screen(qapp: QApplication) -> None:
    screen = screen_room(QPoint(0, 0))
    for corner in (screen.topLeft(), screen.bottomRight() - QPoint(60, 30), screen.topRight() - QPoint(60, 0)):
        control = Button("x", parent=None)
        control.setGeometry(corner.x(), corner.y(), 60, 28)
        control.show()
        for right in (False, True):
            place = place_beside(control, QSize(200, 150), align_right=right)
            assert screen.left() <= place.x() <= screen.right() - 199
            assert screen.top() <= place.y() <= screen.bottom() - 149
        control.close()


def test_what_opens_stays_between_the_sides_of_its_window(window: QWidget) -> None:
    button = Button("x", parent=window)
    sides = range(window.x(), window.x() + window.width())
    for x in (0, window.width() - 60):
        button.setGeometry(x, 40, 60, 28)
        for right in (False, True):
            left = place_beside(button, QSize(400, 100), align_right=right).x()
            assert {left, left + 399} <= set(sides)


def test_what_opens_at_the_foot_of_a_window_opens_inside_it(window: QWidget) -> None:
    """The status bar's lists: the screen often has room below the window, where nobody looks for them."""
    button = Button("x", parent=window)
    for y in (10, window.height() - 28):
        button.setGeometry(40, y, 60, 28)
        top = place_beside(button, QSize(200, 60)).y() - window.mapToGlobal(QPoint(0, 0)).y()
        assert 0 <= top <= window.height() - 60


def test_a_question_shows_all_of_its_words(window: QWidget, theme: Theme) -> None:
    for percent in (100, 125):
        theme.set_scale_percent(percent)
        text = "3 files, 3.8 MB, go to the bin of the system. " * 4
        question = Question(window, title="Delete?", text=text, details=text, primary="Delete")
        question.open()
        QApplication.processEvents()
        for words in (question.words, question.details):
            assert words.height() >= words.heightForWidth(words.width()) > 2 * theme.scaled(16)
        question.reject()


def test_ticks_and_arrows_of_a_menu_keep_away_from_its_words(window: QWidget) -> None:
    def width(*, ticks: bool = False, inner: bool = False) -> int:
        menu = Menu(parent=window)
        menu.add("Group by: Run", checked=True if ticks else None)
        if inner:
            menu.add_menu("Group by: Run")
        menu.open_at(window)
        wide = menu.width()
        menu.close()
        return wide

    assert width(ticks=True) >= width() + 20
    assert width(inner=True) >= width() + 12


# ---------------------------------------------------------------------------------------------------- message bar


def words(bar: MessageBar) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel) if not label.isHidden()]


def test_the_newest_message_is_in_front_and_the_others_wait(window: QWidget) -> None:
    bar = MessageBar()
    put(window, bar)
    assert bar.isHidden()
    bar.post(Message("a", "First"))
    bar.post(Message("b", "Second", "more", MessageKind.WARNING, "Show it"))
    assert words(bar) == ["Second", "more"]
    bar.post(Message("a", "First again"))
    assert [message.key for message in bar.waiting()] == ["a", "b"]
    bar.settle("a")
    assert words(bar) == ["Second", "more"]
    bar.settle("unknown")
    bar.settle("b")
    assert bar.isHidden()
    assert bar.current() is None


def test_its_button_acts_and_its_cross_settles(window: QWidget) -> None:
    bar = MessageBar()
    put(window, bar)
    acted, closed = QSignalSpy(bar.acted), QSignalSpy(bar.closed)
    bar.post(Message("billed", "1 image may have been billed.", "", MessageKind.MAY_BE_BILLED, "Show it"))
    QTest.mouseClick(bar.findChildren(Button)[0], Qt.MouseButton.LeftButton)
    assert (acted.at(0), bar.isHidden()) == (["billed"], False)
    QTest.mouseClick(
        bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1], Qt.MouseButton.LeftButton
    )
    assert (closed.at(0), bar.isHidden()) == (["billed"], True)


def test_it_slides_in_only_where_motion_is_welcome(window: QWidget, qtbot: QtBot, theme: Theme) -> None:
    bar = MessageBar()
    put(window, bar)
    bar.post(Message("a", "First"))
    assert bar.height() == 36
    bar.settle("a")
    theme.set_reduced_motion(False)
    bar.post(Message("a", "First"))
    assert bar.maximumHeight() < 36
    qtbot.waitUntil(lambda: bar.height() == 36, timeout=60_000)


def test_polite_news_wait_and_faults_do_not(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, str]] = []
    announcer = Announcer(window)
    monkeypatch.setattr(announcer, "_send", lambda text, politeness: said.append((text, politeness.name)))
    for text in ("1 of 4 done", "2 of 4 done", "3 of 4 done"):
        announcer.say(text)
    announcer.say_now("May have been billed")
    assert said == [("1 of 4 done", "Polite"), ("May have been billed", "Assertive")]
    announcer._timer.stop()
    announcer._pause_over()
    assert said[-1] == ("3 of 4 done", "Polite")
    announcer._timer.stop()
    announcer._pause_over()
    assert len(said) == 3
    assert POLITE_INTERVAL_MS == 5000


# ---------------------------------------------------------------------------------------------------- focus ring


def test_the_ring_encloses_the_focused_control_and_follows_it(window: QWidget) -> None:
    first, second = Button("first"), Button("second")
    put(window, first, second)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    ring = ring_of(window)
    assert ring is not None
    assert ring.geometry() == first.geometry().adjusted(-3, -3, 3, 3)
    second.setFocus(Qt.FocusReason.TabFocusReason)
    ring = ring_of(window)
    assert ring is not None
    assert ring.geometry() == second.geometry().adjusted(-3, -3, 3, 3)
    second.move(200, 300)
    assert ring.geometry() == second.geometry().adjusted(-3, -3, 3, 3)
    second.hide()
    assert ring_of(window) is None or ring_of(window) is not ring


def test_the_ring_takes_no_clicks_and_no_focus(window: QWidget) -> None:
    button = Button("first")
    put(window, button)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    ring = ring_of(window)
    assert ring is not None
    assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert ring.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert window.childAt(button.geometry().center()) is button


def test_segments_get_one_ring_around_their_track(window: QWidget) -> None:
    segments = Segments([Option(1, "Runs"), Option(2, "Grid")], name="View")
    segments.set_value(1)
    put(window, segments)
    segments.button(1).setFocus(Qt.FocusReason.TabFocusReason)
    ring = ring_of(window)
    assert ring is not None
    assert ring.geometry() == segments.geometry().adjusted(-3, -3, 3, 3)


def test_fields_have_no_ring_outside(window: QWidget) -> None:
    field = LineField("48213", name="Seed")
    put(window, field)
    field.edit.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring_of(window) is None


def test_the_ring_scrolls_with_its_page(window: QWidget) -> None:
    area = QScrollArea()
    page = QWidget()
    column = QVBoxLayout(page)
    buttons = [Button(str(number)) for number in range(40)]
    for button in buttons:
        column.addWidget(button)
    area.setWidget(page)
    put(window, area)
    buttons[5].setFocus(Qt.FocusReason.TabFocusReason)
    ring = ring_of(window)
    assert ring is not None
    assert ring.parentWidget() is page
    area.verticalScrollBar().setValue(100)
    assert ring.geometry() == buttons[5].geometry().adjusted(-3, -3, 3, 3)


def test_a_ring_outlives_nothing(window: QWidget) -> None:
    page = QWidget(window)
    button = Button("gone", parent=page)
    put(window, page)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring_of(window) is not None
    page.deleteLater()
    QApplication.sendPostedEvents(None, 52)
    window.resize(700, 500)
    QApplication.processEvents()
    assert ring_of(window) is None


def test_the_ring_is_painted_in_its_colour(window: QWidget, theme: Theme) -> None:
    theme.set_scheme(Scheme.LIGHT)
    button = Button("first")
    put(window, button)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    picture = window.grab().toImage()
    middle = button.geometry().center().x()
    colours = [picture.pixelColor(middle, button.y() - distance).name() for distance in (1, 2, 3, 4)]
    assert colours.count(theme.tokens.ring.name()) == 2
    assert colours[0] != theme.tokens.ring.name()


def test_a_label_has_no_ring_and_shapes_have_defaults() -> None:
    assert getattr(Label("x"), "focus_ring", None) is None
    assert RingShape().gap == 1
    assert FocusRing.__doc__
