"""Which providers have a key: told to the composer, also when the keyring of the system is opened late."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.ui.problems import problem_text, problem_title
from studio.ui.widgets.message_bar import Message, MessageKind

if TYPE_CHECKING:
    from studio.domain.capability import ProviderSpec
    from studio.domain.errors import Problem
    from studio.ui.window.controller import WindowController

_MESSAGE = "keyring"


class ProviderKeys(QObject):
    """`refresh` asks anew and holds nothing up; of a key that nobody has looked for yet nothing is said meanwhile."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller = controller
        self._missing: dict[str, bool] = {}
        controller.window.message_bar.acted.connect(self._act)

    def missing(self, specs: Iterable[ProviderSpec]) -> dict[str, bool | None]:
        """By provider whether its key is missing, as it was read last; None until it has been read."""
        return {spec.id: self._missing.get(spec.id) if spec.needs_key else False for spec in specs}

    def refresh(self) -> None:
        self._controller.tasks.start("keys", self._ask())

    async def _ask(self) -> None:
        """Once more when the password that the keyring waits for comes after we gave up waiting."""
        locked = await self._read()
        if locked is not None and self._controller.client.studio.accounts.keyring_is_asking:
            self._tell_waiting(locked)
            await self._controller.client.run(lambda studio: studio.accounts.keyring_answered())
            locked = await self._read()
        if locked is None:
            self._controller.window.message_bar.settle(_MESSAGE)
        else:
            self._tell_locked(locked)

    async def _read(self) -> Problem | None:
        """What keeps the keyring shut, where it has the only word on a key."""
        client, composer = self._controller.client, self._controller.composer
        states = await client.run(lambda studio: studio.accounts.states())
        settings = client.studio.settings.current
        self._missing = {state.provider: state.needed and state.place is None for state in states}
        specs = [spec for spec in client.studio.specs if settings.provider(spec.id).enabled]
        composer.set_providers(specs, settings, self.missing(specs))
        return next(
            (state.problem for state in states if state.problem and state.problem.kind == "keyring_locked"), None
        )

    def _tell_waiting(self, locked: Problem) -> None:
        self._controller.window.message_bar.post(
            Message(
                _MESSAGE,
                lambda: problem_title(locked),
                lambda: self.tr(
                    "It has not answered yet: look for a question about its password."
                    " Its keys are read as soon as it answers."
                ),
                MessageKind.WARNING,
            )
        )

    def _tell_locked(self, locked: Problem) -> None:
        self._controller.window.message_bar.post(
            Message(
                _MESSAGE,
                lambda: problem_title(locked),
                lambda: problem_text(locked),
                MessageKind.WARNING,
                lambda: self.tr("Try again"),
            )
        )

    def _act(self, key: str) -> None:
        if key == _MESSAGE:
            self.refresh()
