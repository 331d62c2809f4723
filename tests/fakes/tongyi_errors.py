"""The documented DashScope errors by code, for scripts and prompt markers."""

from __future__ import annotations

from tests.fakes.messages import JsonValue
from tests.fakes.vendor import VendorError


def error_body(code: str, message: str) -> JsonValue:
    """A refused request: flat, with the request's id (empty in scripted errors; the header has it)."""
    return {"request_id": "", "code": code, "message": message}


_TEXTS: dict[str, tuple[int, str]] = {
    "InvalidParameter": (400, "Required parameter missing or invalid, please check the request parameters."),
    "InvalidURL": (400, "The provided URL does not appear to be valid."),
    "InvalidImageFormat": (400, "The image format is not supported."),
    "InvalidImageResolution": (400, "The image resolution is invalid."),
    "DataInspectionFailed": (400, "Input or output data may contain inappropriate content."),
    "data_inspection_failed": (400, "Output data may contain inappropriate content."),
    "IPInfringementSuspect": (400, "Input data is suspected of being involved in IP infringement."),
    "Arrearage": (400, "Access denied, please make sure your account is in good standing."),
    "AllocationQuota.FreeTierOnly": (403, "The free tier of the model has been exhausted."),
    "AccessDenied.Unpurchased": (403, "Access to model denied. Please make sure you have activated the service."),
    "CommodityNotPurchased": (403, "The commodity has not been purchased."),
    "PrepaidBillOverdue": (400, "The prepaid bill is overdue."),
    "PostpaidBillOverdue": (400, "The postpaid bill is overdue."),
    "InvalidApiKey": (401, "Invalid API-key provided."),
    "AccessDenied": (403, "Access denied."),
    "Model.AccessDenied": (403, "Model access denied."),
    "ModelNotFound": (404, "The model can not be found."),
    "Model.NotExist": (404, "Model not exist."),
    "WorkSpaceNotFound": (404, "The workspace can not be found."),
    "Conflict": (409, "The request conflicts with another one."),
    "Throttling": (429, "Requests throttling triggered."),
    "Throttling.RateQuota": (429, "Requests rate limit exceeded, please try again later."),
    "LimitRequests": (429, "You exceeded your current requests list."),
    "Throttling.BurstRate": (429, "Request rate increased too quickly."),
    "Throttling.Concurrency": (429, "Too many concurrent requests."),
    "Throttling.AllocationQuota": (429, "Allocated quota exceeded, please increase your quota limit."),
    "insufficient_quota": (429, "You exceeded your current quota, please check your plan."),
    "InternalError": (500, "An internal error has occured, please try again later."),
    "InternalError.Algo": (500, "An internal error has occured during execution."),
    "InternalError.Timeout": (500, "The task timed out."),
    "SystemError": (500, "An system error has occured, please try again later."),
    "ModelServiceFailed": (500, "Failed to request the model service."),
    "RequestTimeOut": (500, "Request timed out, please try again later."),
    "ServiceUnavailable": (503, "The service is unavailable."),
    "ModelUnavailable": (503, "The model is unavailable."),
}

ERRORS: dict[str, VendorError] = {
    code: VendorError(status, error_body(code, message)) for code, (status, message) in _TEXTS.items()
}
