"""Whether the system asks for less motion."""

from __future__ import annotations

from PySide6.QtGui import QStyleHints


def system_reduces_motion(hints: QStyleHints) -> bool:
    """True when the user asked the system for reduced motion.

    Qt tells it from 6.12 on (`motionPreference`); before that the program shows motion unless Preferences says no."""
    preference = getattr(hints.accessibility(), "motionPreference", None)
    return preference is not None and preference().name == "ReducedMotion"
