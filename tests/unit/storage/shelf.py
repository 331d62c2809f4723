"""A workspace with images in it, made quickly, for trying searches and orders on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from studio.domain.jobs import CallState, ImageRecord, Job, JobState
from studio.domain.pricing import Cost, Money
from studio.storage import Workspace
from tests.unit.storage.material import HandClock, arrived, draft_run, moved, picture


class Shelf:
    def __init__(self, workspace: Workspace, clock: HandClock) -> None:
        self.workspace, self.clock = workspace, clock
        self._made = 0

    async def add(
        self,
        prompt: str = "a harbour",
        *,
        targets: Sequence[str] = ("openai/gpt-image-2",),
        cost: str | None = None,
        content: bytes | None = None,
        negative: str = "",
        **arrival: object,
    ) -> list[ImageRecord]:
        """A run with one image for each target, a minute after the one before."""
        self.clock.advance(minutes=1)
        run = await self.workspace.journal.add_run(
            draft_run(self.clock, prompt, targets=targets, negative=negative, seed=None)
        )
        images: list[ImageRecord] = []
        for job in run.jobs:
            self._made += 1
            bytes_of_it = content or picture(48 + self._made, 48, marks=self._made % 7)
            images += await self.workspace.archive.save_image(
                run, job, job.calls[0], arrived(bytes_of_it, 0, **arrival)
            )
            await self._finish(job, cost)
        return images

    async def one(self, prompt: str = "a harbour", **values: object) -> ImageRecord:
        (image,) = await self.add(prompt, **values)  # type: ignore[arg-type]  # passed on as they are
        return image

    async def fail(self, prompt: str, target: str = "openai/gpt-image-2") -> None:
        """A run that brought nothing."""
        self.clock.advance(minutes=1)
        run = await self.workspace.journal.add_run(draft_run(self.clock, prompt, targets=(target,)))
        for job in run.jobs:
            await self.workspace.journal.save_call(moved(job.calls[0], CallState.FAILED))
            await self.workspace.journal.save_job(job.model_copy(update={"state": JobState.FAILED}))

    async def _finish(self, job: Job, cost: str | None) -> None:
        reported = None if cost is None else Money(amount=Decimal(cost))
        for state in (CallState.SENDING, CallState.DONE):
            await self.workspace.journal.save_call(moved(job.calls[0], state))
        await self.workspace.journal.save_job(
            job.model_copy(update={"state": JobState.DONE, "cost": Cost(reported=reported)})
        )
