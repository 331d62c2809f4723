"""Theme, text size and language as they were last, in Qt's own store: the first paint waits for no settings file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from studio.ui.theme import Scheme, Theme
from studio.ui.theme.tokens import TEXT_SCALES
from studio.ui.translation import SYSTEM, Language


def remembered_look(app: QApplication) -> tuple[Theme, Language]:
    """Theme and language of the last session, installed and chosen."""
    stored = QSettings()
    theme = Theme(app)
    theme.set_scheme(Scheme(_one_of(stored.value("look/scheme"), [scheme.value for scheme in Scheme], "system")))
    percent = stored.value("look/text", "100")
    theme.set_scale_percent(int(_one_of(str(percent), [str(scale) for scale in TEXT_SCALES], "100")))
    theme.install()
    language = Language(app, theme)
    language.choose(_one_of(stored.value("look/language"), [SYSTEM, "en", "zh_CN"], SYSTEM))
    return theme, language


def remember_look(scheme: str, language: str, text_percent: int) -> None:
    """For the next start's first paint."""
    stored = QSettings()
    stored.setValue("look/scheme", scheme)
    stored.setValue("look/language", language)
    stored.setValue("look/text", text_percent)


def _one_of(value: object, allowed: Sequence[str], otherwise: str) -> str:
    return value if isinstance(value, str) and value in allowed else otherwise
