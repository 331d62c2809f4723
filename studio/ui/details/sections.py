"""The folding sections of the details panel. Each takes values and shows them; none reads anything."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.details.facts import request_as_curl, request_as_text
from studio.ui.overrides import safe_override
from studio.ui.remembered import remember
from studio.ui.theme import Height, Radius, RingShape, Space, TextRole, active
from studio.ui.theme.paint import fill_box
from studio.ui.translation import Translated
from studio.ui.widgets import FoldSection, IconButton, Label, Option, Segments, Themed
from studio.ui.widgets.text_edit import SelectableText


class KeptFold(FoldSection):
    """A section that remembers whether it was open."""

    def __init__(self, key: str, parent: QWidget | None = None, *, open_first: bool = True) -> None:
        super().__init__("", parent=parent)
        self._key = f"details/open/{key}"
        self.set_open(bool(QSettings().value(self._key, open_first, bool)))
        self.folded.connect(lambda folded: remember(self._key, not folded))


class _CodeBox(Themed, QWidget):
    """The ground of code: a field without a frame."""

    def __init__(self, text: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(Space.S, Space.S, Space.XS, Space.S)
        rows.addWidget(text)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill_box(painter, self.rect(), Radius.BOX, self.tokens.field)
        painter.end()


class RequestSection(Translated, QWidget):
    """The exact request as JSON or as a curl command, and below it what was answered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._request: object = None
        self._as_curl = False
        self.fold = KeptFold("request", self, open_first=False)
        self._kinds = Segments([Option("json", "JSON"), Option("curl", "cURL")], parent=self)
        self._kinds.set_value("json")
        self._copy = IconButton("copy", side=Height.SMALL, parent=self)
        self._text = SelectableText(code=True, role=TextRole.SMALL, max_lines=24, parent=self)
        self._reply_name = Label(tone="text2", role=TextRole.SMALL, parent=self)
        self._reply = SelectableText(code=True, role=TextRole.SMALL, max_lines=16, parent=self)
        line = QHBoxLayout()
        line.addWidget(self._kinds)
        line.addStretch(1)
        line.addWidget(self._copy)
        self.fold.body().addLayout(line)
        self._reply_box = _CodeBox(self._reply, self)
        for widget in (_CodeBox(self._text, self), self._reply_name, self._reply_box):
            self.fold.body().addWidget(widget)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.fold)
        self._kinds.chosen.connect(self._choose)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text.text()))
        self.retranslate()

    def show_exchange(self, request: object, reply: str, request_id: str | None) -> None:
        """`request` is a `domain.jobs.WireRequest` or None."""
        self._request = request
        identity = f"x-request-id {request_id}\n" if request_id else ""
        self._reply.set_text((identity + reply).rstrip("\n"))
        has_reply = bool(identity or reply)
        self._reply_box.setVisible(has_reply)
        self._reply_name.setVisible(has_reply)
        self.setVisible(request is not None)
        self._write()

    def retranslate(self) -> None:
        self.fold.set_title(self.tr("Exact request"))
        self._kinds.setAccessibleName(self.tr("Form of the request"))
        self._copy.set_name(self.tr("Copy the request"))
        self._text.setAccessibleName(self.tr("Exact request"))
        self._reply_name.setText(self.tr("Reply, keys and image data left out"))
        self._reply.setAccessibleName(self.tr("Reply"))

    def _choose(self, kind: object) -> None:
        self._as_curl = kind == "curl"
        self._write()

    def _write(self) -> None:
        if self._request is None:
            self._text.set_text("")
            return
        write = request_as_curl if self._as_curl else request_as_text
        self._text.set_text(write(self._request))  # type: ignore[arg-type]  # a WireRequest by the contract above


class TimeLine(Themed, QWidget):
    """What happened, from top to bottom: a dot, words, a time. The tone of a row colours its dot; words after a line
    feed stand below it, smaller."""

    focus_ring = RingShape(Radius.SMALL)
    ROW, MORE = 26, 14
    """Heights of a row, and of the second line that one may have."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[tuple[str, str, str]] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[tuple[str, str, str]]) -> None:
        self._rows = rows
        self.setAccessibleName("; ".join(f"{time} {'. '.join(words.splitlines())}" for words, time, _tone in rows))
        self.setFixedHeight(self._height())
        self.update()

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies all of it."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText("\n".join(f"{time}\t{words}" for words, time, _tone in self._rows))
        else:
            super().keyPressEvent(event)

    def _height(self) -> int:
        more = sum("\n" in words for words, _time, _tone in self._rows)
        return active().scaled(self.ROW) * len(self._rows) + active().scaled(self.MORE) * more

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(200, self._height())

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, more_height = active().scaled(self.ROW), active().scaled(self.MORE)
        font, small = active().font(TextRole.BASE, tabular=True), active().font(TextRole.SMALL)
        top, before = 0, 0.0
        for number, (text, time, tone) in enumerate(self._rows):
            words, _, more = text.partition("\n")
            middle = top + height / 2
            painter.setFont(font)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(getattr(self.tokens, tone))
            painter.drawEllipse(QPointF(7, middle), 3.5, 3.5)
            if number:
                painter.fillRect(QRectF(6.5, before + 7, 1, middle - before - 14), self.tokens.border)
            metrics = painter.fontMetrics()
            time_width = metrics.horizontalAdvance(time)
            room = self.width() - 24 - time_width - 8
            painter.setPen(self.tokens.text)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(20, middle - 9, room, 18), Qt.AlignmentFlag.AlignVCenter, shown)
            painter.setPen(self.tokens.text2)
            painter.drawText(
                QRectF(self.width() - time_width - 2, middle - 9, time_width + 2, 18),
                Qt.AlignmentFlag.AlignVCenter,
                time,
            )
            top, before = top + height, middle
            if more:
                painter.setFont(small)
                room = self.width() - 24
                shown = painter.fontMetrics().elidedText(more, Qt.TextElideMode.ElideRight, room)
                painter.drawText(QRectF(20, top - 5, room, more_height), Qt.AlignmentFlag.AlignVCenter, shown)
                top += more_height
