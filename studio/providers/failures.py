"""What a broken exchange means for money: one place decides, from what was at stake and how far it had come."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from enum import Enum
from typing import Any

from studio.domain.errors import (
    BrokenReply,
    DeadlinePassed,
    ImageTooLarge,
    NotSecure,
    Offline,
    ResultUnreachable,
    StudioError,
    Uncertain,
)
from studio.providers.decoding import MEBIBYTE, TooMuchError, UndecodableError
from studio.providers.polling import words_for_duration
from studio.providers.redaction import redacted


class Stakes(Enum):
    PAID = "a paid request: never sent twice"
    FREE = "a free question: may be asked again"
    OWED = "a question about something paid: free to repeat, but never 'nothing was sent'"


class Passage:
    """One request on its way."""

    def __init__(self, stakes: Stakes, *, provider: str, host: str, total_s: float) -> None:
        self.stakes = stakes
        self.provider = provider
        self.host = host
        self.total_s = total_s
        self.has_left = False
        """A first byte may be on the wire. Known exactly, because the connection tells before it writes."""
        self._to_proxy: Any = None
        """The open connection to a SOCKS proxy, before it is one to the vendor."""

    async def trace(self, step: str, facts: Mapping[str, Any]) -> None:
        """Called by the HTTP library at each step of a connection (its ``trace`` extension)."""
        if step.endswith(".send_request_headers.started"):
            request = facts.get("request")
            # CONNECT opens a tunnel through a proxy; the vendor hears nothing of it.
            self.has_left = self.has_left or getattr(request, "method", b"") != b"CONNECT"
        elif step == "socks.connect_tcp.complete":
            self._to_proxy = facts.get("return_value")
        elif step == "socks.setup_socks5_connection.failed" and self._to_proxy is not None:
            # The library forgets it, and it would stay open.
            await self._to_proxy.aclose()

    def failure(self, error: BaseException) -> StudioError:
        """The error to raise for what the connection, a time-out or a decoder said."""
        detail = redacted(_deepest_words(error))
        if isinstance(error, TooMuchError):
            return self._too_much(error.limit_bytes)
        if isinstance(error, UndecodableError):
            return self._unreadable(detail)
        if not self.has_left and any(isinstance(cause, ssl.SSLError) for cause in _causes(error)):
            return self._not_secure(detail)
        if self.stakes is Stakes.OWED:
            return ResultUnreachable(provider=self.provider, host=self.host, detail=detail)
        if self.stakes is Stakes.FREE or not self.has_left:
            return Offline(provider=self.provider, host=self.host, detail=detail)
        if type(error) is TimeoutError:
            return DeadlinePassed(provider=self.provider, duration=words_for_duration(self.total_s))
        return Uncertain(provider=self.provider, host=self.host, detail=detail)

    def _not_secure(self, detail: str) -> StudioError:
        owed = self.stakes is Stakes.OWED
        return NotSecure(provider=self.provider, host=self.host, detail=detail, charged="maybe" if owed else "no")

    def _too_much(self, limit_bytes: int) -> StudioError:
        free = self.stakes is Stakes.FREE
        limit = f"{limit_bytes // MEBIBYTE} MiB"
        return ImageTooLarge(provider=self.provider, limit=limit, charged="no" if free else "yes")

    def _unreadable(self, detail: str) -> StudioError:
        if self.stakes is Stakes.OWED:
            return ResultUnreachable(provider=self.provider, host=self.host, detail=detail)
        charged = "no" if self.stakes is Stakes.FREE else "maybe"
        return BrokenReply(provider=self.provider, detail=detail, charged=charged)  # type: ignore[arg-type]  # narrowed above


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in found:
        found.append(current)
        current = current.__cause__ or current.__context__
    return found


def _deepest_words(error: BaseException) -> str:
    """What the system itself said ("Connection refused") rather than what each library made of it."""
    chain = _causes(error)
    for cause in reversed(chain):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
    return next((str(cause) for cause in chain if str(cause)), type(error).__name__)
