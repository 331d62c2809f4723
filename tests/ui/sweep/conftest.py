"""The sweep builder is tried in the whole window."""

from tests.ui.window.conftest import _own_settings, installed_theme, language, play, theme
from tests.ui.window.test_keyboard import heard

__all__ = ["_own_settings", "heard", "installed_theme", "language", "play", "theme"]
