"""The keys of the window. Single keys act only in gallery and Compare and are handled there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from studio.ui.widgets.context_key import CONTEXT_KEYS, open_context_menu
from studio.ui.widgets.tab_order import first_stop

if TYPE_CHECKING:
    from studio.ui.window.controller import WindowController

DEFAULT_KEYS = {
    "generate": "Ctrl+Return",
    "cancel_newest": "Ctrl+.",
    "cancel_all": "Ctrl+Shift+.",
    "view_runs": "Ctrl+1",
    "view_grid": "Ctrl+2",
    "view_compare": "Ctrl+3",
    "next_region": "F6",
    "previous_region": "Shift+F6",
    "prompt": "Ctrl+L",
    "snippets": "Ctrl+J",
    "sweep": "Ctrl+K",
    "search": "Ctrl+F",
    "composer": "Ctrl+B",
    "details": "Ctrl+I",
    "full_screen": "F11",
    "preferences": "Ctrl+,",
    "export": "Ctrl+E",
    "quit": "Ctrl+Q",
    "help": "F1",
    "keyboard": "Shift+F1",
    "menu": "F10",
    "context_menu": CONTEXT_KEYS,
    "groups": "Ctrl+G",
    "history": "Ctrl+R",
    "undo_library": "Ctrl+Z",
    "redo_library": "Ctrl+Shift+Z",
    "escape": "Escape",
}
"""Action -> key sequence as Qt writes it; `Settings.shortcuts` may replace any of them."""

_OF_THE_COMPOSER = {"generate", "prompt", "snippets", "history"}
"""What shows the composer, or spends at the price that it shows: not while it is covered."""

_REPEATING = {"next_region", "previous_region", "undo_library", "redo_library"}
"""What a key that is held down does again and again; held down on Generate it would buy a run 25 times a second."""


def install_shortcuts(controller: WindowController) -> None:
    """Give the window its keys; Preferences changes them through `apply_shortcuts`."""
    window, actions = controller.window, controller.actions
    toolbar = window.toolbar
    doing: dict[str, Callable[[], object]] = {
        "generate": controller.composer.press_generate,
        "cancel_newest": actions.cancel_newest.emit,
        "cancel_all": actions.cancel_all.emit,
        "view_runs": lambda: controller.show_view("runs"),
        "view_grid": lambda: controller.show_view("grid"),
        "view_compare": lambda: controller.show_view("compare"),
        "next_region": lambda: move_region(controller, 1),
        "previous_region": lambda: move_region(controller, -1),
        "prompt": controller.composer.focus_prompt,
        "snippets": controller.open_snippets,
        "sweep": actions.open_sweep.emit,
        "search": toolbar.focus_search,
        "composer": toolbar.composer_toggle.toggle,
        "details": toolbar.details_toggle.toggle,
        "full_screen": lambda: window.showNormal() if window.isFullScreen() else window.showFullScreen(),
        "preferences": lambda: actions.open_preferences.emit(""),
        "export": toolbar.export_button.click,
        "quit": window.close,
        "help": lambda: actions.open_help.emit(""),
        "keyboard": lambda: actions.open_help.emit("keyboard"),
        "menu": toolbar.open_menu,
        "context_menu": open_context_menu,
        "groups": controller.open_groups,
        "history": controller.open_history,
        "undo_library": lambda: _undo(controller),
        "redo_library": controller.undo.redo,
        "escape": lambda: _escape(controller),
    }
    for name, do in doing.items():
        action = window.add_shortcut(name, DEFAULT_KEYS[name])
        action.setProperty("defaultKeys", DEFAULT_KEYS[name])
        action.setAutoRepeat(name in _REPEATING)
        doing_now = _unless_voting(controller, do) if name in _OF_THE_COMPOSER else do
        action.triggered.connect(lambda _checked=False, call=doing_now: call())
    apply_shortcuts(window, controller.client.studio.settings.current.shortcuts)


def _unless_voting(controller: WindowController, do: Callable[[], object]) -> Callable[[], object]:
    return lambda: None if controller.out_of_sight.refuses() else do()


def _undo(controller: WindowController) -> None:
    """The last vote while one votes: what was changed in the library before is out of sight then."""
    if controller.compare.vote.is_on:
        controller.compare.vote.take_back()
    else:
        controller.undo.undo()


def _escape(controller: WindowController) -> None:
    """Close what lies over the rest; empty the search, then leave it; else clear the selection."""
    if controller.composer.back_to_mine():
        focus_work(controller)  # settings are looked at from the images, and one goes on there
        return
    if controller.window.hide_overlay():
        return
    edit = controller.window.toolbar.search.edit
    if edit.hasFocus() and edit.text():
        edit.clear()
    elif edit.hasFocus():
        focus_work(controller)
    else:
        controller.gallery.clear_selection()


def apply_shortcuts(window: QWidget, changed: dict[str, str]) -> None:
    """Set each action's keys to the user's, or to the default."""
    for action in window.actions():
        keys = changed.get(action.objectName(), DEFAULT_KEYS.get(action.objectName(), ""))
        action.setShortcut(QKeySequence(keys))


def move_region(controller: WindowController, by: int) -> None:
    """F6: on to the next region of the window that is there, to where one begins in it."""
    regions = [(region, start) for region, start in _regions(controller) if region.isVisible() and start is not None]
    focused = QApplication.focusWidget()
    here = next((i for i, (region, _) in enumerate(regions) if focused is not None and _holds(region, focused)), None)
    place = (here + by if here is not None else 0 if by > 0 else -1) % len(regions)
    start = regions[place][1]
    if start is not None:
        start.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _regions(controller: WindowController) -> list[tuple[QWidget, QWidget | None]]:
    """Each region with what takes the focus in it; None where nothing does."""
    window, gallery = controller.window, controller.gallery
    compare, page = controller.compare, window.centre.currentWidget()
    start = first_stop(page) if page is not None else None
    if page is gallery:
        start = gallery
    elif page is compare and compare.image_ids():
        start = compare.table
    side, prompt = first_stop(window.details_region), controller.composer.prompt_box.prompt
    search = window.toolbar.search.edit
    return [
        (window.toolbar, search if search.isEnabled() else first_stop(window.toolbar)),
        (window.composer_region, prompt if prompt.isVisible() else first_stop(window.composer_region)),
        (window.message_bar, first_stop(window.message_bar)),
        (window.centre, start),
        (window.details_region, side if side is not None else controller.details),
        (window.status, first_stop(window.status)),
    ]


def focus_work(controller: WindowController) -> None:
    """Where the work goes on after something that had the focus went away: the images, or the first-run page."""
    start = dict(_regions(controller))[controller.window.centre]
    if start is not None:
        start.setFocus(Qt.FocusReason.OtherFocusReason)


def _holds(region: QWidget, widget: QWidget) -> bool:
    return region is widget or region.isAncestorOf(widget)
