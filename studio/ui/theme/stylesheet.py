"""The style sheet: one text with `@token` marks, filled from the theme."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from PySide6.QtGui import QColor

from studio.ui.theme.palette import blend
from studio.ui.theme.tokens import Height, Tokens

_MARK = re.compile(r"@([a-z][a-z0-9_]*)")


@cache
def _source() -> str:
    # Not importlib.resources: its import alone costs 5 ms of the start.
    return Path(__file__).with_name("stylesheet.qss").read_text(encoding="utf-8")


def build_stylesheet(tokens: Tokens, *, scale_percent: int = 100) -> str:
    """The filled style sheet. Raises `LookupError` for a mark that names no token."""
    derived = {
        "text_disabled": css(blend(tokens.text, tokens.panel, tokens.disabled_opacity)),
        "control_hover_menu": css(tokens.control_hover if tokens.dark else tokens.control_pressed),
        "hover_row": css(tokens.toggle_on if tokens.dark else tokens.control_pressed),
        "line_control": f"{Height.CONTROL * scale_percent // 100 - 2}px",
    }

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in derived:
            return derived[name]
        value = getattr(tokens, name, None)
        if not isinstance(value, QColor):
            raise LookupError(  # noqa: TRY004  # the name is wrong, not a type
                f"The style sheet names @{name}, which is no colour of the theme."
            )
        return css(value)

    return _MARK.sub(fill, _source())


def css(colour: QColor) -> str:
    """A colour as a style sheet writes it."""
    if colour.alpha() == 255:
        return colour.name()
    return f"rgba({colour.red()}, {colour.green()}, {colour.blue()}, {colour.alpha()})"
