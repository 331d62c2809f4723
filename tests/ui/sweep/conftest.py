"""The sweep builder is tried in the whole window."""

from tests.ui.window.conftest import _own_settings, installed_theme, language, play, theme

__all__ = ["_own_settings", "installed_theme", "language", "play", "theme"]
