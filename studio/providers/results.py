"""Results that a vendor hands out, as links mostly: fetched at once, and kept in a ticket until they are home."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Sequence
from typing import NamedTuple

from studio.domain.errors import ResultUnreachable, StudioError
from studio.domain.events import ImageArrived, ImageFailed, Noticed, ProviderEvent
from studio.domain.jobs import Ticket
from studio.domain.notices import Notice
from studio.domain.ports import GenerateCall
from studio.providers.adapter import Adapter
from studio.providers.messages import Endpoint

_LINKS = "links"


class LinkedImage(NamedTuple):
    """One image of an answer: its link, its bytes in base64, or the error that stands in its place."""

    url: str = ""
    revised_prompt: str | None = None
    failure: StudioError | None = None
    base64: str = ""


def links_ticket(call: GenerateCall, images: Sequence[LinkedImage]) -> Ticket:
    """For vendors without tasks: a crash while images are fetched loses none of them, as long as the links hold."""
    links = json.dumps([(image.url, image.revised_prompt) for image in images], ensure_ascii=False)
    data = {"model": call.model.id, "links": links}
    return Ticket(provider=call.account.provider, account=call.account.id, task_id=_LINKS, data=data)


def links_in(ticket: Ticket) -> list[LinkedImage] | None:
    """The images of a ticket that `links_ticket` made; None for any other."""
    if ticket.task_id != _LINKS:
        return None
    return [LinkedImage(url, revised) for url, revised in json.loads(ticket.data.get("links", "[]"))]


async def fetched(
    images: Sequence[LinkedImage], adapter: Adapter, endpoint: Endpoint
) -> AsyncGenerator[ProviderEvent, None]:
    """Every image, in order. One that cannot be had does not take the others with it; one that could not be reached is
    raised at the very end (ResultUnreachable), so that it can be asked for again."""
    unreachable: ResultUnreachable | None = None
    is_told = False
    for index, image in enumerate(images):
        if image.failure is not None:
            yield ImageFailed(index=index, problem=image.failure.problem)
            continue
        try:
            if image.base64:
                content = await adapter.decoded_image(image.base64)
            else:
                content = await adapter.transport.download(image.url, endpoint=endpoint)
        except ResultUnreachable as error:
            unreachable = error
            continue
        except StudioError as error:
            yield ImageFailed(index=index, problem=error.problem)
            continue
        if image.revised_prompt and not is_told:
            is_told = True
            values = {"provider": endpoint.provider}
            yield Noticed(notice=Notice(field="prompt", kind="information", code="prompt_rewritten", values=values))
        yield ImageArrived(
            index=index, content=content, image_url=image.url or None, revised_prompt=image.revised_prompt
        )
    if unreachable is not None:
        raise unreachable
