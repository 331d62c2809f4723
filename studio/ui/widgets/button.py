"""Buttons: with words, or with an icon alone.

They take the keyboard focus by Tab, not by a click, so that a click never takes it away from the prompt or the gallery.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Height, IconSize, Radius, RingShape, Space, TextRole, active, paint_icon
from studio.ui.theme.paint import fill_box
from studio.ui.theme.tokens import Tokens
from studio.ui.widgets.motion import HoverFade, Pulse, mixed, paint_spinner
from studio.ui.widgets.second_clicks import ClickedOnce
from studio.ui.widgets.themed import PlainCaption, Themed, set_tooltip, shortcut_text

_GAP = 6
_HINT_GAP = 10


class ButtonKind(Enum):
    """The look of a button."""

    PRIMARY = "primary"
    """The one filled accent button of a window."""
    CONTROL = "control"
    """A button with a grey face."""
    QUIET = "quiet"
    """Words without a face; one appears under the pointer."""
    OUTLINE = "outline"
    """A thin outline, small: adds something."""
    LINK = "link"
    """Words in the colour of links, without padding: stands in a line of text."""


@dataclass(frozen=True, slots=True)
class ButtonLook:
    """Colours of one button at one moment."""

    face: QColor | None
    border: QColor | None
    text: QColor
    hint: QColor


_DISABLED_FACE = 0.45
"""How much of the accent is left on a disabled primary button, so that its words are read well on it."""


def disabled_primary(tokens: Tokens) -> ButtonLook:
    """The face fades like every other; the words do not, for they say what is missing ("Write a prompt")."""
    face = QColor(tokens.accent)
    face.setAlphaF(_DISABLED_FACE)
    return ButtonLook(face, None, tokens.text2, tokens.text2)


def look_of(kind: ButtonKind, tokens: Tokens, *, hover: bool, pressed: bool, checked: bool) -> ButtonLook:
    """The colours for a kind and a state."""
    if kind is ButtonKind.PRIMARY:
        face = tokens.accent_pressed if pressed else tokens.accent_hover if hover else tokens.accent
        return ButtonLook(face, None, tokens.on_accent, tokens.on_accent)
    if kind is ButtonKind.CONTROL:
        face = tokens.control_pressed if pressed or checked else tokens.control_hover if hover else tokens.control
        return ButtonLook(face, tokens.control_border, tokens.text, tokens.text2)
    if kind is ButtonKind.LINK:
        return ButtonLook(None, None, tokens.text if pressed else tokens.accent_text, tokens.text2)
    lit = tokens.toggle_on if pressed or checked else quiet_hover(tokens) if hover else None
    if kind is ButtonKind.OUTLINE:
        return ButtonLook(lit, tokens.border, tokens.text if hover or checked else tokens.text2, tokens.text2)
    return ButtonLook(lit, None, tokens.text if hover or pressed or checked else tokens.text2, tokens.text2)


def disabled_look(kind: ButtonKind, tokens: Tokens, *, checked: bool) -> ButtonLook:
    """All but a primary button is then painted with `disabled_opacity`. Words of quiet ones start as strong as others:
    faded twice they could not be read."""
    if kind is ButtonKind.PRIMARY:
        return disabled_primary(tokens)
    look = look_of(kind, tokens, hover=False, pressed=False, checked=checked)
    return ButtonLook(look.face, look.border, tokens.text, look.hint) if look.text == tokens.text2 else look


def quiet_hover(tokens: Tokens) -> QColor:
    """The face that a button without one gets under the pointer; thin enough for every surface."""
    colour = QColor(tokens.text)
    colour.setAlphaF(0.06)
    return colour


def is_hovered(button: QAbstractButton) -> bool:
    return button.isEnabled() and button.underMouse()


class Button(PlainCaption, ClickedOnce, Themed, QPushButton):
    """A button with words, and if wanted an icon before them, a shortcut hint or an icon after them.

    `height` is 24 (small), 28, 32 (footer of a dialog) or 36 (Generate). `hint` is shown thinner behind the words.
    A double click presses it once, unless `counts_quick_clicks`."""

    focus_ring = RingShape(Radius.CONTROL)

    def __init__(
        self,
        text: str = "",
        *,
        kind: ButtonKind = ButtonKind.CONTROL,
        icon_name: str = "",
        hint: str = "",
        trailing_icon: str = "",
        height: int = Height.CONTROL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._icon_name, self._hint, self._trailing = kind, icon_name, hint, trailing_icon
        self._height, self._compact, self._busy = height, False, False
        self._fade = HoverFade(self)
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if height <= Height.SMALL:
            self.focus_ring = RingShape(Radius.SMALL)
        self.restyle()

    def kind(self) -> ButtonKind:
        return self._kind

    def set_kind(self, kind: ButtonKind) -> None:
        self._kind = kind
        self.restyle()
        self.update()

    def set_icon_name(self, icon_name: str) -> None:
        self._icon_name = icon_name
        self.updateGeometry()
        self.update()

    def set_hint(self, hint: str) -> None:
        """The shortcut or price behind the words."""
        self._hint = hint
        self.updateGeometry()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone, with the words in the tooltip: where the room is short."""
        if compact and not self._icon_name:
            raise ValueError("A button without an icon cannot lose its words.")
        self._compact = compact
        set_tooltip(self, self.text() if compact else "")
        self.updateGeometry()
        self.update()

    def is_busy(self) -> bool:
        return self._busy

    def set_busy(self, busy: bool) -> None:
        """Show a spinner in place of the icon. The button stays enabled: it usually turns into Stop."""
        if busy == self._busy:
            return
        self._busy = busy
        if busy:
            Pulse.shared().add(self)
        else:
            Pulse.shared().remove(self)
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        theme = active()
        weight = {ButtonKind.PRIMARY: 600, ButtonKind.LINK: 400}.get(self._kind, 500)
        role = TextRole.SMALL if self._height <= Height.SMALL else TextRole.BASE
        if self._height >= Height.GENERATE and self._kind is ButtonKind.PRIMARY:
            role = TextRole.PROMPT
        font = theme.font(role, weight)
        font.setUnderline(self._kind is ButtonKind.LINK and is_hovered(self))
        self.setFont(font)
        self.setFixedHeight(theme.scaled(self._height))
        self.updateGeometry()

    def _padding(self) -> int:
        if self._kind is ButtonKind.LINK:
            return 0
        return Space.S if self._height <= Height.SMALL or self._kind is ButtonKind.QUIET else Space.M

    def _icon_side(self) -> int:
        return IconSize.ROW if self._height > Height.SMALL else 13

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        width = 2 * self._padding() + self._content_width(self.text())
        if self._compact:
            width = self.height()
        return QSize(max(width, active().scaled(Height.SMALL)), active().scaled(self._height))

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _content_width(self, text: str) -> int:
        width = self.fontMetrics().horizontalAdvance(text)
        if self._icon_name or self._busy:
            width += self._icon_side() + (_GAP if text else 0)
        if self._hint:
            width += _HINT_GAP + self._hint_metrics().horizontalAdvance(self._hint)
        if self._trailing:
            width += _GAP + self._icon_side()
        return width

    def _hint_metrics(self) -> QFontMetrics:
        return QFontMetrics(active().font(TextRole.SMALL))

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pressed = self.isDown()
        look = look_of(self._kind, self.tokens, hover=is_hovered(self), pressed=pressed, checked=self.isChecked())
        if not self.isEnabled():
            look = disabled_look(self._kind, self.tokens, checked=self.isChecked())
            if self._kind is not ButtonKind.PRIMARY:
                painter.setOpacity(self.tokens.disabled_opacity)
        face = look.face
        level = self._fade.level(is_hovered(self))
        if 0 < level < 1 and not pressed:
            rest = look_of(self._kind, self.tokens, hover=False, pressed=False, checked=self.isChecked())
            lit = look_of(self._kind, self.tokens, hover=True, pressed=False, checked=self.isChecked())
            face = mixed(rest.face, lit.face, level)
        radius = Radius.SMALL if self._height <= Height.SMALL else Radius.CONTROL
        fill_box(painter, self.rect(), radius, face, look.border)
        self._paint_content(painter, look)
        painter.end()

    def _paint_content(self, painter: QPainter, look: ButtonLook) -> None:
        side, height = self._icon_side(), self.height()
        if self._compact:
            self._paint_icon(painter, QRectF((self.width() - side) / 2, (height - side) / 2, side, side), look.text)
            return
        room = self.width() - 2 * self._padding() - (self._content_width(self.text()) - self._text_width())
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, max(0, room + 1))
        left = (self.width() - self._content_width(text)) / 2
        if self._icon_name or self._busy:
            self._paint_icon(painter, QRectF(left, (height - side) / 2, side, side), look.text)
            left += side + (_GAP if text else 0)
        flags = int((Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft).value) | int(
            Qt.TextFlag.TextSingleLine.value
        )
        painter.setPen(look.text)
        painter.setFont(self.font())
        painter.drawText(QRectF(left, 0, self.width() - left, height), flags, text)
        left += self.fontMetrics().horizontalAdvance(text)
        if self._hint:
            painter.setFont(active().font(TextRole.SMALL))
            painter.setPen(look.hint)
            left += _HINT_GAP
            painter.drawText(QRectF(left, 0, self.width() - left, height), flags, self._hint)
            left += self._hint_metrics().horizontalAdvance(self._hint)
        if self._trailing:
            box = QRectF(left + _GAP, (height - side) / 2, side, side)
            paint_icon(painter, self._trailing, box, look.hint)

    def _text_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.text())

    def _paint_icon(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        if self._busy:
            paint_spinner(painter, box, Pulse.shared().phase(), colour)
        else:
            paint_icon(painter, self._icon_name, box, colour)

    @safe_override(False)
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and not self.toolTip() and self._is_cut():
            set_tooltip(self, self.text())
        return super().event(event)

    @safe_override(None)
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        if self._kind is ButtonKind.LINK:
            self.restyle()

    @safe_override(None)
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._kind is ButtonKind.LINK:
            self.restyle()

    def _is_cut(self) -> bool:
        return not self._compact and self.width() < self.sizeHint().width()


class PrimaryButton(Button):
    """The one filled accent button of a window."""

    def __init__(
        self, text: str = "", *, hint: str = "", height: int = Height.FOOTER, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, kind=ButtonKind.PRIMARY, hint=hint, height=height, parent=parent)


class IconButton(PlainCaption, ClickedOnce, Themed, QToolButton):
    """A square button with an icon. `name` is what screen readers say and the tooltip shows, with the shortcut.

    `side` is 28 in toolbars and 24 elsewhere. Checkable ones show `toggleOn` while on; `accent_on` colours the icon
    with the accent instead (the lock of the seed). `on_canvas` picks the face that shows on the canvas.
    A double click presses it twice, unless `counts_quick_clicks` is False."""

    counts_quick_clicks = True

    focus_ring = RingShape(Radius.CONTROL)

    def __init__(
        self,
        icon_name: str,
        name: str = "",
        *,
        shortcut: QKeySequence | str | None = None,
        side: int = Height.CONTROL,
        icon_size: int | None = None,
        checkable: bool = False,
        accent_on: bool = False,
        on_canvas: bool = False,
        tone: str = "text2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._on_icon_name, self._shortcut, self._side = icon_name, "", shortcut, side
        self._icon_size = icon_size or (IconSize.TOOLBAR if side >= Height.CONTROL else IconSize.ROW)
        self._accent_on, self._on_canvas, self._tone = accent_on, on_canvas, tone
        self._fade = HoverFade(self)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.set_name(name)
        self.restyle()

    def set_name(self, name: str) -> None:
        """The accessible name and tooltip."""
        self.setAccessibleName(name)
        self.setText(name)
        set_tooltip(self, name, shortcut=self._shortcut)

    def set_shortcut_hint(self, shortcut: QKeySequence | str | None) -> None:
        """The shortcut that the tooltip tells; the shortcut itself belongs to an action."""
        self._shortcut = shortcut
        set_tooltip(self, self.accessibleName(), shortcut=shortcut)

    def set_icon_name(self, icon_name: str, *, when_on: str = "") -> None:
        """Another icon, and if wanted a second one while checked."""
        self._icon_name, self._on_icon_name = icon_name, when_on
        self.update()

    def shortcut_hint(self) -> str:
        return shortcut_text(self._shortcut)

    def restyle(self) -> None:
        side = active().scaled(self._side)
        self.setFixedSize(side, side)

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        side = active().scaled(self._side)
        return QSize(side, side)

    @safe_override(None)
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, checked = self.tokens, self.isChecked()
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(self.tokens.disabled_opacity)
        hover, pressed = is_hovered(self), self.isDown()
        face: QColor | None = None
        if pressed or (checked and not self._accent_on):
            face = tokens.toggle_on_canvas if self._on_canvas else tokens.toggle_on
        else:
            face = mixed(None, quiet_hover(tokens), self._fade.level(hover))
        radius = Radius.SMALL if self._side <= Height.SMALL else Radius.CONTROL
        fill_box(painter, self.rect(), radius, face)
        colour = getattr(tokens, self._tone)
        if checked and self._accent_on:
            colour = tokens.accent_text
        elif (hover or checked) and self._tone in {"text2", "text3"}:
            colour = tokens.text
        name = self._on_icon_name if checked and self._on_icon_name else self._icon_name
        size = self._icon_size
        box = QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)
        paint_icon(painter, name, box, colour)
        painter.end()
