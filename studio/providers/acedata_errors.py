"""What the error codes of AceDataCloud mean. They come in several forms, and what the maker behind the gateway refuses
comes under the gateway's own codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from studio.domain.errors import (
    BadRequest,
    BalanceUsedUp,
    GatewayAnswered,
    KeyRejected,
    ModelEnded,
    PromptRefused,
    RateLimited,
    ServerFailed,
    StudioError,
)

_CLASSES: dict[str, type[StudioError]] = {
    "no_token": KeyRejected,
    "token_mismatched": KeyRejected,
    "invalid_token": KeyRejected,
    "token_expired": KeyRejected,
    "used_up": BalanceUsedUp,
    "too_many_requests": RateLimited,
}
_UNAVAILABLE = frozenset({"disabled", "api_not_implemented"})
_MODERATION = ("moderation", "safety system", "content policy", "content_policy")
"""Words by which a refusal of the maker behind the gateway is known: it comes under the gateway's own codes."""


class Said(NamedTuple):
    code: str
    message: str


def said_in(reply: Mapping[str, Any]) -> Said | None:
    """Code and words of a refusal in any of the forms that were seen; None for a reply of somebody else."""
    if not {"error", "detail", "success", "accepts"} & set(reply):
        return None
    error, detail = reply.get("error"), reply.get("detail")
    if isinstance(error, dict):
        code, message = error.get("code"), error.get("message") or error.get("detail")
        return Said(code if isinstance(code, str) else "", message if isinstance(message, str) else "")
    words = next((text for text in (error, detail, reply.get("message")) if isinstance(text, str)), "")
    return Said("", words)


def meaning(said: Said, status: int, facts: dict[str, Any], model_id: str) -> StudioError:
    """The class of error: by its code, then by its words, then by the status of the reply."""
    code, words = said.code, said.message.lower()
    if code in _CLASSES:
        return _CLASSES[code](**facts)
    if code in _UNAVAILABLE:
        return ModelEnded(**facts, model=model_id)
    if any(word in words for word in _MODERATION):
        return PromptRefused(**facts)
    if code == "forbidden" or (status == 403 and code not in ("bad_request", "api_error")):
        # The same code stands for the filter and for a token that is limited to other services.
        return KeyRejected(**facts) if "token" in words else PromptRefused(**facts)
    return _by_status(status, facts)


def _by_status(status: int, facts: dict[str, Any]) -> StudioError:
    match status:
        case 401:
            return KeyRejected(**facts)
        case 402:
            return BalanceUsedUp(**facts)
        case 404:
            return BadRequest(**facts, parameter="this address")
        case 413:
            return BadRequest(**facts, parameter="a request of this size")
        case 429:
            return RateLimited(**facts)
        case 200 | 500 | 503:
            # It may have been drawn when the gateway gave up: the user decides about another try.
            return ServerFailed(**facts, charged="maybe")
        case _ if status > 500 or status == 408:
            return GatewayAnswered(**facts)
        case _:
            return BadRequest(**facts, parameter="the request")
