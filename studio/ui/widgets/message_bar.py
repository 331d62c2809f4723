"""The bar on top of the gallery: one message at a time, the newest that is not settled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEasingCurve, QEvent, QVariantAnimation, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Duration, Height, IconSize, Space, TextRole, active
from studio.ui.theme.paint import horizontal_hair
from studio.ui.translation import Translated, Words, written
from studio.ui.widgets.announce import Announcer
from studio.ui.widgets.button import Button, ButtonKind, IconButton
from studio.ui.widgets.label import Paragraph
from studio.ui.widgets.marks import Sign
from studio.ui.widgets.themed import Themed

BAR_HEIGHT = 36


class MessageKind(Enum):
    """What a message is about: the icon, and the colour of that icon. The bar itself stays grey."""

    INFO = ("info", "text2")
    DONE = ("circle-check", "ok")
    MAY_BE_BILLED = ("circle-question-mark", "warn")
    WARNING = ("triangle-alert", "warn")
    DANGER = ("shield-alert", "danger")


@dataclass(frozen=True, slots=True)
class Message:
    """Something to tell. A message with the `key` of an earlier one takes its place."""

    key: str
    title: Words
    text: Words = ""
    kind: MessageKind = MessageKind.INFO
    action: Words = ""
    """The words of its one button; empty for none."""

    @property
    def spoken(self) -> str:
        """Title and text in the language in force."""
        return f"{written(self.title)} {written(self.text)}".strip()


class MessageBar(Translated, Themed, QWidget):
    """Shows the newest message that is not settled; the others wait behind it.

    `acted` and `closed` carry the key of the message. Closing settles it; its action does not: whoever carries that out
    calls `settle`. The bar is hidden while there is nothing to tell."""

    acted = Signal(str)
    closed = Signal(str)
    focus_left = Signal()
    """It went away while something in it had the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages: dict[str, Message] = {}
        self._announcer = Announcer(self)
        self._sign = Sign("info", side=IconSize.TOOLBAR, parent=self)
        self._title = Paragraph(role=TextRole.BASE, weight=600, tone="text", parent=self)
        self._text = Paragraph(role=TextRole.BASE, parent=self)
        self._action = Button(kind=ButtonKind.QUIET, parent=self)
        self._close = IconButton("x", side=Height.SMALL, parent=self)
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.addWidget(self._title)
        self._words.addWidget(self._text, 1)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.S, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._sign)
        row.addLayout(self._words, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._slide = QVariantAnimation(self)
        self._slide.setDuration(Duration.MESSAGE_BAR)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._slid)
        self._slide.finished.connect(self._take_height)
        self._action.clicked.connect(self._on_action)
        self._close.clicked.connect(self._on_close)
        self.retranslate()
        self.hide()

    def post(self, message: Message) -> None:
        """Show a message, or change the one with the same key. The newest is in front."""
        self._messages.pop(message.key, None)
        self._messages[message.key] = message
        if message.kind in {MessageKind.DANGER, MessageKind.MAY_BE_BILLED, MessageKind.WARNING}:
            self._announcer.say_now(message.spoken)
        elif message.kind is MessageKind.DONE:
            self._announcer.answer(message.spoken)
        else:
            self._announcer.say(message.spoken)
        self._show_newest()

    def settle(self, key: str) -> None:
        """Take a message away; an unknown key is nothing to do."""
        if self._messages.pop(key, None) is not None:
            self._show_newest()

    def current(self) -> Message | None:
        """The message in front."""
        return next(reversed(self._messages.values()), None)

    def waiting(self) -> list[Message]:
        """All messages that are not settled, the newest first."""
        return list(reversed(self._messages.values()))

    def retranslate(self) -> None:
        self._close.set_name(self.tr("Close message"))
        self._write()

    def _write(self) -> None:
        message = self.current()
        if message is None:
            return
        self._title.setText(written(message.title))
        self._text.setText(written(message.text))
        self._text.setVisible(bool(self._text.text()))
        action = written(message.action)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(message.spoken)
        if not self.isHidden():
            self._take_height()

    def _arrange(self) -> int:
        """Puts title and text beside each other or, where the room does not reach, below; returns the height that all
        of their words need. The sentence about money is the last one: nothing is ever cut."""
        buttons = [one for one in (self._action, self._close) if not one.isHidden()]
        margins = self._row.contentsMargins()
        taken = margins.left() + margins.right() + self._sign.width() + Space.S * (len(buttons) + 1)
        room = max(1, self.width() - taken - sum(one.sizeHint().width() for one in buttons))
        told = [one for one in (self._title, self._text) if one.text()]
        widths = [_width_of_one_line(one) for one in told]
        beside = sum(widths) + Space.S * (len(told) - 1) <= room
        direction = QBoxLayout.Direction
        self._words.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._words.setSpacing(Space.S if beside else 0)
        self._title.setMinimumWidth(widths[0] if beside else 0)
        heights = [one.heightForWidth(room) for one in told]
        needed = max(heights) if beside else sum(heights)
        height = max(active().scaled(BAR_HEIGHT), needed + 2 * Space.S)
        above = (height - needed) // 2
        self._words.setContentsMargins(0, above, 0, height - needed - above)
        return height

    def _take_height(self) -> None:
        """As high as the words need at this width and size of text; a slide that is under way ends there."""
        if self.isHidden() or not self._messages:
            return
        height = self._arrange()
        if self._slide.state() is QVariantAnimation.State.Running:
            if self._slide.endValue() != height:
                self._slide.setEndValue(height)
        elif self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)

    @safe_override(False)
    def event(self, event: QEvent) -> bool:
        """Words of another size, and a bar of another width, ask for another height."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._take_height()
        return handled

    def _show_newest(self) -> None:
        message = self.current()
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        if message is None:
            self._slide.stop()
            self.hide()
            if inside:
                self.focus_left.emit()
            return
        self._sign.set_icon(*message.kind.value)
        if inside and not message.action:
            self._close.setFocus()
        self._write()
        if not self.isHidden():
            return
        if active().reduced_motion:
            self.show()
            self._take_height()
            return
        self._slide.setStartValue(0)
        self._slide.setEndValue(self._arrange())
        self._slide.start()
        self.show()

    def _slid(self, height: object) -> None:
        if isinstance(height, int):
            self.setFixedHeight(height)

    def _on_action(self) -> None:
        message = self.current()
        if message is not None:
            self.acted.emit(message.key)

    def _on_close(self) -> None:
        message = self.current()
        if message is not None:
            self.settle(message.key)
            self.closed.emit(message.key)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.tokens.raised)
        horizontal_hair(painter, 0, self.width(), self.height() - 1, self.tokens.line)
        painter.end()


def _width_of_one_line(label: Paragraph) -> int:
    """Logical pixels. Lines are broken by the exact widths of letters, which may be more than the metrics say."""
    width, one_line = label.fontMetrics().horizontalAdvance(label.text()) + 1, active().line_height(TextRole.BASE)
    return next((wider for wider in range(width, width + 8) if label.heightForWidth(wider) <= one_line), width)
