"""Asking a provider once more for an image that may have been billed, also where Preferences have another address
since it was sent: then the user says first whether the key may go to the former one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.domain.values import CallId
from studio.ui.tasks import ask
from studio.ui.translation import catalog_text, filled
from studio.ui.widgets.dialog import Question
from studio.ui.window.carried_out import carried_out

if TYPE_CHECKING:
    from studio.domain.errors import Problem
    from studio.ui.window.controller import WindowController


class Fetching(QObject):
    """Never sends a request again; costs nothing."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller.window)
        self._controller = controller
        controller.actions.fetch_again.connect(self._wished)

    def _wished(self, call: str) -> None:
        tasks = self._controller.tasks
        if not tasks.is_running(f"fetch {call}"):  # a second press while it is asked about is the same wish
            tasks.start(f"fetch {call}", self._fetch(CallId(call)))

    async def _fetch(self, call: CallId) -> None:
        elsewhere = await self._controller.client.run(lambda studio: studio.engine.asks_elsewhere(call))
        if elsewhere is not None and not await self._agreed(elsewhere):
            return
        agreed = elsewhere is not None
        if await carried_out(self._controller, lambda studio: studio.engine.ask_again(call, agreed=agreed)):
            self._controller.notifications.settled(call.rpartition(".")[0])

    async def _agreed(self, elsewhere: Problem) -> bool:
        provider, address, now = (elsewhere.values.get(name, "") for name in ("provider", "address", "now"))
        question = Question(
            self._controller.window,
            title=lambda: self.tr("Fetch it from its former address?"),
            text=lambda: filled(
                self.tr("It was sent to {address}. That is asked now, with your key for {provider}, free of charge."),
                address=address,
                provider=catalog_text(provider),
            ),
            details=lambda: filled(self.tr("In Preferences it is {address}."), address=now),
            primary=lambda: self.tr("Fetch it there"),
        )
        question.return_presses_primary = False
        question.cancel_button.setFocus()
        answer = bool(await ask(question))
        question.deleteLater()
        return answer
