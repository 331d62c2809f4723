"""Takes in what a provider sends for one call: ticket first, images to disk before they are shown, figures, notices."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import assert_never

from studio.domain.errors import DiskFull, FolderNotWritable, ImageSetAside, InternalFault, Problem, StudioError
from studio.domain.events import (
    Accepted,
    Exchanged,
    ImageArrived,
    ImageFailed,
    ImageMissing,
    ImageSaved,
    JobProgressed,
    Noticed,
    PartialArrived,
    PartialImage,
    Progressed,
    ProviderEvent,
    UsageReported,
)
from studio.domain.fit import seed_of_call
from studio.domain.jobs import Call, CallState, ImageRecord
from studio.domain.pricing import cost_of_usage
from studio.domain.values import CallId
from studio.engine.live import LiveRun
from studio.engine.parts import EngineParts
from studio.engine.planning import find_model
from studio.engine.progress import ProgressGate
from studio.engine.saving import SavingGivenUp, rescue
from studio.engine.tasks import TaskOwner


class Reception:
    """The results of one call. An event that is taken in is dealt with to the end, whatever happens meanwhile."""

    def __init__(self, parts: EngineParts, live: LiveRun, call_id: CallId) -> None:
        self._parts = parts
        self._live = live
        self._call_id = call_id
        self._gate = ProgressGate(
            parts.clock,
            parts.tasks,
            self._tell_progress,
            per_s=parts.settings.progress_per_s,
            name=f"{call_id}: progress",
        )
        self._saved: set[int] = set()
        self._held: dict[int, asyncio.Task[None]] = {}
        self._holding = TaskOwner()
        self.missing: dict[int, Problem] = {}
        """Images that will not come, by their index inside the job."""

    @property
    def call(self) -> Call:
        return self._live.call(self._call_id)

    async def recall(self) -> None:
        """What an earlier process has saved of this call need not come again."""
        self._saved.update(await self._parts.archive.saved_images(self.call))

    @property
    def images_came(self) -> bool:
        return bool(self._saved or self._held)

    @property
    def is_complete(self) -> bool:
        """Every image that was asked for is saved, held, or known not to come."""
        return not self.open_images

    async def receive(self, event: ProviderEvent) -> None:
        if not isinstance(event, Progressed):
            self._gate.flush()
        match event:
            case Accepted(ticket=ticket):
                await self._accept(ticket=ticket, accepted_at=self._parts.clock.now())
            case Progressed():
                await self._note_life()
                self._gate.offer(event)
            case PartialImage():
                await self._note_life()
                await self._keep_partial(event)
            case ImageArrived():
                await self._keep_image(event)
            case ImageFailed(index=index, problem=problem):
                self.give_up(self._job_index(index), problem)
            case Noticed(notice=notice):
                await self._live.add_notice(self.call.job_id, notice)
            case UsageReported():
                await self._note_usage(event)
            case Exchanged(exchange=exchange):
                known = self.call.exchange
                if exchange.request is None and known is not None:
                    exchange = exchange.model_copy(update={"request": known.request})
                self._live.change_call(self._call_id, exchange=exchange)
            case _ as never:
                assert_never(never)

    def give_up(self, job_index: int, problem: Problem) -> None:
        """This image will not come; told once."""
        if job_index in self._saved or job_index in self._held or job_index in self.missing:
            return
        problem = self._parts.scrubber.value(problem)
        self.missing[job_index] = problem
        at, run_id, job_id = self._parts.clock.now(), self._live.id, self.call.job_id
        self._parts.broadcast.emit(
            ImageMissing(at=at, run_id=run_id, job_id=job_id, image_index=job_index, problem=problem)
        )

    def give_up_rest(self, problem: Problem) -> None:
        for job_index in self.open_images:
            self.give_up(job_index, problem)

    async def settle(self) -> None:
        """Waits until every image that came is on disk, or rescued because the studio closes."""
        self._gate.flush()
        if self._held:
            await asyncio.gather(*self._held.values())

    # --- one kind of event each ----------------------------------------------------------------------------------

    async def _accept(self, **changes: object) -> None:
        call = await self._live.save_call_if_possible(self._call_id, state=CallState.ACCEPTED, **changes)
        self._live.tell_call(call)

    async def _note_life(self) -> None:
        if self.call.state in (CallState.SENDING, CallState.ACCEPTED):
            call = await self._live.save_call_if_possible(self._call_id, state=CallState.RUNNING)
            self._live.tell_call(call)

    def _tell_progress(self, progress: Progressed) -> None:
        self._parts.broadcast.emit(
            JobProgressed(
                at=self._parts.clock.now(),
                run_id=self._live.id,
                job_id=self.call.job_id,
                call_id=self._call_id,
                fraction=progress.fraction,
                phase=self._parts.scrubber.text(progress.phase),
                queue_place=progress.queue_place,
            )
        )

    async def _keep_partial(self, partial: PartialImage) -> None:
        job_index = self._job_index(partial.image_index)
        if job_index in self._saved:
            return
        try:
            path = await self._parts.archive.keep_partial(self._call_id, job_index, partial.step, partial.content)
        except (StudioError, OSError):
            return  # a preview may be lost; the image itself will tell what is wrong with the disk

        self._parts.broadcast.emit(
            PartialArrived(
                at=self._parts.clock.now(),
                run_id=self._live.id,
                job_id=self.call.job_id,
                call_id=self._call_id,
                image_index=job_index,
                step=partial.step,
                steps=partial.steps,
                path=path,
            )
        )

    async def _note_usage(self, event: UsageReported) -> None:
        job = self._live.job(self.call.job_id)
        model = find_model(job.target, self._parts.providers)
        cost = event.cost
        if cost is None and model is not None:
            cost = cost_of_usage(event.usage, model.prices)
        # Into the journal at once: no task is asked again for what it cost, and a crash must not lose it.
        await self._live.save_call_if_possible(self._call_id, usage=event.usage, reported=cost)
        if cost is not None:
            await self._live.report_cost(job.id, event.basis)

    # --- images --------------------------------------------------------------------------------------------------

    def _job_index(self, index: int) -> int:
        return self.call.first_image_index + index

    @property
    def open_images(self) -> list[int]:
        """Images of which nothing is known yet, by index inside the job."""
        first = self.call.first_image_index
        wanted = range(first, first + self.call.image_count)
        return [one for one in wanted if one not in self._saved and one not in self._held and one not in self.missing]

    async def _keep_image(self, image: ImageArrived) -> None:
        image = self._with_seed(image)
        job_index = self._job_index(image.index)
        if job_index in self._saved or job_index in self._held:
            return  # a task that was taken up again sends what it sent before
        try:
            records = await self._save(image)
        except (DiskFull, FolderNotWritable):
            # Reading goes on meanwhile: other images of this call must not wait in a socket until it times out.
            self._held[job_index] = self._holding.spawn(
                self._save_patiently(image, job_index), name=f"{self._call_id}: image in memory"
            )
        except Exception as error:
            await self._lose(image, job_index, error)
        else:
            self._tell_saved(records, job_index)

    async def _save(self, image: ImageArrived) -> Sequence[ImageRecord]:
        call = self.call
        return await self._parts.archive.save_image(self._live.snapshot(), self._live.job(call.job_id), call, image)

    async def _save_patiently(self, image: ImageArrived, job_index: int) -> None:
        try:
            records = await self._parts.saver.save(
                lambda: self._save(image), lambda problem: self._live.tell_blocked(self.call, problem)
            )
        except (SavingGivenUp, Exception) as error:
            await self._lose(image, job_index, error)
        else:
            self._tell_saved(records, job_index)

    async def _lose(self, image: ImageArrived, job_index: int, error: Exception) -> None:
        """The bytes cannot become an image of the library: they are rescued, and the user is told where to."""
        folders = self._parts.settings.rescue_folders
        path = await asyncio.to_thread(rescue, image.content, f"prompt-studio-{self._call_id}-{image.index}", folders)
        where = f"The bytes are kept in {path}." if path is not None else ""
        self._held.pop(job_index, None)
        if isinstance(error, StudioError):
            problem = error.problem.model_copy(update={"detail": f"{error.problem.detail} {where}".strip()})
        else:
            self._parts.log_fault(f"an image of call {self._call_id} cannot be saved. {where}", error)
            lost = ImageSetAside(path=path) if path is not None else InternalFault(charged="yes")
            problem = lost.problem
        self.give_up(job_index, problem)

    def _tell_saved(self, records: Sequence[ImageRecord], job_index: int) -> None:
        self._held.pop(job_index, None)
        self._saved.add(job_index)
        self._saved.update(record.index for record in records if not record.whole_grid)
        for record in records:
            self._parts.broadcast.emit(
                ImageSaved(at=self._parts.clock.now(), run_id=self._live.id, job_id=record.job_id, image=record)
            )

    def _with_seed(self, image: ImageArrived) -> ImageArrived:
        """The seed that was sent, where it can only be that of this image; otherwise as the provider reports it."""
        call = self.call
        job = self._live.job(call.job_id)
        model = find_model(job.target, self._parts.providers)
        if image.seed is not None or call.image_count != 1 or model is None:
            return image
        return image.model_copy(update={"seed": seed_of_call(job.fitted, call.first_image_index, model.capability)})
