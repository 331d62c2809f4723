"""What a provider tells while it works, heard to its end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from studio.domain.errors import StudioError
from studio.domain.events import ProviderEvent
from studio.domain.jobs import Ticket
from studio.domain.ports import Account, GenerateCall, ImageProvider


async def events_of(provider: ImageProvider, call: GenerateCall) -> list[ProviderEvent]:
    return await _all(provider.generate(call))


async def resumed(provider: ImageProvider, ticket: Ticket, account: Account) -> list[ProviderEvent]:
    return await _all(provider.resume(ticket, account))


async def _all(events: AsyncIterator[ProviderEvent]) -> list[ProviderEvent]:
    async with aclosing(events):  # type: ignore[type-var]  # a generator in practice
        return [event async for event in events]


async def heard_until_error(events: AsyncIterator[ProviderEvent]) -> tuple[list[ProviderEvent], StudioError]:
    """What came before the error, and the error; one has to come."""
    heard: list[ProviderEvent] = []
    try:
        async with aclosing(events):  # type: ignore[type-var]  # a generator in practice
            async for event in events:
                heard.append(event)  # noqa: PERF401 - what came before the error is what counts
    except StudioError as error:
        return heard, error
    raise AssertionError(f"no error came: {heard}")


async def failure_of(provider: ImageProvider, call: GenerateCall) -> StudioError:
    return (await heard_until_error(provider.generate(call)))[1]


def only(events: list[ProviderEvent], kind: type[Any]) -> Any:
    """The one event of that kind."""
    (found,) = [event for event in events if isinstance(event, kind)]
    return found
