"""What the keys of the window are for, by the names of their actions."""

from __future__ import annotations

from studio.ui.translation import translate


def shortcut_name(action: str) -> str:
    """``Generate`` for ``generate``, in the language of the window; an unknown action is its own name."""
    names = {
        "generate": translate("ShortcutsPage", "Generate"),
        "cancel_newest": translate("ShortcutsPage", "Cancel the newest run"),
        "cancel_all": translate("ShortcutsPage", "Cancel everything"),
        "view_runs": translate("ShortcutsPage", "Runs"),
        "view_grid": translate("ShortcutsPage", "Grid"),
        "view_compare": translate("ShortcutsPage", "Compare"),
        "next_region": translate("ShortcutsPage", "Next region"),
        "previous_region": translate("ShortcutsPage", "Previous region"),
        "prompt": translate("ShortcutsPage", "Prompt"),
        "snippets": translate("ShortcutsPage", "Insert a snippet"),
        "sweep": translate("ShortcutsPage", "Sweep builder"),
        "search": translate("ShortcutsPage", "Search"),
        "composer": translate("ShortcutsPage", "Composer"),
        "details": translate("ShortcutsPage", "Details"),
        "full_screen": translate("ShortcutsPage", "Full screen"),
        "preferences": translate("ShortcutsPage", "Preferences"),
        "export": translate("ShortcutsPage", "Export"),
        "quit": translate("ShortcutsPage", "Quit"),
        "help": translate("ShortcutsPage", "Help"),
        "undo_library": translate("ShortcutsPage", "Undo a change of the library"),
        "redo_library": translate("ShortcutsPage", "Redo a change of the library"),
        "escape": translate("ShortcutsPage", "Close or clear the selection"),
        "menu": translate("ShortcutsPage", "Menu"),
        "context_menu": translate("ShortcutsPage", "Menu of what has the focus"),
        "groups": translate("ShortcutsPage", "Groups and stacks"),
        "history": translate("ShortcutsPage", "Earlier prompts"),
        "keyboard": translate("ShortcutsPage", "Keyboard"),
    }
    return names.get(action, action.replace("_", " "))
