"""What goes wrong on the two ways to Midjourney: codes of a proxy and of AceDataCloud, words of failed jobs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.domain.errors import (
    BadRequest,
    BalanceUsedUp,
    GatewayAnswered,
    KeyRejected,
    ModelNotOpened,
    Overloaded,
    PromptRefused,
    RateLimited,
    Repeat,
    ServerFailed,
    StudioError,
    TaskExpired,
    TaskFailed,
    UnknownState,
)

ACCEPTED_CODES = frozenset({1, 21, 22})

_CODE_OF_STATUS = {
    400: "bad_request",
    401: "invalid_token",
    402: "used_up",
    403: "forbidden",
    404: "no_api",
    413: "request_too_large",
    429: "too_many_requests",
    500: "api_error",
    504: "timeout",
}
_KEY = frozenset({"no_token", "invalid_token", "token_expired", "token_mismatched"})
_NOT_OPEN = frozenset({"disabled", "api_not_implemented"})

_MODERATION_WORDS = ("banned", "moderat", "sensitive", "blocked", "policy", "safety")
_MISTAKE_WORDS = ("invalid", "unrecognized parameter", "not compatible", "cannot be used together")


def submit_refusal(said: Mapping[str, Any], provider: str) -> StudioError:
    """A proxy's answer to a submit that it does not take; it drew nothing. Code 23 is refused whatever else it says."""
    code, words = said.get("code"), str(said.get("description") or "")
    facts: dict[str, Any] = {"provider": provider, "vendor_code": str(code), "detail": words}
    if code == 24:
        properties = said.get("properties")
        word = properties.get("bannedWord") if isinstance(properties, Mapping) else None
        return PromptRefused(**{**facts, "detail": f"{words}: {word}" if word else words})
    if code == 23:
        return Overloaded(**facts)
    if code == 3:
        return TaskExpired(**facts, charged="no")
    if code == 4:
        return BadRequest(**facts, parameter="the request")
    if code == 9:
        # Nobody says how far it came, so it is not sent again by itself.
        return TaskFailed(**facts)
    return UnknownState(**facts, state=f"code {code}", charged="no")


def gateway_refusal(said: Mapping[str, Any], status: int, provider: str, model_id: str) -> StudioError | None:
    """An error in the form of AceDataCloud and of resellers; None when it is not in that form."""
    if not {"error", "detail"} & set(said):
        return None
    error = said.get("error") or said.get("detail")
    code = str(error.get("code") or "") if isinstance(error, Mapping) else ""
    words = str(error.get("message") or "") if isinstance(error, Mapping) else str(error or "")
    if status == 402:
        code = "used_up"
    kind = code if code in _KNOWN else _CODE_OF_STATUS.get(status, "")
    if not kind:
        return None
    facts: dict[str, Any] = {"provider": provider, "vendor_code": code or None, "detail": words}
    return _gateway_error(kind, facts, words, model_id)


_KNOWN = _KEY | _NOT_OPEN | set(_CODE_OF_STATUS.values())


def _gateway_error(kind: str, facts: dict[str, Any], words: str, model_id: str) -> StudioError:
    if kind in _KEY or (kind == "forbidden" and any(word in words.lower() for word in ("token", "permission"))):
        return KeyRejected(**facts)
    if kind in _NOT_OPEN:
        return ModelNotOpened(**facts, model=model_id or "Midjourney")
    match kind:
        case "used_up":
            return BalanceUsedUp(**facts)
        case "forbidden":
            return PromptRefused(**facts)
        case "too_many_requests":
            return RateLimited(**facts)
        case "timeout":
            return GatewayAnswered(**facts)
        case "api_error":
            # There is no key against doing it twice, and the vendor does not say that nothing was drawn.
            error = ServerFailed(**facts)
            error.problem = error.problem.model_copy(update={"repeat": Repeat.NEVER})
            return error
    parameter = {"no_api": "this address", "request_too_large": "a request of this size"}.get(kind, "the request")
    return BadRequest(**facts, parameter=parameter)


def failed_task(reason: str, facts: Mapping[str, Any]) -> StudioError:
    """The error of a job that Midjourney or the server gave up; `reason` are its words, ``[title] description``."""
    words = reason.lower()
    if any(word in words for word in _MODERATION_WORDS):
        return PromptRefused(**facts, detail=reason)
    if any(word in words for word in _MISTAKE_WORDS):
        return BadRequest(**facts, detail=reason, parameter="a parameter of the prompt")
    # A time-out of the server, for one: the job at Midjourney goes on and is counted.
    return TaskFailed(**facts, detail=reason, charged="maybe")
