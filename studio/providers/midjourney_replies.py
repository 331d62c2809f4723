"""What a Midjourney proxy and AceDataCloud's gateway answer: submits, tasks, lines of a stream.

Any field but an id may be missing or null, and numbers come as text now and then."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError

from studio.domain.events import Progressed
from studio.domain.ports import LostCall
from studio.providers.adapter import Received

_AHEAD, _BEHIND = timedelta(minutes=2), timedelta(minutes=5)
"""A lost task is looked for so long before and after the moment of sending: clocks differ."""


class Submitted(Received):
    code: int
    description: str | None = None
    result: str | int | None = None
    properties: dict[str, Any] | None = None


class ProxyTask(Received):
    """A proxy's task. Any field but the id may be missing or null."""

    id: str | int | None = None
    status: str | None = None
    progress: str | float | None = None
    imageUrl: str | None = None  # noqa: N815 - the name on the wire
    failReason: str | None = None  # noqa: N815
    prompt: str | None = None
    promptEn: str | None = None  # noqa: N815
    seed: str | int | None = None
    state: str | None = None
    submitTime: int | None = None  # noqa: N815


class Picture(Received):
    """A line of the gateway's stream, and what its tasks hold at the end."""

    success: bool | None = None
    task_id: str | None = None
    image_id: str | None = None
    progress: str | float | None = None
    image_url: str | None = None
    raw_image_url: str | None = None
    actions: tuple[str, ...] | None = None
    error: dict[str, Any] | str | None = None

    @property
    def url(self) -> str:
        """The full picture."""
        return self.raw_image_url or self.image_url or ""

    @property
    def is_last(self) -> bool:
        """The last line of a stream says 100, or names what can be done next."""
        return bool(self.url) and (bool(self.actions) or fraction_of(self.progress) == 1)

    @property
    def is_done(self) -> bool:
        """Of a task; there it need not say a percent."""
        return self.is_last or (bool(self.url) and self.success is True and fraction_of(self.progress) is None)


class GatewayTask(Received):
    id: str | None = None
    response: Picture | None = None
    finished_at: float | str | None = None


_TASKS = TypeAdapter(tuple[ProxyTask, ...])


@dataclass(slots=True)
class Watch:
    """What was seen of one task so far."""

    fraction: float = 0.0
    partial_url: str = ""
    steps: int = 0
    unknown: int = 0

    def progress(self, said: str | float | None, phase: str) -> Progressed:
        """The percent never falls; words without a number leave it as it is."""
        self.fraction = max(self.fraction, fraction_of(said) or 0.0)
        words = str(said or "")
        return Progressed(fraction=self.fraction, phase=words if re.search("[A-Za-z]", words) else phase)


def state_word(call_id: str) -> str:
    """Our own word in a proxy's task; it comes back with it."""
    return f"prompt-studio {call_id}"


def lost_task_in(content: bytes, lost: LostCall) -> str | None:
    """The id of the one task of a proxy's list with our word that was submitted about then and is nobody else's."""
    try:
        tasks = _TASKS.validate_json(content or b"[]")
    except ValidationError:
        return None
    begin, end = (moment.timestamp() * 1000 for moment in (lost.sent_at - _AHEAD, lost.sent_at + _BEHIND))
    found = [
        str(task.id)
        for task in tasks
        if task.state == state_word(lost.call.id)
        and task.submitTime is not None
        and begin <= task.submitTime <= end
        and str(task.id) not in lost.known_tasks
    ]
    return found[0] if len(found) == 1 else None


def fraction_of(said: str | float | None) -> float | None:
    """``42``, ``"42"``, ``"42%"`` -> 0.42; None for words without a percent."""
    found = re.search(r"(\d{1,3})(?:\.\d+)?\s*%|^\s*(\d{1,3})(?:\.\d+)?\s*$", str(said)) if said is not None else None
    return min(int(found[1] or found[2]), 100) / 100 if found is not None else None
