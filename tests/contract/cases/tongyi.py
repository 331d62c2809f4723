"""Alibaba Tongyi in the contract suite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from studio.domain.capability import ModelSpec, ProviderSpec
from studio.domain.errors import (
    BadRequest,
    BalanceUsedUp,
    KeyOfOtherRegion,
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
from tests.fakes.messages import RecordedRequest, Reply, json_reply
from tests.fakes.tongyi import FakeTongyi
from tests.fakes.tongyi_errors import error_body


class TongyiCase(VendorCase):
    provider_id = "tongyi"
    errors: ClassVar[Mapping[str, Expected]] = {
        "InvalidParameter": Expected(BadRequest),
        "InvalidURL": Expected(BadRequest),
        "InvalidImageFormat": Expected(BadRequest),
        "InvalidImageResolution": Expected(BadRequest),
        "DataInspectionFailed": Expected(PromptRefused),
        "data_inspection_failed": Expected(ResultWithheld),
        "IPInfringementSuspect": Expected(PromptRefused),
        "Arrearage": Expected(BalanceUsedUp),
        "PrepaidBillOverdue": Expected(BalanceUsedUp),
        "PostpaidBillOverdue": Expected(BalanceUsedUp),
        "AllocationQuota.FreeTierOnly": Expected(QuotaReached),
        "Throttling.AllocationQuota": Expected(QuotaReached),
        "insufficient_quota": Expected(QuotaReached),
        "AccessDenied.Unpurchased": Expected(ModelNotOpened),
        "CommodityNotPurchased": Expected(ModelNotOpened),
        "AccessDenied": Expected(ModelNotOpened),
        "Model.AccessDenied": Expected(ModelNotOpened),
        "InvalidApiKey": Expected(KeyOfOtherRegion),
        "ModelNotFound": Expected(ModelUnknown),
        "Model.NotExist": Expected(ModelUnknown),
        "WorkSpaceNotFound": Expected(BadRequest),
        "Conflict": Expected(RateLimited),
        "Throttling": Expected(RateLimited),
        "Throttling.RateQuota": Expected(RateLimited),
        "LimitRequests": Expected(RateLimited),
        "Throttling.BurstRate": Expected(RateLimited),
        "Throttling.Concurrency": Expected(RateLimited),
        "InternalError": Expected(ServerFailed, "maybe"),
        "InternalError.Algo": Expected(ServerFailed, "maybe"),
        "InternalError.Timeout": Expected(ServerFailed, "maybe"),
        "SystemError": Expected(ServerFailed, "maybe"),
        "ModelServiceFailed": Expected(ServerFailed, "maybe"),
        "RequestTimeOut": Expected(ServerFailed, "maybe"),
        "ServiceUnavailable": Expected(Overloaded),
        "ModelUnavailable": Expected(Overloaded),
    }

    def server(self) -> FakeTongyi:
        return FakeTongyi(region=None)

    def account(self, server: FakeTongyi | None) -> Account:
        if server is None:
            return Account("main", "tongyi", Secret("sk-nobody"))
        return Account("main", "tongyi", Secret(server.api_key), {"base_url": server.base_url})

    def results(self, server: FakeTongyi, request: RecordedRequest) -> list[bytes]:
        return server.files.contents

    def fault_models(self, spec: ProviderSpec) -> tuple[str, ...]:
        return ("qwen-image-2.0", "qwen-image-3.0", "wan2.2-t2i-flash", "wan2.5-i2i-preview")

    def is_paid(self, request: RecordedRequest) -> bool:
        return request.method == "POST" and "/services/aigc/" in request.path

    def plain_options(self, model: ModelSpec) -> dict[str, OptionValue]:
        return {}

    def repeating(self, key: str) -> Reply:
        return json_reply(error_body("InvalidParameter", f"Wrong key {key}."), status=400)


CASE = TongyiCase()
