"""The images of one answer on their way to the user, whole or one after the other; what is paid is lost by no break."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator

from studio.domain.errors import NoImage, Problem, ResultUnreachable, ServerFailed, StudioError
from studio.domain.events import ImageArrived, ImageFailed
from studio.domain.jobs import Ticket
from studio.domain.ports import Account
from studio.providers.messages import Endpoint
from studio.providers.redaction import redacted_body
from studio.providers.volcengine_replies import KEPT, Item

Fetch = Callable[[Item], Awaitable[bytes]]


class Delivery:
    """The images of one call, told as they come. One whose host could not be reached is told at the very end, so that
    all of them can be asked for again."""

    def __init__(self, provider: str, endpoint: Endpoint, model_id: str, count: int, fetch: Fetch) -> None:
        """`count` images are expected; `fetch` gives the picture of an entry, or raises why there is none."""
        self.items: dict[int, Item] = {}
        self.is_open = True
        """A stream that has not said its last word."""
        self._provider = provider
        self._fetch = fetch
        self._endpoint = endpoint
        self._model_id = model_id
        self._count = count
        self._last: Problem | None = None
        self._unreachable: ResultUnreachable | None = None

    @property
    def is_complete(self) -> bool:
        return len(self.items) >= self._count

    @property
    def has_links(self) -> bool:
        return any(item.url for item in self.items.values())

    async def take(self, index: int, item: Item) -> ImageArrived | ImageFailed | None:
        """What became of one entry; None when it can be asked for again."""
        self.items[index] = item
        self._last = None
        try:
            content = await self._fetch(item)
        except ResultUnreachable as error:
            self._unreachable = error
            return None
        except StudioError as error:
            self._last = error.problem
            return ImageFailed(index=index, problem=error.problem)
        return ImageArrived(index=index, content=content, image_url=item.url)

    def rest(self, why: Problem | None = None) -> Iterator[ImageFailed]:
        """The images that will not come: for the reason given, for the inner error that ended the set, or because the
        model made fewer. Raises NoImage when there is none, ResultUnreachable when one is still to be fetched."""
        if not self.items:
            raise NoImage(provider=self._provider)
        if why is None and self._last is not None and self._last.kind == ServerFailed.kind:
            why = self._last
        words = f"The model made a set of {len(self.items)}. Say in the prompt how many images there shall be."
        fewer = NoImage(provider=self._provider, charged="no", detail=words).problem
        for index in range(self._count):
            if index not in self.items:
                yield ImageFailed(index=index, problem=why or fewer)
        if self._unreachable is not None:
            raise self._unreachable

    def ticket(self, account: Account) -> Ticket:
        """All that is known so far: links, and the words of errors without any key in them."""
        kept = {
            index: Item(url=item.url, size=item.size, error=redacted_body(item.error, self._endpoint.secrets))
            for index, item in self.items.items()
        }
        data = {"model": self._model_id, "count": str(self._count), "base_url": self._endpoint.base_url}
        data["items"] = KEPT.dump_json(kept, exclude_none=True).decode()
        data |= {"open": "yes"} if self.is_open else {}
        return Ticket(provider=account.provider, account=account.id, task_id="links", data=data)
