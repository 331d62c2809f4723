"""What Volcengine and BytePlus answer: a reply with all images, or a stream of them; and what it says of the cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from pydantic import TypeAdapter

from studio.domain.assets import Size
from studio.domain.events import UsageReported
from studio.domain.ports import GenerateCall
from studio.domain.pricing import Money, Usage, estimate
from studio.providers.adapter import Received


class Failure(Received):
    """An ``error`` object; anything in it may be missing."""

    code: str = ""
    message: str = ""
    param: str = ""

    @classmethod
    def of(cls, said: Any) -> Self | None:
        """None for what is no error."""
        if isinstance(said, str) and said:
            return cls(message=said)
        if not isinstance(said, Mapping):
            return None
        return cls.model_validate({key: value for key, value in said.items() if isinstance(value, str)})

    @property
    def usual_status(self) -> int:
        """The status this error has when it is not told inside another reply."""
        if self.code.startswith("Internal") or not self.code:
            return 500
        return 429 if "RateLimit" in self.code else 400


class Item(Received):
    """An image as a link or as base64, or why there is none."""

    url: str | None = None
    b64_json: str | None = None
    size: str | None = None
    error: Any = None


class Used(Received):
    """Figures of the bill."""

    generated_images: int | None = None
    output_tokens: int | None = None
    total_tokens: int | None = None
    tool_usage: dict[str, Any] | None = None


class WholeReply(Received):
    """All images at once."""

    data: tuple[Item, ...] | None = None
    usage: Used | None = None
    error: Any = None


class StreamEvent(Item):
    """One image of a set, or the last word."""

    type: str = ""
    image_index: int | None = None
    usage: Used | None = None

    @property
    def is_last(self) -> bool:
        """The set is over, or the request failed as a whole: such an error stands alone, without a type."""
        return self.type.endswith(".completed") or (
            Failure.of(self.error) is not None and not self.type.endswith(".partial_failed")
        )


KEPT = TypeAdapter(dict[int, Item])
"""What a ticket keeps of an answer: links and errors by index."""


def usage_reported(call: GenerateCall, items: Iterable[Item], used: Used) -> UsageReported:
    """The figures, and a cost where published prices leave no doubt about it."""
    sizes = [item.size for item in items if item.url or item.b64_json]
    figures = Usage(image_out=used.output_tokens, total=used.total_tokens, images=used.generated_images)
    # What a web search costs is published nowhere, and a count that is not that of the images cannot be told apart.
    is_clear = len(sizes) == used.generated_images and not used.tool_usage
    cost = _cost(call, sizes) if is_clear else None
    count = used.generated_images
    return UsageReported(usage=figures, cost=cost, basis=f"usage: {count} images" if count is not None else "usage")


def _cost(call: GenerateCall, sizes: Sequence[str | None]) -> Money | None:
    """Published prices for the sizes that were made."""
    total: Money | None = None
    for text in sizes:
        size = _size_of(text) or call.request.expected_size
        made = call.request.model_copy(update={"expected_size": size, "images_per_call": (1,)})
        one = estimate(made, call.model.prices, call.model.capability.unsent_defaults).typical
        if one is None:
            return None
        total = one if total is None else Money(amount=total.amount + one.amount, currency=one.currency)
    return total


def _size_of(text: str | None) -> Size | None:
    try:
        return Size.parse(text or "")
    except ValueError:
        return None
