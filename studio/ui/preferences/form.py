"""The form that all pages are laid out with: a title, names at the left, controls and notes at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Space, TextRole, active
from studio.ui.widgets import Label, set_surface

NAME_WIDTH = 96


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
        """One line of the form; `note` stands behind the controls, small and grey. `grows`: the first control takes all
        the room there is."""
        name = Label(tone="text2")
        name.setMinimumWidth(active().scaled(NAME_WIDTH))
        name.setMinimumHeight(active().scaled(28))
        name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)  # beside the middle of its row
        field = QWidget()
        line = QHBoxLayout(field)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        for number, control in enumerate(controls):
            line.addWidget(control, 1 if grows and not number else 0)
        if note is not None:
            note.setWordWrap(True)
            line.addWidget(note, 1)
        else:
            line.addStretch(0 if grows else 1)  # the room of a first control that is hidden
        self.form.addRow(name, field)
        return name


def note_label() -> Label:
    return Label(role=TextRole.SMALL, tone="text2")
