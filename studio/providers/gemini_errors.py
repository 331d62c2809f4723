"""What Gemini means: error statuses with their details, and the reasons inside an answer that says it went well."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from studio.domain.capability import ProviderSpec
from studio.domain.errors import (
    BadRequest,
    BalanceUsedUp,
    GatewayAnswered,
    KeyRejected,
    ModelEnded,
    ModelUnknown,
    NoImage,
    Overloaded,
    QuotaReached,
    RateLimited,
    RegionRefused,
    ResultWithheld,
    ServerFailed,
    StudioError,
    Uncertain,
    UnknownState,
)

WITHHELD = frozenset({
    "SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT",
    "RECITATION", "IMAGE_RECITATION",
})  # fmt: skip
"""Reasons to withhold a picture that was made, for harm or because it is too close to known works."""

_BROKEN_OFF = frozenset({"MAX_TOKENS", "IMAGE_OTHER", "OTHER", "MALFORMED_RESPONSE"})

_DELAY = re.compile(r"(\d+(?:\.\d+)?)s")
_UNKNOWN_NAME = re.compile(r'Unknown name "([^"]+)"')


def refusal_of(error: Any, status: int, spec: ProviderSpec, model_id: str) -> StudioError | None:
    """What stands at ``error`` in a reply; None when it is not in the vendor's form.

    `status`: of the reply; inside a stream the error's own ``code``."""
    if not isinstance(error, dict):
        return None
    code, message = str(error.get("status") or ""), str(error.get("message") or "")
    facts: dict[str, Any] = {"provider": spec.title, "vendor_code": code or None, "detail": message}
    details, words = _details_of(error), message.lower()
    if code in ("UNAUTHENTICATED", "PERMISSION_DENIED") or any(
        str(detail.get("reason", "")).startswith("API_KEY_") for detail in details
    ):
        return KeyRejected(**facts)
    match code:
        case "RESOURCE_EXHAUSTED":
            return (QuotaReached if _is_long(details, words) else RateLimited)(**facts)
        case "FAILED_PRECONDITION":
            return (RegionRefused if "location" in words else BalanceUsedUp)(**facts)
        case "NOT_FOUND":
            return _not_found(facts, words, spec, model_id)
        case "UNAVAILABLE":
            return Overloaded(**facts)
        case "CANCELLED":
            return Uncertain(**facts)
    return _by_status(status, facts, details)


def _not_found(facts: dict[str, Any], words: str, spec: ProviderSpec, model_id: str) -> StudioError:
    """A model that we know of and the vendor no longer does has ended, whatever the lists say."""
    if "url" in words:
        return BadRequest(**facts, parameter="this address")
    return (ModelUnknown if spec.model(model_id) is None else ModelEnded)(**facts, model=model_id)


def without_image(finish: str, explained: str, words: str, facts: dict[str, Any]) -> StudioError:
    """Why an answer that says it went well holds no picture. `finish`: its reason; `explained`: what it says to that;
    `words`: what the model wrote in place of a picture."""
    detail = ": ".join(part for part in (finish, explained or words) if part)
    told = {**facts, "vendor_code": finish or None}
    if finish in WITHHELD:
        return ResultWithheld(**told, detail=detail)
    if finish in ("", "STOP", "NO_IMAGE"):
        return NoImage(**told, detail=words or explained)
    if finish in _BROKEN_OFF:
        return ServerFailed(**told, detail=detail, charged="maybe")
    if finish == "LANGUAGE":
        return BadRequest(**told, detail=detail, parameter="the language of the prompt", charged="maybe")
    return UnknownState(**told, detail=detail, state=finish)


def pause_s(error: Any) -> float | None:
    """The pause that the vendor asks for, in seconds; it stands in the body."""
    found = (_DELAY.fullmatch(str(detail.get("retryDelay"))) for detail in _details_of(error))
    delay = next((match for match in found if match is not None), None)
    return float(delay[1]) if delay is not None else None


def _details_of(error: Any) -> list[dict[str, Any]]:
    details = error.get("details") if isinstance(error, dict) else None
    return [detail for detail in details if isinstance(detail, dict)] if isinstance(details, list) else []


def _is_long(details: Sequence[Mapping[str, Any]], words: str) -> bool:
    """Is it a limit that waiting for a minute does not lift: that of a day, or none at all on the free tier?"""
    quotas = [
        str(violation.get("quotaId", ""))
        for detail in details
        for violation in detail.get("violations") or ()
        if isinstance(violation, dict)
    ]
    return any("PerDay" in quota for quota in quotas) or "limit: 0" in words


def _by_status(status: int, facts: dict[str, Any], details: Sequence[Mapping[str, Any]]) -> StudioError:
    match status:
        case 401 | 403:
            return KeyRejected(**facts)
        case 429:
            return RateLimited(**facts)
        case 200 | 500:
            # It may have been drawn when the server gave up: the user decides about another try.
            return ServerFailed(**facts, charged="maybe")
        case 503:
            return Overloaded(**facts)
        case _ if status > 500 or status in (408, 499):
            return GatewayAnswered(**facts)
    violations = [violation for detail in details for violation in detail.get("fieldViolations") or ()]
    fields = [
        str(violation["field"]) for violation in violations if isinstance(violation, dict) and violation.get("field")
    ]
    unknown = _UNKNOWN_NAME.search(facts["detail"])
    return BadRequest(**facts, parameter=unknown[1] if unknown is not None else next(iter(fields), "the request"))
