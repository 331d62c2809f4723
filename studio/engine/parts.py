"""What every part of the engine works with, handed down instead of looked up."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from studio.domain.errors import InternalFault, Problem, StudioError
from studio.domain.events import SpendingChanged
from studio.domain.jobs import SweepLink
from studio.domain.ports import (
    Account,
    AccountSource,
    Archive,
    Clock,
    ImageProvider,
    Journal,
    Ledger,
    SentAddressBook,
    SweepAddressBook,
)
from studio.domain.pricing import Money
from studio.engine.broadcast import Broadcast
from studio.engine.queue import AccountKey, CallQueue
from studio.engine.saving import PatientSaver
from studio.engine.scrubbing import Scrubber
from studio.engine.settings import EngineSettings
from studio.engine.tasks import Alarm, TaskOwner

log = logging.getLogger(__name__)

SPENDING_EVERY_S = 0.25


@dataclass(slots=True)
class EngineParts:
    """The ports, and the engine's own services. `settings` may be replaced while the engine runs."""

    providers: Mapping[str, ImageProvider]
    journal: Journal
    archive: Archive
    ledger: Ledger
    accounts: AccountSource
    clock: Clock
    settings: EngineSettings
    tasks: TaskOwner
    broadcast: Broadcast
    queue: CallQueue
    saver: PatientSaver
    scrubber: Scrubber
    spending: SpendingNews
    addresses: SweepAddressBook | None = None
    sent_addresses: SentAddressBook | None = None

    async def account(self, provider: str, account: str, sweep: SweepLink | None) -> Account:
        """The account with its key, which no journal or event will show from now on; its limit holds in the queue.
        `sweep`: that of the run, which may go to an address of its own."""
        found = await self.accounts.account(provider, account)
        self.scrubber.learn(found.secret)
        if sweep is not None and self.addresses is not None:
            base_url = self.addresses.find(sweep.sweep_id, provider)
            found = at_address(found, {"base_url": base_url}) if base_url else found
        if provider in self.providers:
            limit = found.concurrent_requests or self.providers[provider].spec.concurrent_requests
            self.queue.limit_account(AccountKey(provider, account), limit)
        return found

    def problem_of(self, error: Exception) -> Problem:
        """An error before anything was sent, as a value without keys; what is not a `StudioError` is our own fault."""
        if isinstance(error, StudioError):
            return self.scrubber.value(error.problem)
        self.log_fault("a request could not be made", error)
        detail = self.scrubber.text(f"{type(error).__name__}: {error}")
        return InternalFault(detail=detail, charged="no").problem

    def log_fault(self, what: str, error: BaseException) -> None:
        log.error("%s\n%s", what, self.scrubber.traceback(error))


def at_address(account: Account, fields: Mapping[str, str]) -> Account:
    """The account at another address than that of the settings."""
    own = account.fields if account.settings_fields is None else account.settings_fields
    return replace(account, fields={**account.fields, **fields}, settings_fields=own)


class SpendingNews:
    """Tells of today's money after it changed, a few times a second at most."""

    def __init__(
        self, ledger: Ledger, clock: Clock, broadcast: Broadcast, tasks: TaskOwner, limit: Callable[[], Money | None]
    ) -> None:
        self._ledger = ledger
        self._limit = limit
        self._clock = clock
        self._broadcast = broadcast
        self._alarm = Alarm(clock, tasks, self._ask, name="spending")
        self._tasks = tasks
        self._closed = False

    def changed(self) -> None:
        if not self._alarm.is_set and not self._closed:
            self._alarm.set(SPENDING_EVERY_S)

    def close(self) -> None:
        self._closed = True
        self._alarm.clear()

    def _ask(self) -> None:
        self._tasks.spawn(self._tell(), name="spending: read")

    async def _tell(self) -> None:
        try:
            spending = await self._ledger.spending()
        except (StudioError, OSError) as error:
            log.warning("today's spending cannot be read: %s", type(error).__name__)
            return
        self._broadcast.emit(
            SpendingChanged(
                at=self._clock.now(),
                billed=spending.billed,
                reserved=spending.reserved,
                unsure=spending.unsure,
                limit=self._limit(),
            )
        )
