from tests.ui.window.conftest import installed_theme, language, play, theme

__all__ = ["installed_theme", "language", "play", "theme"]
