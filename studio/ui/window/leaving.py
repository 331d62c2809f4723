"""Before the window closes: what is under way and would be lost is told, with what it may cost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.ui.tasks import ask
from studio.ui.translation import catalog_text, listed, sentences, translate
from studio.ui.widgets import Question

if TYPE_CHECKING:
    from studio.bootstrap import Studio
    from studio.domain.jobs import Run
    from studio.ui.window.controller import WindowController

_ASKED_WITHIN_S = 2.0
"""A studio that does not answer keeps nobody from leaving."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Losing:
    """Images of paid models that closing now gives up. What a provider has a ticket for is none of them: it is brought
    home at the next start."""

    in_doubt: int = 0
    """Sent and not yet here: they may be billed and never come."""
    waiting: int = 0
    """Not sent yet."""
    providers: tuple[str, ...] = ()
    """Ids of those that make the ones in doubt, in order."""


def losing(runs: Sequence[Run]) -> Losing:
    """What of these live runs would be lost."""
    in_doubt = waiting = 0
    providers: dict[str, None] = {}
    for job in (job for run in runs for job in run.jobs if not job.estimate.is_free):
        for call in job.calls:
            if call.state == "queued":
                waiting += call.image_count
            elif not call.state.is_final and call.ticket is None:
                in_doubt += call.image_count
                providers[job.target.provider] = None
    return Losing(in_doubt, waiting, tuple(providers))


async def may_leave(controller: WindowController) -> bool:
    """Asks before paid work is given up; without such work the window may close at once."""
    found = await _found(controller)
    if not (found.in_doubt or found.waiting):
        return True
    titles = {spec.id: spec.title for spec in controller.client.studio.specs}
    question = Question(
        controller.window,
        title=lambda: translate("Leaving", "Close while images are being made?"),
        text=lambda: losing_words(found, titles),
        details=lambda: translate("Leaving", "If this question is left open, it closes when they have come."),
        primary=lambda: translate("Leaving", "Close anyway"),
        cancel=lambda: translate("Leaving", "Stay"),
    )
    watching = asyncio.get_running_loop().create_task(_watch(controller, question))
    try:
        return bool(await ask(question))
    finally:
        watching.cancel()
        question.deleteLater()


async def _watch(controller: WindowController, question: Question) -> None:
    """What has come is no longer lost: with the last of it the question is answered, as whoever waits for it wants."""
    news = asyncio.Event()
    hear = controller.client.arrived.connect(lambda _events: news.set())
    try:
        while (found := await _found(controller)).in_doubt or found.waiting:
            await news.wait()
            news.clear()
        question.accept()
    finally:
        controller.client.arrived.disconnect(hear)


async def _found(controller: WindowController) -> Losing:
    async def read(studio: Studio) -> Losing:
        return losing(studio.engine.runs_under_way)

    try:
        async with asyncio.timeout(_ASKED_WITHIN_S):
            return await controller.client.run(read)
    except TimeoutError:
        _log.warning("The studio did not say what is under way within %s seconds.", _ASKED_WITHIN_S)
        return Losing()


def losing_words(found: Losing, titles: Mapping[str, str]) -> str:
    """One or two sentences; `titles` of the providers by their id, in English."""
    waiting = (
        translate("Leaving", "%n image(s) that wait will not be sent.", "", found.waiting) if found.waiting else ""
    )
    if not found.in_doubt:
        return waiting
    names = listed(catalog_text(titles.get(one, one)) for one in found.providers)
    lost = translate("Leaving", "%n image(s) may be billed and will not come: {providers}.", "", found.in_doubt)
    return sentences(lost.format(providers=names), waiting)
