"""The composer is tried in the whole window, with the stage of the window's tests."""

from tests.ui.window.conftest import installed_theme, language, play, theme

__all__ = ["installed_theme", "language", "play", "theme"]
