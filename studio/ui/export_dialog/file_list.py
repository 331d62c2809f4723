"""The real names an export will write with small pictures, those that collide marked; a delegate, no widget a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.ui.measures import size_words
from studio.ui.overrides import safe_override
from studio.ui.theme import TextRole, active, paint_icon
from studio.ui.theme.paint import horizontal_hair, snapped
from studio.ui.translation import joined_facts

if TYPE_CHECKING:
    from studio.bootstrap import PlannedFile
    from studio.ui.small_pictures import SmallPictures

_Index = QModelIndex | QPersistentModelIndex
FILE_ROLE = Qt.ItemDataRole.UserRole + 1
_OUT_OF_ORDER = 64
"""Rows by which a file may come sooner or later than its place in the list."""

_ROW_HEIGHT = 36
_SIDE, _GAP, _ICON = 16, 8, 14
_PICTURE_WIDTH, _ABOVE = 28, 3
_ICONS = {"renamed": ("copy-plus", "warn"), "replaced": ("repeat-2", "warn"), "skipped": ("ban", "text3")}


class FileListModel(QAbstractListModel):
    """Rows are `PlannedFile`s; after the export each has an outcome."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: Sequence[PlannedFile] = ()
        self._outcomes: dict[str, tuple[str, str]] = {}
        self._last_row = 0

    def show_files(self, files: Sequence[PlannedFile]) -> None:
        self.beginResetModel()
        self._files, self._outcomes, self._last_row = files, {}, 0
        self.endResetModel()

    def set_outcomes(self, outcomes: Iterable[tuple[PlannedFile, str, str]]) -> None:
        """What came of some files: each with its outcome and the reason. The view is told once."""
        rows = []
        for file, outcome, words in outcomes:
            self._outcomes[file.relative_path] = (outcome, words)
            row = self._row_of(file)
            if row is not None:
                self._last_row = row
                rows.append(row)
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))

    def _row_of(self, file: PlannedFile) -> int | None:
        """Files come nearly in their order: it is looked for around the one that came last."""
        near = max(0, self._last_row - _OUT_OF_ORDER)
        rows = chain(range(near, len(self._files)), range(near))
        return next((row for row in rows if self._files[row] is file), None)

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
            return file.relative_path
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = (self._state_words(file.fate, outcome[0]), outcome[1], size_words(file.size_bytes))
            return joined_facts([part for part in (file.relative_path, *told) if part])
        return None

    def _state_words(self, fate: str, outcome: str) -> str:
        """What the sign in the row means."""
        words = {
            "renamed": self.tr("the name exists, it gets a number"),
            "replaced": self.tr("the file there is replaced"),
            "skipped": self.tr("the name exists, it is skipped"),
            "failed": self.tr("not exported"),
        }
        if outcome in ("exported", "renamed", "replaced"):
            return self.tr("exported")
        return words.get(outcome or fate, "")


class FileDelegate(QStyledItemDelegate):
    """Picture, name, mark, size; a failed file has its reason in place of the size."""

    def __init__(self, pictures: SmallPictures, view: QListView) -> None:
        super().__init__(view)
        self._pictures = pictures

    @safe_override(QSize(200, 36))
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, active().scaled(_ROW_HEIGHT))

    @safe_override(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        file, outcome, words = index.data(FILE_ROLE)
        tokens, faded = active().tokens, file.fate == "skipped"
        box = QRectF(option.rect)
        painter.save()
        on = bool(option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus))
        if on:
            painter.fillRect(box, tokens.row_on)
        self._paint_picture(painter, file, QRectF(box.left() + _SIDE, box.top(), _PICTURE_WIDTH, box.height()))
        painter.setFont(active().font(TextRole.BASE, tabular=True))
        metrics = painter.fontMetrics()
        right_words = words or ("≈ " if file.size_is_estimate else "") + size_words(file.size_bytes)
        # One pixel more than measured: a width between two pixels must not cost the unit.
        width = min(metrics.horizontalAdvance(right_words) + 1, int(box.width() * 0.5))
        painter.setPen(tokens.danger if outcome == "failed" else tokens.text2)
        right = QRectF(box.right() - width - _SIDE, box.top(), width, box.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(right, flags, metrics.elidedText(right_words, Qt.TextElideMode.ElideRight, width))
        end = right.left() - _GAP
        if (icon := _icon(file.fate, outcome, words)) is not None:
            end -= _ICON
            sign = QRectF(end, box.center().y() - _ICON / 2, _ICON, _ICON)
            paint_icon(painter, icon[0], sign, getattr(tokens, icon[1]))
            end -= _GAP
        painter.setFont(active().font(TextRole.BASE))
        left = box.left() + _SIDE + _PICTURE_WIDTH + _GAP
        painter.setPen((tokens.text2 if on else tokens.text3) if faded else tokens.text)
        name = painter.fontMetrics().elidedText(file.relative_path, Qt.TextElideMode.ElideMiddle, int(end - left))
        painter.drawText(QRectF(left, box.top(), end - left, box.height()), Qt.AlignmentFlag.AlignVCenter, name)
        horizontal_hair(painter, box.left(), box.right(), box.bottom() - 1, tokens.hair)
        painter.restore()

    def _paint_picture(self, painter: QPainter, file: PlannedFile, place: QRectF) -> None:
        """Whole, in the middle of its place; a quiet box until it has come."""
        room = place.adjusted(0, _ABOVE, 0, -_ABOVE - 1)
        pixmap = None if file.image.record.missing else self._pictures.pixmap(file.image.record.blob)
        if pixmap is None:
            painter.fillRect(room, active().tokens.cell)
            return
        size = QSizeF(pixmap.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        shown = QRectF(room.center().x() - size.width() / 2, room.center().y() - size.height() / 2, 0, 0)
        shown.setSize(size)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(snapped(painter, shown), pixmap, QRectF(pixmap.rect()))


def _icon(fate: str, outcome: str, words: str) -> tuple[str, str] | None:
    if outcome == "failed":
        return "circle-x", "danger"
    if outcome in ("exported", "renamed", "replaced"):
        return ("triangle-alert", "warn") if words else ("check", "ok")
    return _ICONS.get(fate)
