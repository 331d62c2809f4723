"""What widgets do when the theme or the text size changes, and tooltips that never read markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QToolTip, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Tokens, active
from studio.ui.widgets.wrapping import wrap_text

if TYPE_CHECKING:
    _Widget = QWidget
    _Button = QAbstractButton
else:
    _Widget = _Button = object

_WRAP_AT = 60
"""Tooltips up to this many characters stay on one line."""
_TOOLTIP_WIDTH = 380
_MARKUP = set("<>&\n")


class Themed(_Widget):
    """Mixin, put before the Qt class: calls `restyle()` whenever the theme, the text size or the language changed.

    Call `restyle()` at the end of `__init__` yourself, so that there is one place that sets fonts and sizes. Colours
    need no `restyle`: take them from `self.tokens` while painting."""

    _restyling = False

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return active().tokens

    def restyle(self) -> None:
        """Set fonts and sizes from the theme. Runs often; it must not depend on earlier calls."""

    @safe_override(None)
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and not self._restyling:
            self._restyling = True
            try:
                self.restyle()
                self.update()
            finally:
                self._restyling = False


class PlainCaption(_Button):
    """Mixin for buttons, put before the Qt class: an & in the words is a letter, never a shortcut.

    `__init__` must give the words to `setText`, not to the Qt class."""

    def setText(self, text: str) -> None:
        """Show these words and nothing else."""
        follows = self.accessibleName() in {"", self.text()}
        super().setText(text)
        self.setShortcut(QKeySequence())
        if follows:
            # Told apart from the text, since Qt strips every & from the name that it takes from a text.
            self.setAccessibleName(text)


def set_surface(widget: QWidget, surface: str) -> None:
    """Give a plain widget a background of the theme: canvas, cell, window, panel or raised."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setProperty("surface", surface)
    repolish(widget)


def repolish(widget: QWidget) -> None:
    """Match the style sheet again after a dynamic property changed."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it will be matched when it is first shown; matching it earlier would undo its font
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def plain_tooltip(text: str) -> str:
    """`text` so that a tooltip shows every character of it and wraps it when long. Empty stays empty."""
    if not text:
        return ""
    if len(text) <= _WRAP_AT and not set(text) & _MARKUP:
        return text
    lines = "\n".join(wrap_text(text, QToolTip.font(), _TOOLTIP_WIDTH))
    return f'<div style="white-space:pre">{_escaped(lines)}</div>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def set_tooltip(widget: QWidget, text: str, *, shortcut: QKeySequence | str | None = None) -> None:
    """Set a tooltip of plain text, with a shortcut behind it. Screen readers get the same words as a description.

    Always use this instead of `setToolTip`, which guesses markup and would load pictures from disk."""
    keys = shortcut_text(shortcut)
    words = f"{text}  {keys}" if keys else text
    widget.setToolTip(plain_tooltip(words))
    same_as_name = text == widget.accessibleName()
    widget.setAccessibleDescription(keys if same_as_name else words)


def shortcut_text(shortcut: QKeySequence | str | None) -> str:
    """A shortcut as people of this system write it."""
    if shortcut is None:
        return ""
    sequence = QKeySequence(shortcut) if isinstance(shortcut, str) else shortcut
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)


def set_available(widget: QWidget, available: bool, reason: str = "") -> None:
    """Enable a control, or disable it and say why in its tooltip and to screen readers.

    The tooltip it had comes back when it is enabled again."""
    if available:
        earlier = widget.property("availableTooltip")
        if earlier is not None:
            tooltip, description = earlier
            widget.setToolTip(tooltip)
            widget.setAccessibleDescription(description)
            widget.setProperty("availableTooltip", None)
    else:
        if widget.property("availableTooltip") is None:
            widget.setProperty("availableTooltip", (widget.toolTip(), widget.accessibleDescription()))
        widget.setToolTip(plain_tooltip(reason))
        widget.setAccessibleDescription(reason)
    widget.setEnabled(available)
