"""Volcengine in the contract suite: one fake that has the models of every service, and the list that BytePlus has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from studio.domain.capability import ModelSpec, ProviderSpec
from studio.domain.errors import (
    BadRequest,
    BalanceUsedUp,
    KeyRejected,
    ModelNotOpened,
    ModelUnknown,
    Overloaded,
    PromptRefused,
    QuotaReached,
    RateLimited,
    ResultWithheld,
    ServerFailed,
)
from studio.domain.ports import Account
from studio.domain.values import OptionValue, Secret
from tests.contract.cases.vendor import Expected, VendorCase
from tests.fakes.messages import RecordedRequest
from tests.fakes.volcengine import FakeVolcengine
from tests.fakes.volcengine_rules import ARK_MODELS, BYTEPLUS_MODELS, PLAN_MODELS

STREAMED = "doubao-seedream-4-5-251128"


class VolcengineCase(VendorCase):
    provider_id = "volcengine"
    errors: ClassVar[Mapping[str, Expected]] = {
        "MissingParameter": Expected(BadRequest),
        "InvalidParameter": Expected(BadRequest),
        "InvalidParameter.UnsupportedImageFormat": Expected(BadRequest),
        "InvalidImageURL.EmptyURL": Expected(BadRequest),
        "InvalidImageURL.InvalidFormat": Expected(BadRequest),
        "InvalidEndpoint.ClosedEndpoint": Expected(ModelNotOpened),
        "SensitiveContentDetected": Expected(PromptRefused),
        "InputTextSensitiveContentDetected": Expected(PromptRefused),
        "InputTextSensitiveContentDetected.PolicyViolation": Expected(PromptRefused),
        "InputImageSensitiveContentDetected": Expected(PromptRefused),
        "InputImageSensitiveContentDetected.PrivacyInformation": Expected(PromptRefused),
        "OutputImageSensitiveContentDetected": Expected(ResultWithheld),
        "AuthenticationError": Expected(KeyRejected),
        "InvalidAccountStatus": Expected(KeyRejected),
        "AccessDenied": Expected(KeyRejected),
        "OperationDenied.ServiceNotOpen": Expected(ModelNotOpened),
        "AccountOverdueError": Expected(BalanceUsedUp),
        "OperationDenied.ServiceOverdue": Expected(BalanceUsedUp),
        "InvalidEndpointOrModel.NotFound": Expected(ModelUnknown),
        "ModelNotOpen": Expected(ModelNotOpened),
        "InvalidEndpointOrModel.ModelIDAccessDisabled": Expected(ModelNotOpened),
        "UnsupportedModel": Expected(ModelUnknown),
        "ModelAccountIpmRateLimitExceeded": Expected(RateLimited),
        "ModelAccountRpmRateLimitExceeded": Expected(RateLimited),
        "APIAccountRpmRateLimitExceeded": Expected(RateLimited),
        "AccountRateLimitExceeded": Expected(RateLimited),
        "RateLimitExceeded.EndpointRPMExceeded": Expected(RateLimited),
        "RequestBurstTooFast": Expected(RateLimited),
        "ServerOverloaded": Expected(Overloaded),
        "InflightBatchsizeExceeded": Expected(RateLimited),
        "QuotaExceeded": Expected(QuotaReached),
        "SetLimitExceeded": Expected(QuotaReached),
        "InternalServiceError": Expected(ServerFailed),
    }

    def server(self) -> FakeVolcengine:
        fake = FakeVolcengine(site="byteplus")
        fake.models = {**ARK_MODELS, **BYTEPLUS_MODELS, **PLAN_MODELS}
        fake.undocumented_fields = True
        return fake

    def account(self, server: FakeVolcengine | None) -> Account:
        if server is None:
            return Account("main", "volcengine", Secret("key-of-nobody"))
        return Account("main", "volcengine", Secret(server.api_key), {"base_url": server.base_url})

    def results(self, server: FakeVolcengine, request: RecordedRequest) -> list[bytes]:
        return server.images(request)

    def fault_models(self, spec: ProviderSpec) -> tuple[str, ...]:
        return (spec.default_model, STREAMED)

    def plain_options(self, model: ModelSpec) -> dict[str, OptionValue]:
        """One model goes the streamed way in all tests, the others answer whole."""
        if model.id == STREAMED:
            return {"sequential_image_generation": "auto"}
        return {"output_format": "jpeg"} if model.capability.option("output_format") else {}


CASE = VolcengineCase()
