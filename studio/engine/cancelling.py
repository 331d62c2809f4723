"""The wish to stop a call, from the user or from the end of the program, and what the provider says to it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum, auto

from studio.domain.notices import Notice
from studio.domain.ports import CancelOutcome
from studio.domain.values import JobId
from studio.engine.live import LiveRun
from studio.engine.parts import EngineParts
from studio.engine.tasks import Alarm


class StopReason(Enum):
    """Why we ended a connection ourselves."""

    CANCEL = auto()
    CLOSE = auto()
    DEADLINE = auto()


class StopWish:
    """Decides when a call lets go of its connection.

    Dropping it is the last resort: a request that may still bring a ticket gets a moment to do so, and a provider
    that has the task is asked to stop it first. Says "too late", and the image is waited for and kept."""

    def __init__(self, parts: EngineParts, news: asyncio.Event, *, name: str) -> None:
        self.wished = asyncio.Event()
        self.outcome: CancelOutcome | None = None
        """What the provider said; None: not asked, or no answer yet."""
        self._parts = parts
        self._news = news
        self._name = name
        self._cancels = 0
        self._closes = False
        self._patience = Alarm(parts.clock, parts.tasks, self._lose_patience, name=f"{name}: patience")
        self._impatient = False
        self._asking: asyncio.Task[None] | None = None

    @property
    def is_wished(self) -> bool:
        return self.wished.is_set()

    @property
    def is_cancelled(self) -> bool:
        """By the user; at the end of the program it is False unless he had cancelled before."""
        return self._cancels > 0

    def cancel(self) -> None:
        self._cancels += 1
        self._wish(self._parts.settings.cancel_patience_s)

    def close(self, patience_s: float) -> None:
        self._closes = True
        self._wish(patience_s)

    def reason(
        self, *, may_bring_ticket: bool, ask: Callable[[], Awaitable[CancelOutcome]] | None
    ) -> StopReason | None:
        """Asked while connected; None: go on listening. `ask` asks the provider, None where there is no ticket."""
        if not self.is_wished or (may_bring_ticket and not self._impatient):
            return None
        if self._closes:
            return StopReason.CLOSE
        if ask is None:
            return StopReason.CANCEL
        if self._asking is None:
            self._asking = self._parts.tasks.spawn(self._ask(ask), name=f"{self._name}: cancel")
        if self._cancels > 1 or self.outcome in (CancelOutcome.CANCELLED, CancelOutcome.UNSUPPORTED):
            return StopReason.CANCEL
        return None

    async def tell(self, live: LiveRun, job_id: JobId, outcome: CancelOutcome, code: str, provider: str) -> None:
        """A notice for an outcome that is not what the user wished for."""
        if outcome is CancelOutcome.CANCELLED:
            return
        code = code or ("cancel_too_late" if outcome is CancelOutcome.TOO_LATE else "cancel_unsupported")
        notice = Notice(field="model", kind="information", code=code, values={"provider": provider}, severity="warn")
        await live.add_notice(job_id, notice)

    async def finish(self) -> None:
        """Ends what is still under way for the wish."""
        self._patience.clear()
        if self._asking is not None and not self._asking.done():
            self._asking.cancel()
            await asyncio.wait({self._asking})

    def _wish(self, patience_s: float) -> None:
        self.wished.set()
        if self._impatient or patience_s <= 0:
            self._impatient = True
        else:
            self._patience.set(patience_s)
        self._news.set()

    def _lose_patience(self) -> None:
        self._impatient = True
        self._news.set()

    async def _ask(self, ask: Callable[[], Awaitable[CancelOutcome]]) -> None:
        self.outcome = await ask()
        self._news.set()
