"""The real names an export will write, with those that collide marked; a list with a delegate, never a widget a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from studio.ui.measures import size_words
from studio.ui.overrides import safe_override
from studio.ui.theme import TextRole, active, paint_icon

if TYPE_CHECKING:
    from studio.bootstrap import PlannedFile

_Index = QModelIndex | QPersistentModelIndex
FILE_ROLE = Qt.ItemDataRole.UserRole + 1
_ICONS = {"renamed": ("copy-plus", "warn"), "replaced": ("repeat-2", "warn"), "skipped": ("ban", "text3")}


class FileListModel(QAbstractListModel):
    """Rows are `PlannedFile`s; after the export each has an outcome."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: Sequence[PlannedFile] = ()
        self._outcomes: dict[str, tuple[str, str]] = {}

    def show_files(self, files: Sequence[PlannedFile]) -> None:
        self.beginResetModel()
        self._files, self._outcomes = files, {}
        self.endResetModel()

    def set_outcome(self, file: PlannedFile, outcome: str, words: str) -> None:
        self._outcomes[file.relative_path] = (outcome, words)
        row = next((row for row, one in enumerate(self._files) if one is file), None)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    @safe_override(0)
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._files)

    @safe_override(None)
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        file = self._files[index.row()]
        outcome = self._outcomes.get(file.relative_path, ("", ""))
        if role == FILE_ROLE:
            return (file, *outcome)
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(part for part in (file.relative_path, *outcome) if part)
        return None


class FileDelegate(QStyledItemDelegate):
    """Name, mark, size; a failed file has its reason in place of the size."""

    @safe_override(QSize(200, 34))
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, active().scaled(34))

    @safe_override(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        file, outcome, words = index.data(FILE_ROLE)
        tokens = active().tokens
        box = QRectF(option.rect)
        font = active().font(TextRole.BASE, tabular=True)
        painter.save()
        painter.setFont(font)
        metrics = painter.fontMetrics()
        right_words = words or ("≈ " if file.size_is_estimate else "") + size_words(file.size_bytes)
        # One pixel more than measured: a width between two pixels must not cost the unit.
        width = min(metrics.horizontalAdvance(right_words) + 1, int(box.width() * 0.5))
        painter.setPen(tokens.danger if outcome == "failed" else tokens.text2)
        right = QRectF(box.right() - width - 8, box.top(), width, box.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(right, flags, metrics.elidedText(right_words, Qt.TextElideMode.ElideRight, width))
        left, room = box.left() + 8, right.left() - box.left() - 40
        icon = ("check", "ok") if outcome in ("exported", "renamed", "replaced") else _ICONS.get(file.fate)
        if outcome == "failed":
            icon = ("circle-x", "danger")
        if icon is not None:
            sign = QRectF(right.left() - 24, box.center().y() - 7, 14, 14)
            paint_icon(painter, icon[0], sign, getattr(tokens, icon[1]))
        painter.setPen(tokens.text3 if file.fate == "skipped" else tokens.text)
        name = metrics.elidedText(file.relative_path, Qt.TextElideMode.ElideMiddle, int(room))
        painter.drawText(QRectF(left, box.top(), room, box.height()), Qt.AlignmentFlag.AlignVCenter, name)
        painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), 1), tokens.hair)
        painter.restore()
