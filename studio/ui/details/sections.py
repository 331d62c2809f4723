"""The folding sections of the details panel. Each takes values and shows them; none reads anything."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.details.facts import Row, request_as_curl, request_as_text
from studio.ui.overrides import safe_override
from studio.ui.theme import Height, Space, TextRole, active
from studio.ui.translation import Translated
from studio.ui.widgets import Button, ButtonKind, FoldSection, IconButton, Label, Option, Segments, Themed
from studio.ui.widgets.marked_text import MarkedText
from studio.ui.widgets.text_edit import SelectableText
from studio.ui.word_diff import Piece

NAME_WIDTH = 72


class KeptFold(FoldSection):
    """A section that remembers whether it was open."""

    def __init__(self, key: str, parent: QWidget | None = None, *, open_first: bool = True) -> None:
        super().__init__("", parent=parent)
        self._key = f"details/open/{key}"
        self.set_open(bool(QSettings().value(self._key, open_first, bool)))
        self.folded.connect(lambda folded: QSettings().setValue(self._key, not folded))


class FactRows(QWidget):
    """Two columns: a grey name and a selectable value that wraps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, active().scaled(NAME_WIDTH - Space.S))
        self._grid.setColumnStretch(1, 1)
        self._widgets: list[QWidget] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        for widget in self._widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets = []
        for number, (name, value) in enumerate(rows):
            name_label = Label(name, tone="text2", parent=self)
            value_label = Label(value, tabular=True, selectable=True, parent=self)
            value_label.setWordWrap(True)
            value_label.setAccessibleName(f"{name}: {value}")
            self._put(number, name_label, value_label)

    def add_marked(self, name: str, pieces: Sequence[Piece]) -> None:
        """A row below the others: a text with what changed against another one."""
        name_label = Label(name, tone="text2", parent=self)
        self._put(self._grid.rowCount(), name_label, MarkedText(pieces, name=name, parent=self))

    def _put(self, number: int, name: QWidget, value: QWidget) -> None:
        self._grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, number, 1)
        self._widgets += [name, value]


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
        for widget in (self._text, self._reply_name, self._reply):
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
        self._reply.set_text(identity + reply)
        has_reply = bool(identity or reply)
        self._reply.setVisible(has_reply)
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
    """What happened, from top to bottom: a dot, words, a time. The tone of a row colours its dot."""

    ROW = 26

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[tuple[str, str, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[tuple[str, str, str]]) -> None:
        self._rows = rows
        self.setAccessibleName("; ".join(f"{time} {words}" for words, time, _tone in rows))
        self.setFixedHeight(active().scaled(self.ROW) * len(rows))
        self.update()

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(200, active().scaled(self.ROW) * len(self._rows))

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = active().scaled(self.ROW)
        font = active().font(TextRole.BASE, tabular=True)
        painter.setFont(font)
        for number, (words, time, tone) in enumerate(self._rows):
            middle = number * height + height / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(getattr(self.tokens, tone))
            painter.drawEllipse(QPointF(7, middle), 3.5, 3.5)
            if number:
                painter.fillRect(QRectF(6.5, middle - height + 7, 1, height - 14), self.tokens.border)
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


class BilledCard(Translated, QWidget):
    """What to do about a request that may have been billed: look, make it again, or say what it cost."""

    open_usage = Signal()
    generate_again = Signal()
    not_billed = Signal()
    cost_given = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from studio.ui.widgets import NumberField
        from studio.ui.widgets.themed import set_surface

        set_surface(self, "raised")
        self._provider = ""
        self._price = ""
        self._title = Label(weight=600, parent=self)
        self._text = Label(tone="text2", parent=self)
        self._text.setWordWrap(True)
        self._see, self._see_note = self._words()
        self._open = Button(icon_name="external-link", height=Height.SMALL, parent=self)
        self._again, self._again_note = self._words()
        self._generate = Button(height=Height.SMALL, parent=self)
        self._cost, self._cost_note = self._words()
        self._amount = NumberField(0, minimum=0, maximum=1000, decimals=3, step=0.01, prefix="$", parent=self)
        self._amount.setFixedWidth(active().scaled(84))
        self._set = Button(height=Height.SMALL, parent=self)
        self._not_billed = Button(height=Height.SMALL, kind=ButtonKind.OUTLINE, parent=self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        rows.setSpacing(Space.S)
        rows.addWidget(self._title)
        rows.addWidget(self._text)
        rows.addLayout(_pair(self._see, self._see_note, self._open))
        rows.addLayout(_pair(self._again, self._again_note, self._generate))
        rows.addLayout(_pair(self._cost, self._cost_note, self._not_billed))
        amount_line = QHBoxLayout()
        amount_line.addStretch(1)
        amount_line.addWidget(self._amount)
        amount_line.addWidget(self._set)
        rows.addLayout(amount_line)
        self._open.clicked.connect(self.open_usage)
        self._generate.clicked.connect(self.generate_again)
        self._not_billed.clicked.connect(self.not_billed)
        self._set.clicked.connect(lambda: self.cost_given.emit(float(self._amount.value())))
        self.retranslate()

    def _words(self) -> tuple[Label, Label]:
        name, note = Label(weight=500, parent=self), Label(role=TextRole.SMALL, tone="text2", parent=self)
        note.setWordWrap(True)
        return name, note

    def show_call(self, provider: str, text: str, price: str, amount: float) -> None:
        """`price` is the estimate in words, empty when there is none."""
        self._provider, self._price = provider, price
        self._text.setText(text)
        self._amount.set_value(amount)
        self.retranslate()

    def retranslate(self) -> None:
        provider = self._provider
        self._title.setText(self.tr("This image may have been billed"))
        self._see.setText(self.tr("See whether {provider} billed it").format(provider=provider))
        self._see_note.setText(self.tr("Its usage page shows requests after a few minutes."))
        self._open.setText(self.tr("Open page"))
        self._again.setText(self.tr("Make it again"))
        price = self.tr("This is a new paid request, about {price}.").format(price=self._price)
        self._again_note.setText(price if self._price else self.tr("This is a new paid request."))
        self._generate.setText(self.tr("Generate again"))
        self._cost.setText(self.tr("Set what it cost"))
        self._cost_note.setText(self.tr("Corrects today's spending."))
        self._not_billed.setText(self.tr("Not billed"))
        self._set.setText(self.tr("Set"))
        self._amount.set_name(self.tr("What it cost"))


def _pair(name: Label, note: Label, button: QWidget) -> QHBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(name)
    column.addWidget(note)
    line = QHBoxLayout()
    line.setSpacing(Space.S)
    line.addLayout(column, 1)
    line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return line
