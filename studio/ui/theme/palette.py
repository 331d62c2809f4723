"""Qt's own palette, filled from our tokens, for everything that we do not paint ourselves."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from studio.ui.theme.tokens import Tokens


def build_palette(tokens: Tokens) -> QPalette:
    """The palette of a theme. The disabled group is the normal one at 45 % over the window's colour."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Text: tokens.text,
        role.ButtonText: tokens.text,
        role.Base: tokens.field,
        role.AlternateBase: tokens.panel,
        role.Button: tokens.control,
        role.Light: tokens.control_hover,
        role.Midlight: tokens.control_hover,
        role.Mid: tokens.hair,
        role.Dark: tokens.line,
        role.Shadow: tokens.line,
        role.PlaceholderText: tokens.text3,
        role.Highlight: tokens.accent,
        role.Accent: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent_text,
        role.LinkVisited: tokens.accent_text,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.BrightText: tokens.danger,
    }
    palette = QPalette()
    for colour_role, colour in colours.items():
        palette.setColor(QPalette.ColorGroup.Active, colour_role, colour)
        palette.setColor(QPalette.ColorGroup.Inactive, colour_role, colour)
    surfaces = {role.Window, role.Base, role.AlternateBase, role.ToolTipBase}
    for colour_role, colour in colours.items():
        faded = colour if colour_role in surfaces else blend(colour, tokens.window, tokens.disabled_opacity)
        palette.setColor(QPalette.ColorGroup.Disabled, colour_role, faded)
    return palette


def blend(over: QColor, under: QColor, opacity: float) -> QColor:
    """`over` painted on an opaque `under` at `opacity` (0 to 1), as one opaque colour."""
    part = opacity * over.alphaF()
    return QColor.fromRgbF(
        over.redF() * part + under.redF() * (1 - part),
        over.greenF() * part + under.greenF() * (1 - part),
        over.blueF() * part + under.blueF() * (1 - part),
    )
