"""The theme in force. Like Qt's palette there is one per program; widgets ask for it each time they paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.ui.theme.theme import Theme

_installed: list[Theme] = []


def active() -> Theme:
    """The installed theme. Raises `RuntimeError` before `Theme.install`."""
    if not _installed:
        raise RuntimeError("No theme is installed: call Theme(app).install() before building widgets.")
    return _installed[-1]


def set_active(theme: Theme) -> None:
    """Make `theme` the one that `active` returns."""
    _installed[:] = [theme]
