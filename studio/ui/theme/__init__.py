"""The look of the window: colours, type, icons, style.

    theme = Theme(app); theme.set_scheme(Scheme.SYSTEM); theme.install()     # once, before the first widget
    theme.changed                                        # after a change of scheme, text size, contrast or motion
    active() -> Theme                                    # anywhere in the window
    active().tokens.panel                                # a QColor; ask while painting, never keep it
    active().font(TextRole.SMALL, 500, tabular=True)     # QFont for a role; code_font(role) for code
    active().line_height(TextRole.LONG), active().scaled(28)     # lengths that grow with the text size
    active().reduced_motion                              # no fades, no sliding
    icon("download", "text2") -> QIcon                   # for actions and menus; recolours itself with the theme
    paint_icon(painter, "star", rect, colour, filled=True)       # for widgets that paint themselves
    Space.M, Radius.CONTROL, Height.ROW, IconSize.TOOLBAR, Duration.CROSS_FADE, SURROUNDS
    RingShape(radius, gap, parent_levels, box)           # the attribute `focus_ring` of a widget

`studio.ui.theme.paint` has the sharp shapes: fill_box, stroke_box, horizontal_hair, vertical_hair, paint_field,
paint_check, paint_radio, paint_switch, paint_chevron, snapped, hairline. `studio.ui.theme.resources.resource_path`
finds bundled files.
"""

from __future__ import annotations

from studio.ui.theme.focus import RingShape
from studio.ui.theme.fonts import code_font, interface_font, load_fonts
from studio.ui.theme.icons import icon, icon_pixmap, paint_icon
from studio.ui.theme.state import active
from studio.ui.theme.theme import Scheme, Theme
from studio.ui.theme.tokens import (
    SURROUNDS,
    TEXT_SCALES,
    Duration,
    Height,
    IconSize,
    Radius,
    Space,
    TextRole,
    Tokens,
    tokens_for,
)

__all__ = [
    "SURROUNDS",
    "TEXT_SCALES",
    "Duration",
    "Height",
    "IconSize",
    "Radius",
    "RingShape",
    "Scheme",
    "Space",
    "TextRole",
    "Theme",
    "Tokens",
    "active",
    "code_font",
    "icon",
    "icon_pixmap",
    "interface_font",
    "load_fonts",
    "paint_icon",
    "tokens_for",
]
