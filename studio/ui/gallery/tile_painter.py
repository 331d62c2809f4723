"""Paints what stands in a tile's picture box: image, preview, waiting, failure. Used by grid and runs alike."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap

from studio.ui.gallery import tile_words
from studio.ui.gallery.thumbnails import Key, ThumbnailCache, bucket_for
from studio.ui.gallery.tile import Tile, TileState
from studio.ui.gallery.tile_pictures import TilePictures
from studio.ui.theme import Duration, IconSize, Radius, TextRole, Tokens, active, paint_icon
from studio.ui.theme.paint import fill_box
from studio.ui.widgets import Pulse, paint_pill, paint_progress, paint_sliding_bar, paint_spinner, pill_size, wrap_text
from studio.ui.widgets.button import ButtonKind, look_of

_BAR_HEIGHT = 3
_BUTTON_HEIGHT = 24
_PADDING = 12
_PILL_INSET = 6
_LOW_TILE = 96
"""A message in a tile lower than this has no button, and its sign stands beside the title."""

_ICONS = {
    TileState.QUEUED: ("clock", "text2"),
    TileState.CANCELLED: ("ban", "text2"),
    TileState.MISSING: ("image", "text2"),
    TileState.GONE: ("trash-2", "text2"),
    TileState.UNCERTAIN: ("circle-question-mark", "warn"),
    TileState.RETRY: ("hourglass", "text2"),
}
_PROBLEM_ICONS = {
    "key_missing": "key-round",
    "key_rejected": "key-round",
    "key_region": "key-round",
    "not_verified": "key-round",
    "prompt_refused": "shield-alert",
    "result_withheld": "shield-alert",
    "balance": "wallet",
    "quota": "wallet",
    "over_budget": "wallet",
    "rate_limited": "hourglass",
    "overloaded": "hourglass",
    "offline": "unplug",
    "tls": "unplug",
    "no_image": "message-square-text",
    "model_ended": "archive-restore",
    "disk_full": "hard-drive",
    "folder_not_writable": "hard-drive",
}


class TilePainter:
    """Holds no tile: `paint` draws one into a box of logical pixels. Never decodes anything."""

    def __init__(self, thumbnails: ThumbnailCache) -> None:
        self._pictures = TilePictures(thumbnails)

    @property
    def fading(self) -> bool:
        """Whether something painted must be painted again soon."""
        return self._pictures.fading

    def fading_tiles(self) -> set[str]:
        """The keys of the tiles last painted with two pictures."""
        return self._pictures.fading_tiles()

    def wanted(self, tile: Tile, box: QRectF, ratio: float) -> Key | None:
        """The key of the picture this tile shows at this size, for `ThumbnailCache.keep_only`."""
        if tile.image is not None and not tile.image.missing:
            return (tile.image.blob, bucket_for(max(box.width(), box.height()) * ratio))
        return (tile.partial_path, 0) if tile.partial_path else None

    def picture_box(self, tile: Tile, box: QRectF) -> QRectF:
        """Where the whole image lies inside `box`, centred, on whole pixels so that it stays sharp."""
        aspect = max(tile.aspect, 0.01)
        width = min(box.width(), box.height() * aspect)
        height = max(1.0, round(width / aspect))
        width = max(1.0, round(width))
        left, top = box.left() + (box.width() - width) / 2, box.top() + (box.height() - height) / 2
        return QRectF(round(left), round(top), width, height)

    def paint(
        self, painter: QPainter, tile: Tile, box: QRectF, *, hovered_button: bool = False, under_actions: bool = False
    ) -> None:
        """Everything of the picture box; captions and selection belong to the view. `under_actions`: the buttons of a
        finished picture will lie over it, where its pill is otherwise."""
        tokens = active().tokens
        area = self.picture_box(tile, box)
        layers = self._layers(painter, tile, box, area)
        if layers:
            for pixmap, opacity in layers:
                painter.setOpacity(opacity)
                painter.drawPixmap(area, pixmap, pixmap.rect().toRectF())
            painter.setOpacity(1.0)
            self._paint_on_picture(painter, tile, area, tokens, with_pill=tile.image is None or not under_actions)
            return
        if tile.state in (TileState.DONE, TileState.CACHED):
            fill_box(painter, self.picture_box(tile, box), Radius.IMAGE, tokens.cell)
            return
        fill_box(painter, box, Radius.IMAGE, tokens.cell)
        if tile.state in (
            TileState.FAILED,
            TileState.UNCERTAIN,
            TileState.CANCELLED,
            TileState.MISSING,
            TileState.GONE,
            TileState.RETRY,
        ):
            self._paint_message(painter, tile, box, tokens, hovered_button=hovered_button)
        else:
            self._paint_waiting(painter, tile, box, tokens)
        self._paint_bar(painter, tile, box, tokens, seen=False)

    def button_box(self, tile: Tile, box: QRectF) -> QRectF:
        """Where the one button of a failed tile lies; empty for tiles without."""
        has_message = tile.state in (
            TileState.FAILED,
            TileState.UNCERTAIN,
            TileState.CANCELLED,
            TileState.MISSING,
            TileState.GONE,
            TileState.RETRY,
        )
        if not has_message or not tile_words.button(tile) or box.height() < active().scaled(_LOW_TILE):
            return QRectF()
        height = active().scaled(_BUTTON_HEIGHT)
        bottom = box.bottom() - _PADDING
        return QRectF(box.left() + _PADDING, bottom - height, box.width() - 2 * _PADDING, height)

    # ------------------------------------------------------------------------------------------------ inner
    def _layers(self, painter: QPainter, tile: Tile, box: QRectF, area: QRectF) -> list[tuple[QPixmap, float]]:
        ratio = painter.device().devicePixelRatioF()
        key = self.wanted(tile, box, ratio)
        return self._pictures.layers(tile, key, area.size(), ratio) if key is not None else []

    def _paint_on_picture(
        self, painter: QPainter, tile: Tile, area: QRectF, tokens: Tokens, *, with_pill: bool
    ) -> None:
        words = tile_words.pill(tile) if with_pill else ""
        if words and area.width() >= 72:
            corner = QPointF(area.left() + _PILL_INSET, area.bottom() - 8)
            previews = tile.state is TileState.PARTIAL and not tile.resumed
            dots = tile.steps if previews else 0
            icon = "archive-restore" if tile.state is TileState.CACHED else "plug" if tile.resumed else ""
            room = area.width() - 2 * _PILL_INSET
            if pill_size(words, icon_name=icon, dots=dots).width() > room:
                words = tile_words.short_pill(tile)
            if words:
                done = min(tile.step, dots)
                paint_pill(painter, corner, words, tokens, icon_name=icon, dots_done=done, dots=dots)
        self._paint_bar(painter, tile, area, tokens)

    @staticmethod
    def _paint_bar(painter: QPainter, tile: Tile, area: QRectF, tokens: Tokens, *, seen: bool = True) -> None:
        """`seen`: the tile has a picture. A preview that is still being read is waited for as before."""
        bar = QRectF(area.left(), area.bottom() - _BAR_HEIGHT, area.width(), _BAR_HEIGHT)
        if tile.state is TileState.PROGRESS and tile.fraction is not None:
            paint_progress(painter, bar, tile.fraction, tokens)
        elif tile.state is TileState.WAITING or (tile.state is TileState.PARTIAL and not seen):
            paint_sliding_bar(painter, bar, Pulse.phase(Duration.SLIDING_BAR), tokens)
        elif tile.state is TileState.RETRY and tile.retry_delay_s:
            left = tile.retry_left_s() / tile.retry_delay_s
            painter.fillRect(bar, tokens.track)
            painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * left, bar.height()), tokens.text3)

    @staticmethod
    def _paint_waiting(painter: QPainter, tile: Tile, box: QRectF, tokens: Tokens) -> None:
        """Icon, title and one line, centred."""
        side = IconSize.TILE
        title_font, text_font = active().font(TextRole.BASE, 600), active().font(TextRole.SMALL, tabular=True)
        middle = box.center().y() - 10
        sign = QRectF(box.center().x() - side / 2, middle - 22, side, side)
        if tile.state is TileState.QUEUED:
            paint_icon(painter, "clock", sign, tokens.text2)
        else:
            paint_spinner(painter, sign, Pulse.phase(), tokens.text2)
        room = int(box.width()) - 16
        painter.setFont(title_font)
        painter.setPen(tokens.text)
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        title = _fitting(tile_words.title(tile), tile_words.short_title(tile), title_font, room)
        first, second = active().line_height(TextRole.BASE) + 2, active().line_height(TextRole.SMALL) + 2
        painter.drawText(QRectF(box.left(), middle + 6, box.width(), first), centre, title)
        painter.setFont(text_font)
        painter.setPen(tokens.text2)
        line = _fitting(tile_words.text(tile), tile_words.short_text(tile), text_font, room)
        painter.drawText(QRectF(box.left(), middle + 5 + first, box.width(), second), centre, line)

    def _paint_message(
        self, painter: QPainter, tile: Tile, box: QRectF, tokens: Tokens, *, hovered_button: bool
    ) -> None:
        """Icon, title, up to three lines and one button, from the top left, as far as the room goes."""
        if box.height() < active().scaled(_LOW_TILE):
            self._paint_low_message(painter, tile, box, tokens)
            return
        icon, tone = _sign(tile)
        left, top, width = box.left() + _PADDING, box.top() + _PADDING, box.width() - 2 * _PADDING
        side = IconSize.TILE
        paint_icon(painter, icon, QRectF(left, top, side, side), getattr(tokens, tone))
        title_font, text_font = active().font(TextRole.BASE, 600), active().font(TextRole.SMALL, tabular=True)
        painter.setFont(title_font)
        painter.setPen(tokens.text)
        title = QFontMetrics(title_font).elidedText(tile_words.title(tile), Qt.TextElideMode.ElideRight, int(width))
        vertical = Qt.AlignmentFlag.AlignVCenter
        height = active().line_height(TextRole.BASE)
        painter.drawText(QRectF(left, top + side + 6, width, height + 4), vertical, title)
        button = self.button_box(tile, box)
        line_height = active().line_height(TextRole.SMALL)
        bottom = (button.top() if not button.isEmpty() else box.bottom()) - 6
        y = top + side + 12 + height
        most = max(0, min(4, int((bottom - y) // line_height)))
        painter.setFont(text_font)
        painter.setPen(tokens.text2)
        for line in wrap_text(tile_words.text(tile), text_font, int(width), most) if most else ():
            painter.drawText(QRectF(left, y, width, line_height), vertical, line)
            y += line_height
        if not button.isEmpty():
            look = look_of(ButtonKind.CONTROL, tokens, hover=hovered_button, pressed=False, checked=False)
            fill_box(painter, button, Radius.SMALL, look.face, look.border)
            painter.setPen(look.text)
            painter.setFont(active().font(TextRole.SMALL, 500))
            painter.drawText(button, Qt.AlignmentFlag.AlignCenter, tile_words.button(tile))

    @staticmethod
    def _paint_low_message(painter: QPainter, tile: Tile, box: QRectF, tokens: Tokens) -> None:
        """Sign and title side by side, the title on up to two lines, and below it what else there is room for: above
        all whether it cost money."""
        icon, tone = _sign(tile)
        left, top, side = box.left() + _PADDING / 2, box.top() + _PADDING / 2, IconSize.ROW
        title_font, text_font = active().font(TextRole.BASE, 600), active().font(TextRole.SMALL, tabular=True)
        vertical = Qt.AlignmentFlag.AlignVCenter
        height, bottom = active().line_height(TextRole.BASE), box.bottom() - 2
        paint_icon(painter, icon, QRectF(left, top + (height - side) / 2, side, side), getattr(tokens, tone))
        beside = left + side + 4
        painter.setFont(title_font)
        painter.setPen(tokens.text)
        for line in wrap_text(tile_words.title(tile), title_font, int(box.right() - beside - 4), 2):
            painter.drawText(QRectF(beside, top, box.right() - beside, height), vertical, line)
            top += height
        height = active().line_height(TextRole.SMALL)
        width = int(box.width() - _PADDING)
        most = max(0, int((bottom - top - 2) // height))
        painter.setFont(text_font)
        painter.setPen(tokens.text2)
        for line in wrap_text(tile_words.text(tile), text_font, width, most) if most else ():
            painter.drawText(QRectF(left, top + 2, width + 2, height), vertical, line)
            top += height


def _sign(tile: Tile) -> tuple[str, str]:
    """The icon of a tile without a picture, and the name of its colour."""
    icon, tone = _ICONS.get(tile.state, ("circle-x", "danger"))
    if tile.state in (TileState.FAILED, TileState.RETRY, TileState.UNCERTAIN) and tile.problem is not None:
        icon = _PROBLEM_ICONS.get(tile.problem.kind, icon)
        if tile.problem.kind == "no_image":
            tone = "warn"
    return icon, tone


def _fitting(words: str, short: str, font: QFont, room: int) -> str:
    """The words where there is room for them, else the short ones."""
    metrics = QFontMetrics(font)
    fits = metrics.horizontalAdvance(words) <= room
    return words if fits else metrics.elidedText(short, Qt.TextElideMode.ElideRight, room)
