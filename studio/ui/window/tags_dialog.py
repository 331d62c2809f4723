"""A field for the tags that several images get."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from studio.ui.theme import active
from studio.ui.widgets import LineField
from studio.ui.widgets.dialog import Dialog


class TagsDialog(Dialog):
    """Asks for tags; `tags` is what was written when it is accepted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = LineField(parent=self)
        self.field.setMinimumWidth(active().scaled(320))
        self.body.addWidget(self.field)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Add tags"))
        self.field.setAccessibleName(self.tr("Tags"))
        self.field.edit.setAccessibleName(self.tr("Tags"))
        self.field.edit.setPlaceholderText(self.tr("autumn, hero"))
        self.set_primary(self.tr("Add"))

    def tags(self) -> list[str]:
        """The tags in the order in which they were written, without empty ones."""
        words = self.field.text().replace("，", ",").split(",")
        return [word.strip() for word in words if word.strip()]
