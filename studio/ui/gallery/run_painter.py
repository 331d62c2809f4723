"""Paints one run: title line, prompt, columns with their tiles."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from studio.ui.gallery import run_words, tile_overlay, tile_words
from studio.ui.gallery.run_layout import MARGIN, ColumnPlace, RunLayout
from studio.ui.gallery.run_row import RunColumn, RunRow, provider_name
from studio.ui.gallery.selection import SelectedImages
from studio.ui.gallery.tile import Tile, TileState
from studio.ui.gallery.tile_painter import TilePainter
from studio.ui.theme import IconSize, Radius, TextRole, Tokens, active, paint_icon
from studio.ui.theme.paint import fill_box, horizontal_hair, stroke_box
from studio.ui.translation import translate
from studio.ui.widgets import Pulse, paint_monogram, paint_spinner, paint_stars, stars_width
from studio.ui.widgets.button import ButtonKind, look_of, quiet_hover

_BUTTON = 26
_STAR = 12
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class RunPart:
    """What lies under the pointer in a run: ``load``, ``again``, ``more``, ``cancel``, ``prompt``, ``stars``, a tile
    (``tile``) or one of its own parts (``select``, ``vary``, ``reference``, ``copy``, ``tile-more``, ``problem``)."""

    name: str = ""
    tile: int = -1
    stars: int = 0


@dataclass(frozen=True, slots=True)
class RunState:
    """`current` is the tile with the keyboard's cursor, -1 for none."""

    hovered: RunPart = RunPart()
    current: int = -1
    focused: bool = False
    tile_key: str = ""


def title_buttons(row: RunRow, layout: RunLayout) -> dict[str, QRectF]:
    """The controls at the right end of the title line."""
    theme = active()
    side = theme.scaled(_BUTTON)
    box = layout.title
    top = box.center().y() - side / 2
    more = QRectF(box.right() - side + 4, top, side, side)
    if row.live:
        words = QFontMetrics(theme.font(TextRole.BASE, 500)).horizontalAdvance(translate("RunWords", "Cancel"))
        height = theme.scaled(24)
        cancel = QRectF(more.left() - words - 32, box.center().y() - height / 2, words + 24, height)
        return {"cancel": cancel, "more": more}
    again = more.translated(-side - 4, 0)
    return {"load": again.translated(-side - 4, 0), "again": again, "more": more}


_OUTSIDE = 8
"""So far beyond its box a part may paint: the ring of a selection, letters that hang over."""


class RunPainter:
    def __init__(self, tiles: TilePainter, selection: SelectedImages) -> None:
        self._tiles, self._selection = tiles, selection

    def paint(self, painter: QPainter, row: RunRow, layout: RunLayout, state: RunState, exposed: QRectF) -> None:
        """With the painter's origin at the corner of the run; what lies outside of `exposed` is left out."""
        tokens = active().tokens
        near = exposed.adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE)
        if any(map(near.intersects, (layout.title, *title_buttons(row, layout).values()))):
            self._paint_title(painter, row, layout, state, tokens)
        if near.intersects(layout.prompt):
            layout.text.paint(painter, layout.prompt.topLeft())
        number = 0
        for column, place in zip(row.columns, layout.columns, strict=True):
            if near.intersects(place.head):
                self._paint_head(painter, column, place, tokens)
            first = number
            for tile, box in zip(column.tiles, place.tiles, strict=True):
                if near.intersects(box):
                    self._paint_tile(painter, tile, box, state, number)
                number += 1
            if not near.intersects(place.caption):
                continue
            over = state.hovered.stars if state.hovered.name == "stars" and state.hovered.tile == first else 0
            self._paint_caption(painter, column, place, over, tokens)
        horizontal_hair(painter, 0, layout.title.right() + MARGIN, layout.height, tokens.separator)

    def part_at(self, row: RunRow, layout: RunLayout, point: QPointF) -> RunPart:
        for name, box in title_buttons(row, layout).items():
            if box.contains(point):
                return RunPart(name)
        if layout.prompt.contains(point):
            return RunPart("prompt")
        number = 0
        for column, place in zip(row.columns, layout.columns, strict=True):
            stars = _stars_box(place)
            if self.rated_tile(column) is not None and stars.adjusted(0, -4, 0, 4).contains(point):
                step = (stars.width() + 2) / 5
                return RunPart("stars", number, 1 + int((point.x() - stars.left()) // step))
            for tile, box in zip(column.tiles, place.tiles, strict=True):
                if box.contains(point):
                    area = box if tile.image is None else self._tiles.picture_box(tile, box)
                    own = tile_overlay.part_at(self._tiles, tile, area, point)
                    return RunPart({"more": "tile-more"}.get(own, own) or "tile", number)
                number += 1
        return RunPart()

    # ------------------------------------------------------------------------------------------------ inner
    @staticmethod
    def _paint_title(painter: QPainter, row: RunRow, layout: RunLayout, state: RunState, tokens: Tokens) -> None:
        theme, box = active(), layout.title
        bold = theme.font(TextRole.PROMPT, 600)
        x = box.left()
        x = _say(painter, x, box, run_words.title(row), (bold, tokens.text)) + 10
        if row.live:
            paint_spinner(painter, QRectF(x, box.center().y() - 7, 14, 14), Pulse.phase(), tokens.text2)
            x += 22
        buttons = title_buttons(row, layout)
        room = min(button.left() for button in buttons.values()) - 12
        small = theme.font(TextRole.BASE, tabular=True)
        price = run_words.estimate(row) if row.live else ""
        if price:
            width = QFontMetrics(small).horizontalAdvance(price)
            _say(painter, room - width, box, price, (small, tokens.text2))
            room -= width + 12
        facts = QFontMetrics(small).elidedText(run_words.facts(row), Qt.TextElideMode.ElideRight, int(room - x))
        x = _say(painter, x, box, facts, (small, tokens.text2)) + 10
        _paint_changes(painter, row, x, room, box)
        for name, button in buttons.items():
            hovered = state.hovered.name == name and state.hovered.tile < 0
            if name == "cancel":
                look = look_of(ButtonKind.CONTROL, tokens, hover=hovered, pressed=False, checked=False)
                fill_box(painter, button, Radius.SMALL, look.face, look.border)
                painter.setFont(theme.font(TextRole.BASE, 500))
                painter.setPen(look.text)
                painter.drawText(button, Qt.AlignmentFlag.AlignCenter, translate("RunWords", "Cancel"))
                continue
            if hovered:
                fill_box(painter, button, Radius.SMALL, quiet_hover(tokens))
            icon = {"load": "corner-up-left", "again": "repeat-2", "more": "ellipsis"}[name]
            inset = (button.width() - IconSize.TOOLBAR) / 2
            paint_icon(painter, icon, button.adjusted(inset, inset, -inset, -inset), tokens.text2)

    @staticmethod
    def _paint_head(painter: QPainter, column: RunColumn, place: ColumnPlace, tokens: Tokens) -> None:
        theme, box = active(), place.head
        middle = box.center().y()
        paint_monogram(
            painter,
            QRectF(box.left(), middle - 8, 16, 16),
            column.monogram,
            tokens,
            ground=None if tokens.dark else tokens.toggle_on_canvas,
        )
        small = theme.font(TextRole.SMALL, tabular=True)
        words, checked = _outcome(column)
        width = QFontMetrics(small).horizontalAdvance(words)
        _say(painter, box.right() - width, box, words, (small, tokens.text2))
        right = box.right() - width - 4
        if checked:
            paint_icon(painter, "check", QRectF(right - 13, middle - 6.5, 13, 13), tokens.text2)
            right -= 18
        name_font = theme.font(TextRole.BASE, 500)
        left = box.left() + 24
        name = QFontMetrics(name_font).elidedText(
            provider_name(column), Qt.TextElideMode.ElideRight, int(right - left - 4)
        )
        _say(painter, left, box, name, (name_font, tokens.text))

    def _paint_tile(self, painter: QPainter, tile: Tile, box: QRectF, state: RunState, number: int) -> None:
        tokens = active().tokens
        hovered = state.hovered.tile == number
        own = state.hovered.name if hovered else ""
        if tile.image is not None:
            fill_box(painter, box, Radius.IMAGE, tokens.cell)
        acted = tile.image is not None and hovered and own != "stars"
        self._tiles.paint(painter, tile, box, hovered_button=own == "problem", under_actions=acted)
        selected = tile.image_id in self._selection or tile.key == state.tile_key
        area = box if tile.image is None else self._tiles.picture_box(tile, box)
        if selected:
            stroke_box(painter, area.adjusted(-4, -4, 4, 4), Radius.SMALL, tokens.ring, 2.0)
        elif state.focused and number == state.current:
            _paint_dotted(painter, area, tokens)
        if acted:
            many = len(self._selection) > 1
            tile_overlay.paint_actions(painter, area, {"tile-more": "more"}.get(own, own), tokens)
            tile_overlay.paint_tick(painter, area, tokens, on=selected and many)
        elif selected and len(self._selection) > 1:
            tile_overlay.paint_tick(painter, area, tokens, on=True)

    def rated_tile(self, column: RunColumn) -> Tile | None:
        """Whose rating the stars of a column set: the selected image of it, or its only one when no other comes."""
        images = [tile for tile in column.tiles if tile.image is not None]
        chosen = [tile for tile in images if tile.image_id in self._selection]
        one = chosen or ([] if any(tile.state.is_live for tile in column.tiles) else images)
        return one[0] if len(one) == 1 else None

    def _paint_caption(
        self, painter: QPainter, column: RunColumn, place: ColumnPlace, stars_over: int, tokens: Tokens
    ) -> None:
        font = active().font(TextRole.SMALL)
        box = place.caption
        room = box.width()
        ratings = [tile.image.rating for tile in column.tiles if tile.image is not None]
        if ratings:
            one = self.rated_tile(column)
            rating = stars_over or (one.image.rating if one is not None and one.image is not None else max(ratings))
            if rating or one is not None:
                stars = _stars_box(place)
                paint_stars(painter, stars.left(), stars.center().y(), rating, tokens=tokens, side=_STAR)
                room -= stars.width() + 8
        words = QFontMetrics(font).elidedText(column.model, Qt.TextElideMode.ElideRight, int(room))
        _say(painter, box.left(), box, words, (font, tokens.text2))


def _stars_box(place: ColumnPlace) -> QRectF:
    width = stars_width(_STAR)
    return QRectF(place.caption.right() - width, place.caption.center().y() - 8, width, 16)


def _outcome(column: RunColumn) -> tuple[str, bool]:
    """Words at the right of a column's head, and whether a check mark stands before them."""
    states = {tile.state for tile in column.tiles}
    live = [tile for tile in column.tiles if tile.state.is_live]
    if live:
        begun = [tile for tile in live if tile.state is not TileState.QUEUED and tile.since]
        return (tile_words.seconds(max(tile.elapsed_s() for tile in begun)) if begun else "", False)
    if states == {TileState.CANCELLED}:
        return translate("RunWords", "cancelled"), False
    if column.seconds is None:
        return "", False
    good = bool(states) and states <= {TileState.DONE, TileState.MISSING}
    return tile_words.seconds(column.seconds + 0.5), good


def _say(painter: QPainter, x: float, box: QRectF, words: str, look: tuple[QFont, QColor]) -> float:
    """Write one line and tell where it ends."""
    font, colour = look
    painter.setFont(font)
    painter.setPen(colour)
    width = QFontMetrics(font).horizontalAdvance(words)
    painter.drawText(QRectF(x, box.top(), width + 2, box.height()), _MIDDLE, words)
    return x + width


def _paint_changes(painter: QPainter, row: RunRow, x: float, room: float, box: QRectF) -> None:
    """Changed settings as small tinted chips, as many as there is room for; the rest as a number."""
    tokens = active().tokens
    font = active().font(TextRole.SMALL)
    metrics = QFontMetrics(font)
    height = active().scaled(18)
    painter.setFont(font)
    for number, change in enumerate(row.changes):
        rest = f"+{len(row.changes) - number}"
        fits = x + metrics.horizontalAdvance(change) + 10 <= room
        words = change if fits else rest
        width = metrics.horizontalAdvance(words) + 10
        if x + width > room:
            return
        chip = QRectF(x, box.center().y() - height / 2, width, height)
        fill_box(painter, chip, Radius.TEXT_CHIP, tokens.changed)
        painter.setPen(tokens.text)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
        if not fits:
            return
        x += width + 6


def _paint_dotted(painter: QPainter, area: QRectF, tokens: Tokens) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.ring, 2, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(-3, -3, 3, 3), Radius.SMALL, Radius.SMALL)
    painter.restore()
