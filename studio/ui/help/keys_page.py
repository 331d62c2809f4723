"""The page of the help that lists every key: those of the window as they are set now, then those of each part."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction, QKeySequence

from studio.ui.shortcut_names import shortcut_name
from studio.ui.translation import translate

_Row = tuple[str, str]
_ARROWS = "← → ↑ ↓"


def keys_page(actions: Sequence[QAction]) -> str:
    """Markdown with one table for each part of the window. `actions`: those of the window, with their keys."""
    parts: list[tuple[str, list[_Row]]] = [
        (translate("KeysPage", "Everywhere"), [*_window_rows(actions), *_everywhere()]),
        (translate("KeysPage", "Images in Runs and Grid"), _images()),
        (translate("KeysPage", "Groups and stacks in Grid"), _groups()),
        (translate("KeysPage", "Compare"), _compare()),
        (translate("KeysPage", "Blind vote"), _vote()),
        (translate("KeysPage", "Composer"), _composer()),
        (translate("KeysPage", "Lists, tables and filters"), _lists()),
    ]
    note = translate(
        "KeysPage",
        "Keys of one letter or digit act only while the images or the light table have the focus. They can be switched"
        " off in Preferences > Shortcuts, where the keys of the window can be changed.",
    )
    lines = [f"# {title()}", "", note]
    for heading, rows in parts:
        keys, does = translate("KeysPage", "Key"), translate("KeysPage", "What it does")
        lines += ["", f"## {heading}", "", f"| {keys} | {does} |", "|---|---|"]
        lines += [f"| {key.replace('|', '&#124;')} | {words} |" for key, words in rows]
    return "\n".join(lines)


def title() -> str:
    return translate("KeysPage", "Keyboard")


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _window_rows(actions: Sequence[QAction]) -> list[_Row]:
    form = QKeySequence.SequenceFormat.NativeText
    named = [action for action in actions if action.objectName() and not action.shortcut().isEmpty()]
    return [(action.shortcut().toString(form), shortcut_name(action.objectName())) for action in named]


def _everywhere() -> list[_Row]:
    return [
        ("Tab, Shift+Tab", translate("KeysPage", "To the next or previous control, as they lie on the screen")),
    ]


def _images() -> list[_Row]:
    return [
        (f"{_ARROWS}, Home, End, PgUp, PgDn", translate("KeysPage", "Move; with Shift select all up to there")),
        (
            f"{_native('Ctrl+Right')}, {_native('Ctrl+Space')}",
            translate("KeysPage", "Move without selecting; choose one more, or not"),
        ),
        (_native("Ctrl+A"), translate("KeysPage", "Select all")),
        ("Space, Return", translate("KeysPage", "Large preview; on a tile without image, its button")),
        ("0-5", translate("KeysPage", "Rating")),
        ("X", translate("KeysPage", "Reject, or take it back")),
        ("T", translate("KeysPage", "Tags")),
        ("A", translate("KeysPage", "Add to a collection")),
        ("R", translate("KeysPage", "Load the settings into the composer")),
        ("L", translate("KeysPage", "Look at the settings without losing one's own")),
        ("V", translate("KeysPage", "Vary")),
        ("U", translate("KeysPage", "Use as reference")),
        ("C", translate("KeysPage", "Compare the selected images")),
        (_native("Ctrl+C"), translate("KeysPage", "Copy the images")),
        (_native("Ctrl+Shift+C"), translate("KeysPage", "Copy the prompt")),
        ("Del", translate("KeysPage", "Move to the bin")),
        (f"{_native('Ctrl++')}, {_native('Ctrl+-')}", translate("KeysPage", "Larger or smaller tiles")),
        ("Shift+F10", translate("KeysPage", "All that can be done with the image, its run, its stack and its group")),
    ]


def _groups() -> list[_Row]:
    return [
        ("G", translate("KeysPage", "Fold the group, or show it")),
        (f"{_native('Ctrl+Up')}, {_native('Ctrl+Down')}", translate("KeysPage", "Previous or next group")),
        (_native("Ctrl+Shift+A"), translate("KeysPage", "Select the whole group")),
        ("S", translate("KeysPage", "Open or close a stack of near-duplicates")),
    ]


def _compare() -> list[_Row]:
    return [
        ("S, W, O, D, B", translate("KeysPage", "Side by side, wipe, overlay, difference, blink")),
        (_ARROWS, translate("KeysPage", "Pan; in a wipe move the line. Shift takes longer steps")),
        ("PgDn, PgUp", translate("KeysPage", "Choose the next or previous image: zoom, pan and Alt act on it")),
        (f"{_native('Alt+Left')} ...", translate("KeysPage", "Move B, or the chosen image, against the others")),
        ("Z", translate("KeysPage", "The whole image, or one pixel on one pixel")),
        ("+, -", translate("KeysPage", "Zoom")),
        ("L", translate("KeysPage", "Loupe; with Ctrl the arrows move it")),
        ("G, M", translate("KeysPage", "Grey, mirrored")),
        ("H", translate("KeysPage", "Wipe across or from top to bottom")),
        ("X", translate("KeysPage", "Exchange A and B")),
        ("N", translate("KeysPage", "Names on the images")),
        ("Space", translate("KeysPage", "A only, while it is held")),
        ("V", translate("KeysPage", "Begin or end the blind vote")),
        (
            "Return, Shift+Return, Del",
            translate("KeysPage", "In the row of images: use as B, as A, take off the table"),
        ),
    ]


def _vote() -> list[_Row]:
    return [
        ("1, 2, 3, 4", translate("KeysPage", "A is better, equal, B is better, neither")),
        ("5", translate("KeysPage", "Skip the pair")),
        (f"Backspace, {_native('Ctrl+Z')}", translate("KeysPage", "Take the last vote back")),
    ]


def _composer() -> list[_Row]:
    return [
        (
            f"{_native('Alt+Up')}, {_native('Alt+Down')}",
            translate("KeysPage", "In the prompt: earlier and later prompts"),
        ),
        (f"{_native('Ctrl+Z')}, {_native('Ctrl+Shift+Z')}", translate("KeysPage", "Undo and redo texts and settings")),
        (
            f"{_native('Ctrl+Left')}, {_native('Ctrl+Right')}, Del",
            translate("KeysPage", "Among the reference images: reorder, remove"),
        ),
    ]


def _lists() -> list[_Row]:
    return [
        ("Return, Del", translate("KeysPage", "On a filter: change it, remove it")),
        ("↓, Esc", translate("KeysPage", "In the search: to the images found; empty it, then leave it")),
        ("Backspace", translate("KeysPage", "In the empty search: mark the last filter, then remove it")),
        (f"↑ ↓, {_native('Ctrl+C')}", translate("KeysPage", "In the facts: the next value, copy it")),
        (
            f"{_native('Alt+Up')}, {_native('Alt+Down')}, Del",
            translate("KeysPage", "In the queue: earlier, later, cancel"),
        ),
        ("Space, Return", translate("KeysPage", "In the matrix of a sweep: leave a cell out, open its image")),
    ]
