"""The sweep builder is tried in the whole window."""

from tests.ui.window.conftest import installed_theme, language, play, theme
from tests.ui.window.test_keyboard import heard

__all__ = ["heard", "installed_theme", "language", "play", "theme"]
