"""The documented errors of the OpenAI Images API by name, for scripts and prompt markers."""

from __future__ import annotations

from tests.fakes.messages import JsonValue
from tests.fakes.vendor import VendorError


def error_object(
    message: str, *, code: str | None, kind: str = "invalid_request_error", param: str | None = None
) -> JsonValue:
    """The error body; `kind` is its `type`, which is null only where the vendor says so."""
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def _moderation(stage: str | None, code: str = "moderation_blocked") -> VendorError:
    details: dict[str, JsonValue] = {"moderation_stage": stage, "categories": ["violence"]}
    message = "Your request was rejected by the safety system. If you believe this is an error, contact us."
    body = error_object(message, code=code, kind="image_generation_user_error")
    if stage:
        body["error"]["moderation_details"] = details
    return VendorError(400, body)


def _quota(code: str, message: str, status: int = 429) -> VendorError:
    return VendorError(status, error_object(message, code=code, kind=code), {"x-should-retry": "false"})


def _server(status: int, message: str) -> VendorError:
    return VendorError(status, error_object(message, code="server_error", kind="server_error"))


_RATE_LIMIT = "Rate limit reached for images per minute: Limit 5, Used 5, Requested 1. Please try again in 12s."
_VERIFY = "Your organization must be verified to use the model `gpt-image-2.6-sunburst`. Access takes up to 15 minutes."

ERRORS: dict[str, VendorError] = {
    "moderation_blocked": _moderation("output"),
    "moderation_blocked_input": _moderation("input"),
    "moderation_blocked_plain": _moderation(None),
    "content_policy_violation": _moderation(None, "content_policy_violation"),
    "invalid_value": VendorError(400, error_object("Invalid value: 'huge'.", code="invalid_value", param="size")),
    "unknown_parameter": VendorError(
        400, error_object("Unknown parameter: 'seed'.", code="unknown_parameter", param="seed")
    ),
    "invalid_request_error": VendorError(400, error_object("The request is not valid.", code=None)),
    "billing_hard_limit_reached": _quota("billing_hard_limit_reached", "Billing hard limit has been reached.", 400),
    "billing_hard_limit_reached_429": _quota("billing_hard_limit_reached", "Billing hard limit has been reached."),
    "invalid_api_key": VendorError(
        401,
        error_object(
            "Incorrect API key provided: sk-proj-****wxyz. You can find your API key in the account settings.",
            code="invalid_api_key",
        ),
    ),
    "organization_not_verified": VendorError(403, error_object(_VERIFY, code=None)),
    "unsupported_country_region_territory": VendorError(
        403,
        error_object(
            "Country, region, or territory not supported",
            code="unsupported_country_region_territory",
            kind="request_forbidden",
        ),
    ),
    "model_not_found": VendorError(
        404, error_object("The model `gpt-image-1` does not exist.", code="model_not_found")
    ),
    "rate_limit_exceeded": VendorError(
        429, error_object(_RATE_LIMIT, code="rate_limit_exceeded", kind="requests"), {"x-should-retry": "true"}
    ),
    "rate_limit_exceeded_tokens": VendorError(
        429, error_object(_RATE_LIMIT, code="rate_limit_exceeded", kind="tokens"), {"x-should-retry": "true"}
    ),
    "insufficient_quota": _quota("insufficient_quota", "You exceeded your current quota, please check your plan."),
    "billing_not_active": _quota("billing_not_active", "Your account is not active."),
    "organization_spend_limit_exceeded": _quota(
        "organization_spend_limit_exceeded", "The spend limit of the organization has been reached."
    ),
    "project_spend_limit_exceeded": _quota(
        "project_spend_limit_exceeded", "The spend limit of the project has been reached."
    ),
    "organization_usage_limit_exceeded": _quota(
        "organization_usage_limit_exceeded", "The usage limit of the organization has been reached."
    ),
    "account_deactivated": _quota("account_deactivated", "The account has been deactivated."),
    "server_error": _server(500, "The server had an error while processing your request. Sorry about that!"),
    "server_error_502": _server(502, "Bad gateway."),
    "server_error_503": _server(503, "The engine is currently overloaded, please try again later."),
    "server_error_504": _server(504, "The request timed out upstream."),
}
