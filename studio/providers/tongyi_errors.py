"""What the error codes of DashScope mean: the code first, then its beginning, then the status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from studio.domain.capability import ProviderSpec
from studio.domain.errors import (
    BadRequest,
    BalanceUsedUp,
    Charged,
    GatewayAnswered,
    KeyOfOtherRegion,
    ModelEnded,
    ModelNotOpened,
    ModelUnknown,
    Overloaded,
    PromptRefused,
    QuotaReached,
    RateLimited,
    Repeat,
    ResultWithheld,
    ServerFailed,
    StudioError,
    TaskFailed,
)
from studio.providers.adapter import Received

_CLASSES: dict[str, type[StudioError]] = {
    "datainspectionfailed": PromptRefused,
    "ipinfringementsuspect": PromptRefused,
    "arrearage": BalanceUsedUp,
    "prepaidbilloverdue": BalanceUsedUp,
    "postpaidbilloverdue": BalanceUsedUp,
    "allocationquotafreetieronly": QuotaReached,
    "throttlingallocationquota": QuotaReached,
    "insufficientquota": QuotaReached,
    "invalidapikey": KeyOfOtherRegion,
    "accessdenied": ModelNotOpened,
    "modelaccessdenied": ModelNotOpened,
    "accessdeniedunpurchased": ModelNotOpened,
    "commoditynotpurchased": ModelNotOpened,
    "modelnotfound": ModelUnknown,
    "modelnotexist": ModelUnknown,
    "workspacenotfound": BadRequest,
    "conflict": RateLimited,
    "limitrequests": RateLimited,
    "serviceunavailable": Overloaded,
    "modelunavailable": Overloaded,
    "systemerror": ServerFailed,
    "modelservicefailed": ServerFailed,
    "requesttimeout": ServerFailed,
}
"""Error codes as `plain_code` writes them, where prefix and status say too little."""

_PREFIXES: dict[str, type[StudioError]] = {
    "throttling": RateLimited,
    "internalerror": ServerFailed,
    "invalid": BadRequest,
    "badrequest": BadRequest,
}

_STATUSES: dict[int, type[StudioError]] = {
    200: ServerFailed,
    401: KeyOfOtherRegion,
    403: ModelNotOpened,
    404: ModelUnknown,
    429: RateLimited,
    500: ServerFailed,
    503: ServerFailed,
}


class TongyiError(Received):
    """``code`` and ``message``: flat in a refusal, in ``output`` of a task, in a result for one image of it."""

    code: str | None = None
    message: str | None = None

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self | None:
        """From a refusal's JSON; None when it is not in the vendor's form."""
        code, message = said.get("code"), said.get("message")
        if not isinstance(code, str) or not code:
            return None
        return cls(code=code, message=message if isinstance(message, str) else None)


def plain_code(code: str | None) -> str:
    """The same code is spelt ``InvalidApiKey`` here and ``invalid_api_key`` there."""
    return re.sub(r"[._-]", "", (code or "").lower())


def refusal_of(
    error: TongyiError, status: int, spec: ProviderSpec, model_id: str, *, region: str, today: date
) -> StudioError:
    """A refused request. `region` is the one that was asked, in words."""
    kind = _known_class(error) or _STATUSES.get(status, GatewayAnswered if status > 500 else BadRequest)
    return _built(kind, error, {"provider": spec.title}, spec, model_id, region=region, today=today)


def failure_of(
    error: TongyiError, facts: Mapping[str, Any], spec: ProviderSpec, model_id: str, *, today: date
) -> StudioError:
    """Why a task, or one image of it, came to nothing. What fails is free, and is never sent again by itself."""
    kind = _known_class(error)
    if kind is None or kind.repeat is not Repeat.NEVER:
        kind = TaskFailed
    return _built(kind, error, facts, spec, model_id, region="", today=today)


def _known_class(error: TongyiError) -> type[StudioError] | None:
    plain, words = plain_code(error.code), (error.message or "").lower()
    if "synchronous calls" in words:
        return BadRequest  # the model was asked the wrong way; rights are not in question
    if words.startswith("model not exist"):
        return ModelUnknown
    by_prefix = next((kind for prefix, kind in _PREFIXES.items() if plain.startswith(prefix)), None)
    return _CLASSES.get(plain, by_prefix)


def _built(
    kind: type[StudioError],
    error: TongyiError,
    facts: Mapping[str, Any],
    spec: ProviderSpec,
    model_id: str,
    *,
    region: str,
    today: date,
) -> StudioError:
    words = error.message or ""
    # A picture may have been made when a server gives up, and nobody says that this is free.
    charged: Charged | None = "maybe" if kind is ServerFailed else None
    if kind is PromptRefused and words.lower().startswith("output"):
        kind, charged = ResultWithheld, "no"
    model = spec.model(model_id)
    if kind is ModelUnknown and model is not None and model.status(today) == "ended":
        kind = ModelEnded
    return kind(
        **facts,
        charged=charged,
        vendor_code=error.code,
        detail=words,
        model=model_id,
        region=region,
        parameter=_parameter_in(plain_code(error.code), words),
    )


def _parameter_in(plain: str, words: str) -> str:
    if plain.startswith(("invalidurl", "invalidimage", "invalidparameterdatainspection")):
        return "a reference image"
    if plain == "workspacenotfound":
        return "the workspace"
    found = re.search(r"\b(?:parameters|input)\.([a-z_]+)", words)
    return found[1] if found is not None else "the request"
