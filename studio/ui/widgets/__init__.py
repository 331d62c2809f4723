"""The widgets that the window is built of.

All are plain text, named for screen readers, usable by keyboard, and follow the theme, the text size and the language
while they live. Build none of Qt's own `QLabel`, `QPushButton`, `QComboBox`, `QMessageBox`, ...

Conventions
- `set_value`, `set_rating`, `set_ratio`, ... are silent; `chosen`, `changed`, `rated`, ... come only from the user.
- Words: pass them in (already translated) or set them in `retranslate()`; see `studio.ui.translation`.
- `restyle()` (mixin `Themed`) sets fonts and sizes, `self.tokens` gives the colours while painting, `retranslate()`
  (mixin `Translated`) writes words. Mixins go before the Qt class: `class Page(Translated, Themed, QWidget)`.
- Buttons, segments, chips, toggles, sliders and stars take the focus by Tab and not by click. The ring around them is
  drawn by the theme from their attribute `focus_ring = RingShape(radius, gap, parent_levels)`; fields show it
  themselves.
- Never `setToolTip`: `set_tooltip(widget, text, shortcut=...)`. Never a bare `setEnabled(False)` where the user may ask
  why: `set_available(widget, available, reason)`. Never `exec()`: `Dialog.open()`, `Menu.open_at()`, `await ask(...)`.
- Every override of a Qt virtual function wears `@safe_override(default)`.
- Build on `QPushButton`, `QRadioButton`, `QSlider`, not on `QAbstractButton`: screen readers take the role from it.

Text
    Label(text, role=TextRole.BASE, weight=400, tone="text", tabular=False, selectable=False) .set_tone .set_type
    ElidedLabel(..., elide=) .set_full_text .set_hint
    Paragraph(text, role=TextRole.LONG, tone="text2", max_lines=None): wraps, exact line height; wrap_text for painters
    SelectableText(text, tone=, code=, max_lines=): read-only, as high as it is long
Buttons
    Button(text, kind=ButtonKind.CONTROL | PRIMARY | QUIET | OUTLINE | LINK, icon_name=, hint=,
        trailing_icon=, height=24 | 28 | 32 | 36) .set_busy .set_compact .set_hint .set_icon_name
    PrimaryButton(text, hint=)
    IconButton(icon_name, name, shortcut=, side=28 | 24, checkable=, accent_on=, on_canvas=) .set_name .set_icon_name
Choices
    Segments([Option(value, text, icon_name, tooltip)], name=, stretch=) chosen(object) .value .set_value
        .set_options .set_value_available(value, available, reason)
    RatioChips(name=) chosen((w, h)) .set_ratio(None: custom) .set_ratio_available
    ComboBox(name=, small=) .add_options([(text, value)]) .value .set_value; Qt's `activated` is the user's choice
    CheckBox(text, name=), RadioButton(text), Switch(text, name=): Qt's `clicked` is the user's, `toggled` both
    Slider(minimum=, maximum=, value=, name=); SliderField(..., suffix=) changed(int)
    StarRating() rated(int) .set_rating
    Chip(text, name=, kind=ChipKind.FILTER | OUTLINE | TAG | TAG_OUTLINE, icon_name=, removable=, remove_words=,
        checkable=, swatches=, monogram=) clicked, removed .set_words .set_compact
    Swatch("#rrggbb", name, side=) clicked .colour
Fields
    LineField(text, name=, placeholder=, prefix=) .edit .text .set_text .add_leading .add_trailing
    NumberField(value, minimum=, maximum=, step=, decimals=, prefix="W", suffix=, name=) changed(object) .set_range
    SpinStepper(value, minimum=, maximum=, name=) changed(int)
    PlainTextEdit(text, lines=(5, 12), bare=, code=, placeholder=, name=) .text .set_text .replace_text (undoable)
    ChoiceEdit(...): the same with `{red|blue}` marked and lists completed; read .set_lists .template
    FieldFrame() .watch(editor): a frame that shows the focus of what is inside
    DropFrame(accepts) dropped(QMimeData), clicked, paste_asked .set_words .set_reading
Signs
    Sign(icon_name, tone=, side=), Monogram(letter, side=), Pill(text, icon_name=), Spinner(side),
    ProgressLine(fraction | None)
    Painters: paint_monogram, paint_pill + pill_size, paint_spinner, paint_progress, paint_sliding_bar, paint_stars,
    paint_step_dots. Take the phase from `Pulse.phase(period_ms)`, put the widget on the clock: `Pulse.shared().add(it)`
Structure
    FoldSection(title, foldable=, open_=) folded(bool) .body() .add_to_heading .set_open; FlowLayout(spacing=)
    ScrollArea() .column .page: scrolls up and down, lets the surface show; Splitter() .set_default(index, size)
    TwoLineDelegate(list): rows whose text is two lines, the second smaller and grey; TWO_LINES_HEIGHT of a row
    screen_room(point): never widget.screen(); set_surface(widget, "canvas" | "cell" | "window" | "panel" | "raised")
Over the window
    Dialog(parent, name=, size=) .body .footer.add_note .set_primary .set_primary_available .set_cancel; override
        primary() and retranslate()
    Question(parent, title=, text=, primary=, cancel=, details=); Popover(parent) .body .open_at(control) closed
    Menu() .add(text, do, icon_name=, shortcut=, checked=, available=, reason=) .add_menu .open_at .open_at_point
    MessageBar() .post(Message(key, title, text, kind, action)) .settle(key) .waiting(); acted(key), closed(key)
    Announcer(widget) .say (polite, at most once in 5 s) .say_now
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from studio.ui.overrides import safe_override

if TYPE_CHECKING:
    from studio.ui.widgets.announce import Announcer
    from studio.ui.widgets.button import Button, ButtonKind, IconButton, PrimaryButton
    from studio.ui.widgets.chip import Chip, ChipKind
    from studio.ui.widgets.choice_edit import ChoiceEdit, choice_fault_text
    from studio.ui.widgets.combo import ComboBox
    from studio.ui.widgets.dialog import Dialog, DialogFooter, Question, Scrim, keep_sizes_in
    from studio.ui.widgets.drop_frame import DropFrame, DropState
    from studio.ui.widgets.field import FieldFrame, LineField
    from studio.ui.widgets.flow import FlowLayout
    from studio.ui.widgets.fold import FoldSection
    from studio.ui.widgets.label import ElidedLabel, Label, Paragraph
    from studio.ui.widgets.marks import Monogram, Pill, Sign, paint_monogram, paint_pill, pill_size
    from studio.ui.widgets.menu import Menu, menu_text, set_action_available
    from studio.ui.widgets.message_bar import Message, MessageBar, MessageKind
    from studio.ui.widgets.motion import (
        ProgressLine,
        Pulse,
        Spinner,
        paint_progress,
        paint_sliding_bar,
        paint_spinner,
        paint_step_dots,
    )
    from studio.ui.widgets.number_field import NumberField, SpinStepper
    from studio.ui.widgets.popover import Popover, place_beside
    from studio.ui.widgets.ratio import RatioChips
    from studio.ui.widgets.screens import screen_room
    from studio.ui.widgets.scroll_area import ScrollArea
    from studio.ui.widgets.second_clicks import SecondClicks
    from studio.ui.widgets.segments import Option, Segments
    from studio.ui.widgets.slider import Slider, SliderField
    from studio.ui.widgets.splitter import Splitter
    from studio.ui.widgets.stars import StarRating, paint_stars, stars_width
    from studio.ui.widgets.swatch import Swatch
    from studio.ui.widgets.text_edit import PlainTextEdit, SelectableText
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
    from studio.ui.widgets.two_lines import TWO_LINES_HEIGHT, TwoLineDelegate
    from studio.ui.widgets.wrapping import wrap_text

_MODULES = {
    "announce": "Announcer",
    "button": "Button ButtonKind IconButton PrimaryButton",
    "chip": "Chip ChipKind",
    "choice_edit": "ChoiceEdit choice_fault_text",
    "combo": "ComboBox",
    "dialog": "Dialog DialogFooter Question Scrim keep_sizes_in",
    "drop_frame": "DropFrame DropState",
    "field": "FieldFrame LineField",
    "flow": "FlowLayout",
    "fold": "FoldSection",
    "label": "ElidedLabel Label Paragraph",
    "marks": "Monogram Pill Sign paint_monogram paint_pill pill_size",
    "menu": "Menu menu_text set_action_available",
    "message_bar": "Message MessageBar MessageKind",
    "motion": "ProgressLine Pulse Spinner paint_progress paint_sliding_bar paint_spinner paint_step_dots",
    "number_field": "NumberField SpinStepper",
    "popover": "Popover place_beside",
    "ratio": "RatioChips",
    "screens": "screen_room",
    "scroll_area": "ScrollArea",
    "second_clicks": "SecondClicks",
    "segments": "Option Segments",
    "slider": "Slider SliderField",
    "splitter": "Splitter",
    "stars": "StarRating paint_stars stars_width",
    "swatch": "Swatch",
    "two_lines": "TWO_LINES_HEIGHT TwoLineDelegate",
    "text_edit": "PlainTextEdit SelectableText",
    "themed": "Themed plain_tooltip repolish set_available set_surface set_tooltip shortcut_text",
    "toggle": "CheckBox RadioButton Switch",
    "wrapping": "wrap_text",
}
_HOME = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = [
    "TWO_LINES_HEIGHT",
    "Announcer",
    "Button",
    "ButtonKind",
    "CheckBox",
    "Chip",
    "ChipKind",
    "ChoiceEdit",
    "ComboBox",
    "Dialog",
    "DialogFooter",
    "DropFrame",
    "DropState",
    "ElidedLabel",
    "FieldFrame",
    "FlowLayout",
    "FoldSection",
    "IconButton",
    "Label",
    "LineField",
    "Menu",
    "Message",
    "MessageBar",
    "MessageKind",
    "Monogram",
    "NumberField",
    "Option",
    "Paragraph",
    "Pill",
    "PlainTextEdit",
    "Popover",
    "PrimaryButton",
    "ProgressLine",
    "Pulse",
    "Question",
    "RadioButton",
    "RatioChips",
    "Scrim",
    "ScrollArea",
    "SecondClicks",
    "Segments",
    "SelectableText",
    "Sign",
    "Slider",
    "SliderField",
    "SpinStepper",
    "Spinner",
    "Splitter",
    "StarRating",
    "Swatch",
    "Switch",
    "Themed",
    "TwoLineDelegate",
    "choice_fault_text",
    "keep_sizes_in",
    "menu_text",
    "paint_monogram",
    "paint_pill",
    "paint_progress",
    "paint_sliding_bar",
    "paint_spinner",
    "paint_stars",
    "paint_step_dots",
    "pill_size",
    "place_beside",
    "plain_tooltip",
    "repolish",
    "safe_override",
    "screen_room",
    "set_action_available",
    "set_available",
    "set_surface",
    "set_tooltip",
    "shortcut_text",
    "stars_width",
    "wrap_text",
]


def __getattr__(name: str) -> object:
    """Load the module of a widget when it is first asked for: dialogs and menus are not part of the first paint."""
    module = _HOME.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value
