"""The theme of the running program: follows the system or the user's choice and tells every widget when it changes."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from studio.ui.theme import fonts, state
from studio.ui.theme.focus import FocusRing
from studio.ui.theme.motion import system_reduces_motion
from studio.ui.theme.palette import build_palette
from studio.ui.theme.style import StudioStyle
from studio.ui.theme.stylesheet import build_stylesheet
from studio.ui.theme.tokens import TEXT_SCALES, TextRole, Tokens, line_height_px, round_half_up, tokens_for


class Scheme(Enum):
    """What Preferences > Appearance offers."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_SCHEMES = {
    Scheme.SYSTEM: Qt.ColorScheme.Unknown,
    Scheme.LIGHT: Qt.ColorScheme.Light,
    Scheme.DARK: Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """Colours, type and motion in force. Build one, set it up, `install()` it before the first widget.

    A setter that changes nothing does nothing. `changed` comes once per change, after Qt's palette, font and style
    sheet are in place; widgets that only paint need not listen, since Qt repaints them all."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        # Held for good: when this wrapper goes, that of its accessibility hints dies with it.
        self._hints = QGuiApplication.styleHints()
        self._scheme = Scheme.SYSTEM
        self._scale_percent = 100
        self._more_contrast: bool | None = None
        self._reduced_motion: bool | None = None
        self._chinese = False
        self._installed = False
        self._style: StudioStyle | None = None
        self._ring: FocusRing | None = None
        self._tokens = tokens_for(dark=self.dark, more_contrast=self.more_contrast)

    # ------------------------------------------------------------------------------------------------ what is in force
    @property
    def tokens(self) -> Tokens:
        return self._tokens

    @property
    def scheme(self) -> Scheme:
        return self._scheme

    @property
    def dark(self) -> bool:
        """Whether the dark theme shows. Where the system tells nothing, it is dark: images are judged on it best."""
        if self._scheme is Scheme.SYSTEM:
            return self._hints.colorScheme() != Qt.ColorScheme.Light
        return self._scheme is Scheme.DARK

    @property
    def scale_percent(self) -> int:
        return self._scale_percent

    @property
    def more_contrast(self) -> bool:
        if self._more_contrast is not None:
            return self._more_contrast
        return self._hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast

    @property
    def reduced_motion(self) -> bool:
        """Whether fades, spinners and sliding bars stand still."""
        return system_reduces_motion(self._hints) if self._reduced_motion is None else self._reduced_motion

    @property
    def chinese(self) -> bool:
        return self._chinese

    def font(self, role: TextRole = TextRole.BASE, weight: int = 400, *, tabular: bool = False) -> QFont:
        """The font for a role at the chosen text size and language. `tabular` for columns of numbers."""
        return fonts.interface_font(
            role, weight, tabular=tabular, scale_percent=self._scale_percent, chinese=self._chinese
        )

    def code_font(self, role: TextRole = TextRole.SMALL) -> QFont:
        return fonts.code_font(role, scale_percent=self._scale_percent)

    def line_height(self, role: TextRole) -> int:
        """The height of a line of text in logical pixels."""
        return line_height_px(role, self._scale_percent)

    def scaled(self, length: int) -> int:
        """A height that must grow with the text, in logical pixels."""
        return round_half_up(length * self._scale_percent / 100)

    def scaled_size(self, width: int, height: int) -> QSize:
        """The first size of a dialog, which must hold larger text as well."""
        return QSize(self.scaled(width), self.scaled(height))

    # ------------------------------------------------------------------------------------------------ choices
    def set_scheme(self, scheme: Scheme) -> None:
        if scheme is self._scheme:
            return
        self._scheme = scheme
        self._refresh()

    def set_scale_percent(self, scale_percent: int) -> None:
        """One of `TEXT_SCALES`; raises `ValueError` for another."""
        if scale_percent not in TEXT_SCALES:
            raise ValueError(f"The text size is one of {TEXT_SCALES}, not {scale_percent}.")
        if scale_percent != self._scale_percent:
            self._scale_percent = scale_percent
            self._refresh()

    def set_more_contrast(self, more_contrast: bool | None) -> None:
        """None follows the system."""
        if more_contrast is not self._more_contrast:
            self._more_contrast = more_contrast
            self._refresh()

    def set_reduced_motion(self, reduced_motion: bool | None) -> None:
        """None follows the system."""
        if reduced_motion is not self._reduced_motion:
            self._reduced_motion = reduced_motion
            self._refresh()

    def set_chinese(self, chinese: bool) -> None:
        """Chinese faces know two weights only; `Language` calls this when it changes."""
        if chinese is not self._chinese:
            self._chinese = chinese
            self._refresh()

    # ------------------------------------------------------------------------------------------------ applying
    def install(self) -> None:
        """Load the fonts, set the style and become the active theme. Call it once, before the first widget."""
        if self._installed:
            return
        self._installed = True
        fonts.load_fonts()
        state.set_active(self)
        self._style = StudioStyle()
        self._app.setStyle(self._style)
        self._ring = FocusRing(self._app)
        self._apply()
        self._hints.colorSchemeChanged.connect(self._system_changed)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    def _system_changed(self) -> None:
        wanted = tokens_for(dark=self.dark, more_contrast=self.more_contrast)
        if wanted != self._tokens:
            self._refresh()

    def _refresh(self) -> None:
        self._tokens = tokens_for(dark=self.dark, more_contrast=self.more_contrast)
        if self._installed:
            self._apply()

    def _apply(self) -> None:
        if self._hints.colorScheme() != _SCHEMES[self._scheme]:
            # Title bars and native dialogs follow where the platform can; our own colours never depend on it.
            self._hints.setColorScheme(_SCHEMES[self._scheme])
        self._tokens = tokens_for(dark=self.dark, more_contrast=self.more_contrast)
        self._app.setPalette(build_palette(self._tokens))
        self._app.setFont(self.font())
        self._app.setStyleSheet(build_stylesheet(self._tokens, scale_percent=self._scale_percent))
        self.changed.emit()
