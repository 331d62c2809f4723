"""The keys of the window: each can be changed; two actions never share one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QWidget

from studio.ui.preferences.form import FormPage, note_label
from studio.ui.shortcut_names import shortcut_name
from studio.ui.translation import Translated
from studio.ui.widgets import Button, ButtonKind, Switch

if TYPE_CHECKING:
    from studio.ui.client import StudioClient


class ShortcutsPage(Translated, FormPage):
    """Built from the actions of the window that the dialog belongs to."""

    def __init__(self, client: StudioClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = client.studio.settings
        self.single_keys = Switch()
        self.single_keys.setChecked(self._settings.current.single_key_shortcuts)
        self._single_note = note_label()
        self._single_name = self.add_row(self.single_keys, note=self._single_note)
        self.single_keys.toggled.connect(lambda on: self._settings.change(single_key_shortcuts=on))
        self._problem = note_label()
        self._problem.set_tone("danger")
        window = parent.window().parentWidget() if parent is not None else None
        self._actions = [action for action in (window.actions() if window is not None else []) if action.objectName()]
        self._rows = [self._add(action) for action in self._actions]
        self.rows.addWidget(self._problem)
        self._reset = Button(kind=ButtonKind.QUIET)
        self._reset.clicked.connect(self._restore)
        self.rows.addWidget(self._reset)
        self.rows.addStretch(1)
        self.retranslate()

    def _add(self, action: QAction) -> tuple[QAction, QKeySequenceEdit, object]:
        edit = QKeySequenceEdit(action.shortcut())
        edit.setMaximumSequenceLength(1)
        edit.setClearButtonEnabled(True)
        edit.setFixedWidth(180)
        edit.editingFinished.connect(partial(self._change, action, edit))
        return action, edit, self.add_row(edit)

    def _change(self, action: QAction, edit: QKeySequenceEdit) -> None:
        keys = edit.keySequence()
        taken = [other for other in self._actions if other is not action and other.shortcut() == keys]
        if taken and not keys.isEmpty():
            self._problem.setText(self.tr("{keys} is taken already.").format(keys=keys.toString()))
            edit.setKeySequence(action.shortcut())
            return
        self._problem.setText("")
        action.setShortcut(keys)
        text = keys.toString(QKeySequence.SequenceFormat.PortableText)
        self._settings.change(shortcuts={**self._settings.current.shortcuts, action.objectName(): text})

    def _restore(self) -> None:
        """Back to the keys the program came with; they hold from the next start on."""
        self._settings.change(shortcuts={})
        for action, edit, _name in self._rows:
            default = action.property("defaultKeys")
            if default is not None:
                action.setShortcut(QKeySequence(str(default)))
                edit.setKeySequence(action.shortcut())

    def retranslate(self) -> None:
        self.title.setText(self.tr("Shortcuts"))
        self._single_name.setText(self.tr("Single keys"))
        self.single_keys.setAccessibleName(self.tr("Single keys"))
        self._single_note.setText(
            self.tr(
                "While the gallery has the focus: 0 to 5 rate, X rejects, T tags, A adds to a collection,"
                " R loads settings, L looks at them, V varies, U uses as reference, C compares,"
                " B begins a blind vote, S and G open stacks and groups."
            )
        )
        self._reset.setText(self.tr("Restore defaults"))
        for action, edit, name in self._rows:
            words = shortcut_name(action.objectName())
            name.setText(words)  # type: ignore[attr-defined]  # the label that add_row gave
            edit.setAccessibleName(words)
