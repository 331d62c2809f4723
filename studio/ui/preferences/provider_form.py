"""One provider: switch, key, test, address, limits, models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studio.domain.errors import StudioError
from studio.ui.preferences.form import FormPage, note_label
from studio.ui.preferences.model_table import ModelTable
from studio.ui.problems import problem_line
from studio.ui.tasks import TaskBag
from studio.ui.theme import Space, active
from studio.ui.translation import Translated, catalog_text, filled
from studio.ui.widgets import Button, ButtonKind, ComboBox, IconButton, Label, LineField, SpinStepper, Switch

if TYPE_CHECKING:
    from studio.bootstrap import AccountSettings, KeyState
    from studio.domain.capability import AccountField, ProviderSpec
    from studio.domain.ports import AccountStatus
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient

_MASK = "•" * 24


class ProviderForm(Translated, FormPage):
    """`changed` comes when the key or the switch changed. A key is never read back: only its last letters show."""

    changed = Signal()
    tested = Signal()
    """What a test came to is known, or no longer holds: see `refusal`."""

    def __init__(
        self, client: StudioClient, actions: StudioActions, spec: ProviderSpec, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._actions, self._spec = client, actions, spec
        self._settings = client.studio.settings
        self._tasks = TaskBag(self, self._failed)
        self._state: KeyState | None = None
        self._status: AccountStatus | None = None
        self._problem = ""
        self._fields: dict[str, tuple[AccountField, QWidget]] = {}
        self._build_head()
        self._build_key()
        self._build_fields()
        self._terms = note_label()
        self._terms.setWordWrap(True)
        self.rows.addWidget(self._terms)
        self.models = ModelTable(client, spec, self)
        self.rows.addWidget(self.models)
        self.rows.addStretch(1)
        self.retranslate()

    def _account(self) -> AccountSettings:
        return self._settings.current.provider(self._spec.id).accounts[0]

    # ------------------------------------------------------------------------------------------------ building
    def _build_head(self) -> None:
        self._company = Label(tone="text2")
        self._use_name = Label(tone="text2")
        self.use = Switch()
        self.use.setChecked(self._settings.current.provider(self._spec.id).enabled)
        self.use.toggled.connect(self._switch)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        self.rows.removeWidget(self.title)
        head.addWidget(self.title)
        head.addWidget(self._company, 1)
        head.addWidget(self._use_name)
        head.addWidget(self.use)
        self.rows.insertLayout(0, head)

    def _build_key(self) -> None:
        self.key_field = LineField()
        self.key_field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.key_field.setMinimumWidth(active().scaled(110))
        self._eye = IconButton("eye", side=22, checkable=True)
        self._eye.set_icon_name("eye", when_on="eye-off")
        self._eye.toggled.connect(self._show_key)
        self.key_field.add_trailing(self._eye)
        self.save_button = Button()
        self.session_button = Button(kind=ButtonKind.QUIET)
        self.delete_button = Button(kind=ButtonKind.QUIET)
        self.test_button = Button()
        self._key_name = self.add_row(self.key_field, self.save_button, self.test_button, grows=True)
        self._key_note, self._test_note = note_label(), note_label()
        self._test_note.setWordWrap(True)
        self._key_note.setWordWrap(True)
        notes = QWidget()
        column = QVBoxLayout(notes)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._test_note)
        column.addWidget(self._key_note)
        links = QHBoxLayout()
        self.get_key = Button(kind=ButtonKind.QUIET, icon_name="external-link", height=24)
        for button in (self.get_key, self.session_button, self.delete_button):
            links.addWidget(button)
        links.addStretch(1)
        column.addLayout(links)
        self._notes_name = Label()
        self.form.addRow(self._notes_name, notes)
        self.save_button.clicked.connect(lambda: self._tasks.start("save", self._save("keyring")))
        self.session_button.clicked.connect(lambda: self._tasks.start("save", self._save("session")))
        self.delete_button.clicked.connect(lambda: self._tasks.start("save", self._delete()))
        self.test_button.clicked.connect(self._toggle_test)
        self.get_key.clicked.connect(lambda: self._actions.open_link.emit(self._spec.key_url))
        self.key_field.edit.textChanged.connect(lambda _text: self._write())
        self.key_field.edit.returnPressed.connect(lambda: self._tasks.start("save", self._save("keyring")))

    def _build_fields(self) -> None:
        self._field_names: dict[str, Label] = {}
        self._field_notes: dict[str, Label] = {}
        values = self._account().fields
        for field in self._spec.account_fields:
            current = values.get(field.name, field.default)
            control: QWidget
            if field.kind == "choice":
                combo = ComboBox()
                for choice in field.choices:
                    combo.addItem("", str(choice.value))
                combo.setCurrentIndex(max(0, combo.findData(current)))
                combo.activated.connect(lambda _index, name=field.name, box=combo: self._set(name, box.currentData()))
                control = combo
            else:
                line = LineField(current, placeholder=field.default)
                line.edit.setCursorPosition(0)
                line.setMinimumWidth(active().scaled(200))
                line.edit.editingFinished.connect(lambda name=field.name, box=line: self._set(name, box.text()))
                control = line
            note = self._field_notes[field.name] = note_label()
            self._fields[field.name] = (field, control)
            self._field_names[field.name] = self.add_row(control, note=note)
        self.at_once = SpinStepper(
            self._account().concurrent_requests or self._spec.concurrent_requests, minimum=1, maximum=64
        )
        self.at_once.changed.connect(lambda count: self._change_account(concurrent_requests=count))
        self._at_once_note = note_label()
        self._at_once_name = self.add_row(self.at_once, note=self._at_once_note)

    # ------------------------------------------------------------------------------------------------ words
    def retranslate(self) -> None:
        spec = self._spec
        self.title.setText(catalog_text(spec.title))
        title = catalog_text(spec.title)
        company = catalog_text(spec.company)
        self._company.setText(company if company != title else "")
        self._use_name.setText(self.tr("Use this provider"))
        self.use.setAccessibleName(self.tr("Use this provider"))
        self._key_name.setText(self.tr("API key"))
        self.key_field.set_name(self.tr("API key"))
        self._eye.set_name(self.tr("Show what is typed"))
        self.save_button.setText(self.tr("Save key"))
        self.session_button.setText(self.tr("For this session only"))
        self.delete_button.setText(self.tr("Forget key"))
        self.get_key.setText(self.tr("Get a key"))
        for name, label in self._field_names.items():
            field, control = self._fields[name]
            label.setText(catalog_text(field.title))
            control.setAccessibleName(catalog_text(field.title))
            self._field_notes[name].setText(catalog_text(field.help))
            if isinstance(control, LineField):
                control.set_name(catalog_text(field.title))
            elif isinstance(control, ComboBox):
                for row, choice in enumerate(field.choices):
                    control.setItemText(row, catalog_text(choice.title) if choice.title else str(choice.value))
        self._at_once_name.setText(self.tr("At once"))
        self.at_once.set_name(self.tr("Requests at once"))
        self._at_once_note.setText(self.tr("requests. Further ones wait in the queue."))
        self._terms.setText(catalog_text(spec.terms_notice) if spec.terms_notice else "")
        self._terms.setVisible(bool(spec.terms_notice))
        self._write()

    def show_state(self, state: KeyState | None) -> None:
        """Where the key is, as `AccountKeys.states` says."""
        self._state = state
        self._write()

    @property
    def refusal(self) -> str:
        """The kind of problem that the last test came to; empty when it went well, or nothing is known."""
        problem = self._status.problem if self._status is not None else None
        return problem.kind if problem is not None else ""

    def show_status(self, status: AccountStatus | None) -> None:
        """What a test of the connection came to; None when it no longer holds."""
        self._status = status
        self._write()
        self.tested.emit()

    def _write(self) -> None:
        spec, state = self._spec, self._state
        typed = bool(self.key_field.text().strip())
        for widget in (self._key_name, self.key_field, self.save_button, self.get_key, self._key_note):
            widget.setVisible(spec.needs_key)
        has_key = state is not None and state.place is not None
        self.key_field.edit.setPlaceholderText(f"{_MASK}{state.hint}" if has_key and state is not None else "")
        self.save_button.setEnabled(typed)
        self.session_button.setVisible(spec.needs_key and typed)
        self.delete_button.setVisible(spec.needs_key and has_key and state is not None and state.place != "environment")
        self.get_key.setVisible(spec.needs_key and bool(spec.key_url))
        testing = self._tasks.is_running("test")
        self.test_button.setText(self.tr("Stop") if testing else self.tr("Test connection"))
        self.test_button.set_busy(testing)
        self.test_button.setEnabled(has_key or not spec.needs_key or testing)
        self._key_note.setText(self._key_words())
        self._write_test()

    def _key_words(self) -> str:
        state = self._state
        if self._problem:
            return self._problem
        if state is None:
            return ""
        if state.problem is not None:
            why = problem_line(state.problem)
            variable = self._spec.key_environment[0] if self._spec.key_environment else ""
            return filled(
                self.tr("{why} Use the key for this session only, or set {variable}."), why=why, variable=variable
            )
        places = {
            "keyring": self.tr("Kept in the system keyring, sent only to the address below."),
            "session": self.tr("Kept for this session only, sent only to the address below."),
            "environment": self.tr("Found in the environment ({words}), sent only to the address below."),
        }
        if state.place is None:
            return self.tr("Keys are kept in the system keyring, never in a file.")
        return places[state.place].format(words=state.words.rpartition(" ")[2])

    def _write_test(self) -> None:
        status = self._status
        if status is None:
            self._test_note.hide()
            return
        self._test_note.show()
        if status.ok:
            self._test_note.set_tone("ok")
            words = self.tr("The key works. Answered in {seconds} s, nothing was billed.")
            self._test_note.setText(words.format(seconds=f"{status.elapsed_s:.1f}"))
        elif status.problem is not None:
            self._test_note.set_tone("danger")
            detail = f" ({status.problem.detail[:200]})" if status.problem.detail else ""
            self._test_note.setText(f"{problem_line(status.problem)}{detail}")

    # ------------------------------------------------------------------------------------------------ doing
    def _show_key(self, shown_: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown_ else QLineEdit.EchoMode.Password
        self.key_field.edit.setEchoMode(mode)

    def _switch(self, on: bool) -> None:
        def step(settings: Any) -> Any:
            provider = settings.provider(self._spec.id).model_copy(update={"enabled": on})
            return settings.model_copy(update={"providers": {**settings.providers, self._spec.id: provider}})

        self._settings.update(step)
        self.changed.emit()

    def _set(self, name: str, value: str) -> None:
        field, control = self._fields[name]
        cleaned = str(value).strip()
        if field.kind == "url" and cleaned and not cleaned.startswith(("https://", "http://")):
            self._problem = filled(self.tr("{field} must begin with https://"), field=catalog_text(field.title))
            self._write()
            return
        self._problem = ""
        fields = {key: kept for key, kept in self._account().fields.items() if key != name}
        if cleaned and cleaned != field.default:
            fields[name] = cleaned
        elif isinstance(control, LineField):
            control.set_text(field.default)
        self._change_account(fields=fields)

    def _change_account(self, **values: object) -> None:
        account = self._account().model_copy(update=values)
        self._settings.update(lambda settings: settings.with_account(self._spec.id, account))
        self.show_status(None)

    async def _save(self, place: Any) -> None:
        key, account = self.key_field.text(), self._account().id
        try:
            await self._client.run(lambda studio: studio.accounts.set_key(self._spec.id, account, key, place=place))
        except StudioError as error:
            self._problem = problem_line(error.problem)
            self._write()
            return
        self._problem = ""
        self.key_field.edit.clear()
        self._settings_touched()

    async def _delete(self) -> None:
        account = self._account().id
        try:
            await self._client.run(lambda studio: studio.accounts.delete_key(self._spec.id, account))
        except StudioError as error:
            self._problem = problem_line(error.problem)
        self._settings_touched()

    def _settings_touched(self) -> None:
        self._status = None
        self.changed.emit()
        self._write()

    def _toggle_test(self) -> None:
        if self._tasks.is_running("test"):
            self._tasks.cancel("test")
        else:
            self._tasks.start("test", self._test())
        self._write()

    async def _test(self) -> None:
        """The free check of the provider: a model list, never an image."""
        account_id = self._account().id

        async def work(studio: Any) -> AccountStatus:
            account = await studio.accounts.account(self._spec.id, account_id)
            status: AccountStatus = await studio.providers[self._spec.id].check(account)
            return status

        from studio.domain.ports import AccountStatus as Status

        try:
            status = await self._client.run(work)
        except StudioError as error:
            status = Status(ok=False, problem=error.problem)
        QTimer.singleShot(0, self, lambda: self.show_status(status))  # the task itself has ended by then

    def _failed(self, error: BaseException) -> None:
        self._write()
        raise error
