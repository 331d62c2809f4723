"""The bundled typefaces: Inter for the interface, the system's Chinese face behind it, JetBrains Mono for code."""

from __future__ import annotations

import logging
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from studio.ui.theme.resources import resource_path
from studio.ui.theme.tokens import TextRole, text_size_px

_log = logging.getLogger(__name__)

INTERFACE_FAMILIES = [
    "Inter",
    "PingFang SC",
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Droid Sans Fallback",
]
CODE_FAMILIES = ["JetBrains Mono", "PingFang SC", "Microsoft YaHei UI", "Noto Sans Mono CJK SC", "Noto Sans CJK SC"]

_TABULAR_DIGITS = QFont.Tag("tnum")
_FONT_FILES = ("*.ttf", "*.otf")


def load_fonts() -> list[str]:
    """Make the bundled fonts known to Qt and return their families. Needs a QGuiApplication; a font that does not
    load is logged and the system's faces take its place."""
    families: list[str] = []
    folder = resource_path("fonts")
    for pattern in _FONT_FILES:
        for file in sorted(folder.rglob(pattern)):
            number = QFontDatabase.addApplicationFont(str(file))
            if number < 0:
                _log.warning("The font %s cannot be read; the system's font is used.", file.name)
                continue
            families.extend(QFontDatabase.applicationFontFamilies(number))
    return families


def interface_font(
    role: TextRole, weight: int = 400, *, tabular: bool = False, scale_percent: int = 100, chinese: bool = False
) -> QFont:
    """A font of the interface. `weight` is 400, 500, 600 or 700; Chinese faces have 400 and 700 only, so in Chinese
    a weight up to 500 becomes 400 and a heavier one 700."""
    return QFont(_interface_font(role, weight, tabular, scale_percent, chinese))


@lru_cache(maxsize=256)
def _interface_font(role: TextRole, weight: int, tabular: bool, scale_percent: int, chinese: bool) -> QFont:
    """Widgets ask for it each time they are measured or painted; nobody but `interface_font` gets this very object."""
    font = QFont()
    font.setFamilies(INTERFACE_FAMILIES)
    font.setPixelSize(text_size_px(role, scale_percent))
    if chinese:
        weight = 700 if weight >= 600 else 400
    font.setWeight(QFont.Weight(weight))
    if tabular:
        font.setFeature(_TABULAR_DIGITS, 1)
    return font


def code_font(role: TextRole, *, scale_percent: int = 100) -> QFont:
    """A font for requests, keys and other code: JetBrains Mono, else the system's fixed font."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setFamilies([*CODE_FAMILIES, *font.families()])
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(text_size_px(role, scale_percent))
    font.setWeight(QFont.Weight.Normal)
    return font
