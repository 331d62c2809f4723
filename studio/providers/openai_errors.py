"""What the error codes of OpenAI mean. Codes first, then the status; words of a message only where there is no code."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from studio.domain.capability import ProviderSpec
from studio.domain.errors import (
    AccountNotVerified,
    BadRequest,
    BalanceUsedUp,
    GatewayAnswered,
    KeyRejected,
    ModelEnded,
    ModelUnknown,
    Overloaded,
    PromptRefused,
    QuotaReached,
    RateLimited,
    RegionRefused,
    ResultWithheld,
    ServerFailed,
    StudioError,
)
from studio.providers.adapter import Received


class ModerationDetails(Received):
    moderation_stage: str | None = None
    categories: tuple[str, ...] | None = None


class OpenAIError(Received):
    """The ``error`` object. Every field may be missing or null."""

    message: str | None = None
    type: str | None = None
    param: str | None = None
    code: str | None = None
    moderation_details: ModerationDetails | None = None

    @classmethod
    def of(cls, said: Any) -> Self | None:
        """From whatever stands at ``error`` in a reply: an object, or mere words as some gateways send them."""
        if isinstance(said, str) and said:
            return cls(message=said)
        if not isinstance(said, dict):
            return None
        known = {key: value for key, value in said.items() if key in cls.model_fields and _is_plausible(key, value)}
        return cls.model_validate(known)

    @property
    def usual_status(self) -> int:
        """The status this error has when it is not told inside a stream."""
        code = self.code or self.type or ""
        if code in ("server_error", "") or code.startswith("internal"):
            return 500
        return 429 if code in _LIMITS or code == "rate_limit_exceeded" else 400


def _is_plausible(key: str, value: Any) -> bool:
    return isinstance(value, dict) if key == "moderation_details" else value is None or isinstance(value, str)


_LIMITS: dict[str, type[StudioError]] = {
    "insufficient_quota": BalanceUsedUp,
    "billing_not_active": BalanceUsedUp,
    "billing_hard_limit_reached": QuotaReached,
    "organization_spend_limit_exceeded": QuotaReached,
    "project_spend_limit_exceeded": QuotaReached,
    "organization_usage_limit_exceeded": QuotaReached,
    "account_deactivated": KeyRejected,
}
"""Come with 429, and sometimes with 400; waiting does not help."""

_MODERATION = frozenset({"moderation_blocked", "content_policy_violation"})


def refusal_of(error: OpenAIError, status: int, spec: ProviderSpec, model_id: str, today: date) -> StudioError:
    """The class of error, with the vendor's own words. `status` is that of the reply, 200 for an error inside one."""
    code = error.code or (error.type if error.type in _LIMITS else None) or ""
    facts: dict[str, Any] = {"provider": spec.title, "detail": error.message or "", "vendor_code": error.code}
    if code in _MODERATION:
        return _moderated(error, facts)
    if code in _LIMITS:
        return _LIMITS[code](**facts)
    if code == "model_not_found":
        return _no_model(spec, model_id, today, facts)
    if code == "unsupported_country_region_territory":
        return RegionRefused(**facts)
    if code == "rate_limit_exceeded":
        return RateLimited(**facts)
    return _by_status(error, status, facts)


def _moderated(error: OpenAIError, facts: dict[str, Any]) -> StudioError:
    """Stopped before drawing, or drawn and withheld; for the latter nobody says that it is free."""
    details = error.moderation_details
    if details is None or details.moderation_stage in (None, "input"):
        return PromptRefused(**facts)
    if details.moderation_stage == "output":
        return ResultWithheld(**facts)
    return PromptRefused(**facts, charged="maybe")


def _no_model(spec: ProviderSpec, model_id: str, today: date, facts: dict[str, Any]) -> StudioError:
    model = spec.model(model_id)
    if model is not None and model.status(today) == "ended":
        return ModelEnded(**facts, model=model_id)
    return ModelUnknown(**facts, model=model_id)


def _by_status(error: OpenAIError, status: int, facts: dict[str, Any]) -> StudioError:
    match status:
        case 200:
            # An error in a reply that says it went well: nobody knows what was done, or billed.
            return ServerFailed(**facts, charged="maybe")
        case 401:
            return KeyRejected(**facts)
        case 403 if error.code is None and "verif" in (error.message or "").lower():
            return AccountNotVerified(**facts)
        case 403:
            return KeyRejected(**facts)
        case 429:
            return RateLimited(**facts)
        case 503 if (error.code or "").endswith("overloaded"):
            return Overloaded(**facts)
        case 500 | 503:
            return ServerFailed(**facts)
        case _ if status >= 500 or status == 408:
            return GatewayAnswered(**facts)
        case _:
            return BadRequest(**facts, parameter=error.param or "the request")
