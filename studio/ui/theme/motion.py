"""Whether the system asks for less motion."""

from __future__ import annotations

import sys

from PySide6.QtGui import QStyleHints


def system_reduces_motion(hints: QStyleHints) -> bool:
    """True when the user asked the system for reduced motion.

    Qt tells it from 6.12 on (`motionPreference`). Before that only Windows is asked; elsewhere motion is shown unless
    Preferences says no."""
    preference = getattr(hints.accessibility(), "motionPreference", None)
    if preference is not None:
        return bool(preference().name == "ReducedMotion")
    return sys.platform == "win32" and not _windows_animates()


def _windows_animates() -> bool:
    """Settings > Accessibility > Visual effects > Animation effects."""
    import ctypes

    shown = ctypes.c_int(1)
    get_client_area_animation = 0x1042
    user32 = getattr(ctypes, "windll").user32  # noqa: B009  # exists on Windows only, which the type checker cannot know
    user32.SystemParametersInfoW(get_client_area_animation, 0, ctypes.byref(shown), 0)
    return bool(shown.value)
