"""Before more of a sweep is sent to another address than that of Preferences, the user is told which one it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from studio.domain.values import SweepId
from studio.ui.tasks import ask
from studio.ui.theme import Height
from studio.ui.translation import catalog_text, filled
from studio.ui.widgets import Button, ButtonKind
from studio.ui.widgets.dialog import Question

if TYPE_CHECKING:
    from studio.domain.sweep import SweepAddress
    from studio.ui.client import StudioClient

_THAT_OF_PREFERENCES = int(QDialog.DialogCode.Accepted) + 1


class SweepAddressQuestions(QObject):
    """A sweep that was begun on the command line with `--base-url` goes on at that address. Each address is asked about
    once in a session."""

    def __init__(self, client: StudioClient, parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._agreed: set[tuple[int, str]] = set()

    async def may_send(self, sweep_id: int, window: QWidget) -> bool:
        """Whether more of the sweep may be sent, wherever the user has said; asked over `window`."""
        number = SweepId(sweep_id)
        address = await self._client.run(lambda studio: studio.sweeps.address(number))
        if address is None or (sweep_id, address.base_url) in self._agreed:
            return True
        question = self._question(sweep_id, address, window)
        answer = await ask(question)
        question.deleteLater()
        if answer == _THAT_OF_PREFERENCES:
            await self._client.run(lambda studio: studio.sweeps.go_to(number, None))
        elif answer:
            self._agreed.add((sweep_id, address.base_url))
        return bool(answer)

    def _question(self, number: int, address: SweepAddress, window: QWidget) -> Question:
        spec = next((spec for spec in self._client.studio.specs if spec.id == address.provider), None)
        provider = catalog_text(spec.title) if spec is not None else address.provider

        def settings() -> str:
            if not address.of_settings:
                return filled(self.tr("Preferences have no address of their own for {provider}."), provider=provider)
            return filled(self.tr("In Preferences it is {address}."), address=address.of_settings)

        question = Question(
            window,
            title=lambda: self.tr("Sweep {number} was begun at another address").format(number=number),
            text=lambda: filled(
                self.tr("What is sent now goes to {address}, with your key for {provider}."),
                address=address.base_url,
                provider=provider,
            ),
            details=settings,
            primary=lambda: self.tr("Go on there"),
        )
        other = Button(
            self.tr("Use that of Preferences"), kind=ButtonKind.OUTLINE, height=Height.FOOTER, parent=question
        )
        other.clicked.connect(lambda: question.done(_THAT_OF_PREFERENCES))
        question.footer.add_note(other)
        question.return_presses_primary = False
        question.cancel_button.setFocus()
        return question
