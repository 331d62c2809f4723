"""The vendor's codes in our classes of error. It bills images that came out and nothing else."""

from __future__ import annotations

from typing import Any

from studio.domain.errors import (
    BadRequest,
    BalanceUsedUp,
    GatewayAnswered,
    KeyRejected,
    ModelNotOpened,
    ModelUnknown,
    Overloaded,
    PromptRefused,
    QuotaReached,
    RateLimited,
    ResultWithheld,
    ServerFailed,
    StudioError,
)
from studio.providers.volcengine_replies import Failure

_CLASSES: dict[str, type[StudioError]] = {
    "SensitiveContentDetected": PromptRefused,
    "InputTextSensitiveContentDetected": PromptRefused,
    "InputImageSensitiveContentDetected": PromptRefused,
    "OutputImageSensitiveContentDetected": ResultWithheld,
    "AuthenticationError": KeyRejected,
    "InvalidAccountStatus": KeyRejected,
    "AccessDenied": KeyRejected,
    "OperationDenied.ServiceNotOpen": ModelNotOpened,
    "OperationDenied.ServiceOverdue": BalanceUsedUp,
    "AccountOverdueError": BalanceUsedUp,
    "InvalidEndpoint": ModelNotOpened,
    "InvalidEndpointOrModel": ModelUnknown,
    "InvalidEndpointOrModel.ModelIDAccessDisabled": ModelNotOpened,
    "ModelNotOpen": ModelNotOpened,
    "UnsupportedModel": ModelUnknown,
    "RequestBurstTooFast": RateLimited,
    "InflightBatchsizeExceeded": RateLimited,
    "ServerOverloaded": Overloaded,
    "QuotaExceeded": QuotaReached,
    "SetLimitExceeded": QuotaReached,
}
"""By the whole code, else by what stands before its first dot."""


def class_of(failure: Failure) -> type[StudioError] | None:
    """The class for a code; None where only the status tells."""
    return _CLASSES.get(failure.code) or _CLASSES.get(failure.code.partition(".")[0])


def by_status(failure: Failure, status: int, facts: dict[str, Any]) -> StudioError:
    """The error of a code that we do not know. `facts` are keyword arguments of `StudioError`."""
    match status:
        case 200:
            return ServerFailed(**facts, charged="maybe")
        case 401 | 403:
            return KeyRejected(**facts)
        case 404:
            return BadRequest(**facts, parameter=failure.param or "this address")
        case 429:
            return RateLimited(**facts)
        case 500 | 503:
            return ServerFailed(**facts)
        case _ if status >= 500 or status == 408:
            return GatewayAnswered(**facts)
        case _:
            return BadRequest(**facts, parameter=failure.param or "the request")
