"""The widgets that the window is built of."""

from __future__ import annotations

from studio.ui.widgets.button import Button, ButtonKind, IconButton, PrimaryButton
from studio.ui.widgets.chip import Chip, ChipKind
from studio.ui.widgets.combo import ComboBox
from studio.ui.widgets.field import FieldFrame, LineField, NumberField, SpinStepper
from studio.ui.widgets.flow import FlowLayout
from studio.ui.widgets.fold import FoldSection
from studio.ui.widgets.label import ElidedLabel, Label, Paragraph, wrap_text
from studio.ui.widgets.marks import Monogram, Pill, paint_monogram, paint_pill, pill_size
from studio.ui.widgets.motion import (
    ProgressLine,
    Pulse,
    Spinner,
    paint_progress,
    paint_sliding_bar,
    paint_spinner,
    paint_step_dots,
)
from studio.ui.widgets.overrides import safe_override
from studio.ui.widgets.ratio import RatioChips
from studio.ui.widgets.segments import Option, Segments
from studio.ui.widgets.slider import Slider, SliderField
from studio.ui.widgets.stars import StarRating, paint_stars, stars_width
from studio.ui.widgets.themed import (
    Themed,
    plain_tooltip,
    repolish,
    set_available,
    set_surface,
    set_tooltip,
    shortcut_text,
)
from studio.ui.widgets.toggle import CheckBox, RadioButton, Switch
