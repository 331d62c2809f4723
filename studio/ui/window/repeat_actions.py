"""Makes once more what did not come: as a cell of its sweep where it is one, after a question where it may have been
billed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from studio.domain.values import RunId
from studio.ui.tasks import ask
from studio.ui.translation import catalog_text, filled, sentences
from studio.ui.widgets.dialog import Question
from studio.ui.window.carried_out import carried_out

if TYPE_CHECKING:
    from studio.bootstrap import Studio
    from studio.domain.jobs import Job, Run
    from studio.ui.window.controller import WindowController


class RepeatActions(QObject):
    """Listens to `StudioActions`; what came of it becomes a line in the message bar."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller, self._client = controller, controller.client
        self._serial = 0
        actions = controller.actions
        actions.generate_again.connect(lambda job: self._start(self._make_again(job)))
        actions.generate_again_in_doubt.connect(lambda job: self._start(self._make_again(job, doubt_accepted=True)))
        actions.run_failed_again.connect(lambda run: self._start(self._make_failed(run)))

    async def _make_again(self, job_id: str, *, doubt_accepted: bool = False) -> None:
        """What is missing of one job. `doubt_accepted`: the user was told that it may have been billed already."""
        run = await self._run(int(job_id.partition(".")[0]))
        job = next((job for job in run.jobs if job.id == job_id), None) if run is not None else None
        if run is None or job is None:
            return
        if not doubt_accepted and in_doubt(job) and not await self._ask_about_doubt(run, job):
            return
        if run.sweep is not None:
            await self._make_in_sweep(run, [job], in_doubt_too=True)
        elif _came_in_part(job):
            await carried_out(
                self._controller, lambda studio: studio.engine.run_again(run.id, only_missing=True, jobs=[job.id])
            )
        else:
            await carried_out(self._controller, lambda studio: studio.engine.generate_again(job.id))

    async def _make_failed(self, run_id: int) -> None:
        """Only the images of a run that did not come, and nothing that may have been billed."""
        run = await self._run(run_id)
        if run is None:
            return
        if run.sweep is not None:
            await self._make_in_sweep(run, run.jobs, in_doubt_too=False)
            return
        started: list[Any] = []

        async def work(studio: Studio) -> None:
            started.extend(await studio.engine.run_again(run.id, only_missing=True, in_doubt_too=False))

        if await carried_out(self._controller, work) and not started:
            undecided = any(in_doubt(job) for job in run.jobs)
            self._controller.say("note", self._undecided_words if undecided else self._nothing_words)

    async def _make_in_sweep(self, run: Run, jobs: Sequence[Job], *, in_doubt_too: bool) -> None:
        """Cells without a picture are made as cells of their sweep. A cell that has one, and only lacks others, cannot
        be: the sweep counts a cell by its newest run. What it lacks comes in a run of its own."""
        if run.sweep is None or not await self._controller.sweeps.may_send(run.sweep.sweep_id):
            return
        in_part = [job.id for job in jobs if _came_in_part(job)]
        ours = [job.id for job in jobs]
        cells: list[int] = []
        others: list[Run] = []

        async def work(studio: Studio) -> None:
            cells.extend(await studio.sweeps.repeat_failed(run, jobs=ours, doubt_accepted=in_doubt_too))
            if in_part:
                more = await studio.engine.run_again(run.id, only_missing=True, jobs=in_part, in_doubt_too=in_doubt_too)
                others.extend(more)

        if await carried_out(self._controller, work):
            undecided = not in_doubt_too and any(in_doubt(job) for job in jobs)
            self._controller.say("note", lambda: self._came_words(run, len(cells), bool(others), undecided))

    # ------------------------------------------------------------------------------------------------ words
    def _came_words(self, run: Run, cells: int, in_part: bool, undecided: bool) -> str:
        number = run.sweep.sweep_id if run.sweep is not None else 0
        again = self.tr("%n cell(s) of sweep {number} are made again.", "", cells).format(number=number)
        rest = self.tr("What other cells lack comes in a run of its own, outside of the sweep.")
        if cells or in_part:
            return sentences(again if cells else "", rest if in_part else "")
        if undecided:
            return self._undecided_words()
        if all(not job.missing for job in run.jobs):
            return self._nothing_words()
        return self.tr("Sweep {number} has made this since, or makes it now. Nothing was sent.").format(number=number)

    def _undecided_words(self) -> str:
        return self.tr("Nothing was sent: decide first about what may have been billed.")

    def _nothing_words(self) -> str:
        return self.tr("Nothing of this run is missing.")

    async def _ask_about_doubt(self, run: Run, job: Job) -> bool:
        provider = self._client.studio.providers.get(job.target.provider)
        title = provider.spec.title if provider is not None else job.target.provider

        def words() -> str:
            price = self._controller.quotes.of_again(run, job.id).price
            told = self.tr("{provider} may have billed it already. Making it again is a new paid request ({price}).")
            if not price:
                told = self.tr("{provider} may have billed it already. Making it again is a new paid request.")
            return filled(told, provider=catalog_text(title), price=price)

        question = Question(
            self._controller.window,
            title=lambda: self.tr("This image may have been billed"),
            text=words,
            primary=lambda: self.tr("Generate again"),
        )
        question.return_presses_primary = False
        question.cancel_button.setFocus()
        agreed = bool(await ask(question))
        question.deleteLater()
        return agreed

    # ------------------------------------------------------------------------------------------------ inner
    async def _run(self, run_id: int) -> Run | None:
        page = await self._client.run(lambda studio: studio.workspace.library.run(RunId(run_id)))
        return page.run if page is not None else None

    def _start(self, work: Any) -> None:
        self._serial += 1
        self._controller.tasks.start(f"repeat {self._serial}", work)


def in_doubt(job: Job) -> bool:
    """Some of it may have been billed without an answer."""
    return any(call.state == "uncertain" for call in job.calls)


def _came_in_part(job: Job) -> bool:
    """Some of its images came, others did not."""
    return bool(job.missing) and any(call.state == "done" for call in job.calls)
