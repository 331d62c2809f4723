"""A theme and a language in force, as the window has them; every test starts from the same ones."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from studio.ui.theme import Scheme, Theme, active
from studio.ui.translation import Language


@pytest.fixture(scope="session")
def installed_theme(qapp: QApplication) -> Theme:
    """There is one for the whole process, as in the program, whichever folder of tests asks first."""
    with contextlib.suppress(RuntimeError):
        return active()
    theme = Theme(qapp)
    theme.install()
    return theme


@pytest.fixture(autouse=True)
def theme(installed_theme: Theme) -> Iterator[Theme]:
    """The theme: dark, 100 %, no motion, so that nothing depends on the machine or on time."""
    installed_theme.set_scheme(Scheme.DARK)
    installed_theme.set_scale_percent(100)
    installed_theme.set_more_contrast(False)
    installed_theme.set_reduced_motion(True)
    yield installed_theme
    installed_theme.set_chinese(False)


@pytest.fixture
def language(qapp: QApplication, theme: Theme) -> Iterator[Language]:
    """The language, English at first; its translations are gone after the test."""
    language = Language(qapp, theme)
    language.choose("en")
    yield language
    language.choose("en")
    language.remove()
