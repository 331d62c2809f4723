"""The message bar gives every word in place: a sentence about money is never the part that is cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from studio.ui.theme import Theme
from studio.ui.widgets import Message, MessageBar, MessageKind

ENGLISH = (
    "Alibaba Tongyi wan2.6-image: Result not fetched",
    "The connection to dashscope-intl.aliyuncs.com broke before the result was here. It may have been billed.",
)
CHINESE = (
    "阿里云通义 wan2.6-image：结果未取回",
    "在取回结果之前，与 dashscope-intl.aliyuncs.com 的连接中断了。可能已扣费。",
)


@pytest.fixture
def bar(theme: Theme) -> Iterator[MessageBar]:
    window = QWidget()
    window.resize(1400, 400)
    bar = MessageBar(window)
    window.show()
    yield bar
    window.deleteLater()


def post(bar: MessageBar, title: str, text: str, width: int, action: str = "What to do") -> None:
    bar.post(Message("one", title, text, MessageKind.MAY_BE_BILLED, action))
    bar.resize(width, bar.height())
    settle(bar)


def settle(bar: MessageBar) -> None:
    layout = bar.layout()
    assert layout is not None
    for _ in range(3):  # what the words ask for is posted
        QApplication.sendPostedEvents()
        layout.activate()


def words(bar: MessageBar) -> list[QLabel]:
    return [label for label in bar.findChildren(QLabel) if label.isVisible() and label.text()]


def check_whole(bar: MessageBar, *texts: str) -> None:
    shown = words(bar)
    assert [label.text() for label in shown] == [text for text in texts if text]
    for label in shown:
        assert label.height() >= label.heightForWidth(label.width())
        assert bar.rect().contains(label.geometry())
    above, below = shown[0].geometry().top(), bar.height() - 1 - max(label.geometry().bottom() for label in shown)
    assert min(above, below) >= 8
    assert abs(above - below) <= 1
    for one in (*shown, *[button for button in bar.findChildren(QPushButton) if button.isVisible()]):
        others = [other for other in shown if other is not one]
        assert not any(one.geometry().intersects(other.geometry()) for other in others)


@pytest.mark.parametrize("scale", [100, 125])
@pytest.mark.parametrize("width", [420, 560, 800, 1400])
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE, ("A title alone that says all there is to say " * 3, "")])
def test_every_word_has_its_place(
    bar: MessageBar, theme: Theme, scale: int, width: int, texts: tuple[str, str]
) -> None:
    theme.set_scale_percent(scale)
    post(bar, *texts, width)
    check_whole(bar, *texts)


def test_a_short_message_is_one_line_of_the_usual_height(bar: MessageBar) -> None:
    post(bar, "Key not accepted", "OpenAI refuses this key. Nothing was billed.", 1400)
    title, text = words(bar)
    assert bar.height() == 36
    assert title.geometry().top() == text.geometry().top()


@pytest.mark.parametrize("scale", [100, 110, 125])
@pytest.mark.parametrize(
    "title", ["Over the limit", "This library is read-only", "Key not accepted", "超出限额", "WAVE To"]
)
def test_a_title_beside_its_text_is_one_line(bar: MessageBar, theme: Theme, scale: int, title: str) -> None:
    theme.set_scale_percent(scale)
    post(bar, title, "Up to $1.08 over the limit of $10.00. Nothing was billed.", 1400)
    check_whole(bar, title, "Up to $1.08 over the limit of $10.00. Nothing was billed.")


def test_it_follows_the_window_and_the_size_of_text(bar: MessageBar, theme: Theme) -> None:
    post(bar, *ENGLISH, 1400)
    wide = bar.height()
    bar.resize(460, bar.height())
    settle(bar)
    narrow = bar.height()
    assert narrow > wide
    check_whole(bar, *ENGLISH)
    theme.set_scale_percent(125)
    settle(bar)
    assert bar.height() > narrow
    check_whole(bar, *ENGLISH)
    theme.set_scale_percent(100)
    bar.resize(1400, bar.height())
    settle(bar)
    assert bar.height() == wide
