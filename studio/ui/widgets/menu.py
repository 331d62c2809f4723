"""Menus whose entries are plain words with an icon of ours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from studio.ui.theme import icon
from studio.ui.widgets.popover import place_beside, round_corners
from studio.ui.widgets.themed import plain_tooltip, repolish


class Menu(QMenu):
    """A menu opened with `open_at` or `open_at_point`; never with `exec`, which stops every coroutine."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(menu_text(title), parent)
        round_corners(self)
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._make_room)

    def add(
        self,
        text: str,
        do: Callable[[], object] | None = None,
        *,
        icon_name: str = "",
        shortcut: QKeySequence | str | None = None,
        checked: bool | None = None,
        available: bool = True,
        reason: str = "",
    ) -> QAction:
        """Add an entry. `checked` other than None makes it checkable, with its tick in the place of an icon; `reason`
        tells why it is not available.

        The shortcut is shown only; the key itself belongs to the window's own action."""
        action = QAction(menu_text(text), self)
        if icon_name and checked is None:
            action.setIcon(icon(icon_name))
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut) if isinstance(shortcut, str) else shortcut)
            action.setShortcutVisibleInContextMenu(True)
        if checked is not None:
            action.setCheckable(True)
            action.setChecked(checked)
        if do is not None:
            action.triggered.connect(lambda _checked=False, call=do: call())
        set_action_available(action, available, reason)
        self.addAction(action)
        return action

    def add_menu(self, text: str, *, icon_name: str = "") -> Menu:
        """Add a menu inside this one."""
        inner = Menu(text, self)
        action = self.addMenu(inner)
        if icon_name:
            action.setIcon(icon(icon_name))
        return inner

    def _make_room(self) -> None:
        """Ticks and the arrows of inner menus keep away from the words; icons have their own room."""
        entries = self.actions()
        ticks = any(one.isCheckable() for one in entries) and all(one.icon().isNull() for one in entries)
        self.setProperty("ticks", ticks)
        self.setProperty("inner", any(one.menu() is not None for one in entries))
        repolish(self)

    def open_at(self, control: QWidget, *, align_right: bool = False) -> None:
        """Open below a control and return at once."""
        self._make_room()
        self.popup(place_beside(control, self.sizeHint(), align_right=align_right))

    def open_at_point(self, position: QPoint) -> None:
        """Open at a global point, for a context menu, and return at once."""
        self.popup(position)


def menu_text(text: str) -> str:
    """`text` so that a menu shows every character: a single & would underline the next letter."""
    return text.replace("&", "&&")


def set_action_available(action: QAction, available: bool, reason: str = "") -> None:
    """Enable an entry of a menu, or make it grey and say why in its tooltip."""
    action.setEnabled(available)
    action.setToolTip("" if available else plain_tooltip(reason))
