"""The theme that all tests of the window share."""

from tests.ui.foundation.conftest import installed_theme, language, theme

__all__ = ["installed_theme", "language", "theme"]
