"""The look of the window: colours, type, icons, style."""

from __future__ import annotations

from studio.ui.theme.fonts import code_font, interface_font, load_fonts
from studio.ui.theme.focus import RingShape
from studio.ui.theme.icons import icon, icon_pixmap, paint_icon
from studio.ui.theme.state import active
from studio.ui.theme.theme import Scheme, Theme
from studio.ui.theme.tokens import (
    DISABLED_OPACITY,
    SURROUNDS,
    TEXT_SCALES,
    Duration,
    Height,
    IconSize,
    Radius,
    Space,
    TextRole,
    Tokens,
    tokens_for,
)

__all__ = [
    "DISABLED_OPACITY",
    "SURROUNDS",
    "TEXT_SCALES",
    "Duration",
    "Height",
    "IconSize",
    "Radius",
    "RingShape",
    "Scheme",
    "Space",
    "TextRole",
    "Theme",
    "Tokens",
    "active",
    "code_font",
    "icon",
    "icon_pixmap",
    "interface_font",
    "load_fonts",
    "paint_icon",
    "tokens_for",
]
