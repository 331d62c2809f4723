"""The form that all pages are laid out with: a title, names at the left, controls and notes at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFormLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Space, TextRole, active
from studio.ui.widgets import Label, set_surface

NAME_WIDTH = 96
_NOTE_WIDTH = 180
"""A note that has less than this beside its control stands below it."""


class FormPage(QScrollArea):
    """A page that scrolls. `add_row` gives back the label of the row, for its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes to what is inside and scrolls to it
        inside = QWidget(self)
        set_surface(inside, "panel")
        self.rows = QVBoxLayout(inside)
        self.rows.setContentsMargins(Space.XL, Space.S, Space.XL, Space.L)
        self.rows.setSpacing(Space.M)
        self.title = Label(role=TextRole.TITLE, weight=600, parent=inside)
        self.rows.addWidget(self.title)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(Space.M)
        self.form.setVerticalSpacing(Space.M)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.rows.addLayout(self.form)
        self.setWidget(inside)
        self._inside = inside

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        """As wide as its rows need: a page scrolls up and down only."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._inside.minimumSizeHint().width() + bar, super().minimumSizeHint().height())

    def add_row(self, *controls: QWidget, note: Label | None = None, grows: bool = False) -> Label:
        """One line of the form; `note` stands behind the controls, small and grey, below them where there is no room.
        `grows`: the first control takes all the room there is."""
        name = Label(tone="text2")
        name.setMinimumWidth(active().scaled(NAME_WIDTH))
        name.setMinimumHeight(active().scaled(28))
        field = _Row(name, controls, note, grows=grows)
        self.form.addRow(name, field)
        return name


class _Row(QWidget):
    """Controls and their note side by side; where the note would become a column of single words it goes below them."""

    def __init__(self, name: Label, controls: Sequence[QWidget], note: Label | None, *, grows: bool) -> None:
        super().__init__()
        self._name, self._note = name, note
        name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)  # beside the middle of its row
        self._line = QHBoxLayout()
        self._line.setSpacing(Space.S)
        for number, control in enumerate(controls):
            self._line.addWidget(control, 1 if grows and not number else 0)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(Space.S)
        self._both.addLayout(self._line, 1 if note is None else 0)
        if note is not None:
            note.setWordWrap(True)
            self._both.addWidget(note, 1)
        else:
            self._line.addStretch(0 if grows else 1)  # the room of a first control that is hidden

    @safe_override(False)
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._arrange()
        return done

    def _arrange(self) -> None:
        if self._note is None or not self._line.count():
            return
        words = self._note.fontMetrics().horizontalAdvance(self._note.text())
        room = self.width() - self._line.sizeHint().width() - Space.S
        beside = room >= min(words + Space.XS, active().scaled(_NOTE_WIDTH))
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._both.direction() != wanted:
            self._both.setDirection(wanted)
            self._both.setSpacing(Space.S if beside else Space.XS)
            tall = QSizePolicy.Policy.Expanding if beside else QSizePolicy.Policy.Fixed  # else beside its control
            self._name.setSizePolicy(QSizePolicy.Policy.Preferred, tall)


def note_label() -> Label:
    return Label(role=TextRole.SMALL, tone="text2")
