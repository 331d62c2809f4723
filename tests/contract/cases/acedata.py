"""AceDataCloud in the contract suite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from studio.domain.capability import ModelSpec, ProviderSpec
from studio.domain.errors import (
    BadRequest,
    BalanceUsedUp,
    GatewayAnswered,
    KeyRejected,
    ModelEnded,
    PromptRefused,
    RateLimited,
    ServerFailed,
)
from studio.domain.ports import Account
from studio.domain.values import OptionValue, Secret
from tests.contract.cases.vendor import Expected, VendorCase
from tests.fakes.acedata import FakeAceData
from tests.fakes.images import draw
from tests.fakes.messages import RecordedRequest


class AceDataCase(VendorCase):
    provider_id = "acedata"
    errors: ClassVar[Mapping[str, Expected]] = {
        "bad_request": Expected(BadRequest),
        "no_token": Expected(KeyRejected),
        "token_mismatched": Expected(KeyRejected),
        "token_mismatched_401": Expected(KeyRejected),
        "disabled": Expected(ModelEnded),
        "api_not_implemented": Expected(ModelEnded),
        "invalid_token": Expected(KeyRejected),
        "token_expired": Expected(KeyRejected),
        "used_up": Expected(BalanceUsedUp),
        "payment_required": Expected(BalanceUsedUp),
        "forbidden": Expected(PromptRefused),
        "no_api": Expected(BadRequest),
        "request_too_large": Expected(BadRequest),
        "too_many_requests": Expected(RateLimited),
        "api_error": Expected(ServerFailed, "maybe"),
        "timeout": Expected(GatewayAnswered, "maybe"),
    }

    def server(self) -> FakeAceData:
        return FakeAceData()

    def account(self, server: FakeAceData | None) -> Account:
        if server is None:
            return Account("main", "acedata", Secret("nobody-0123456789abcdef"))
        return Account("main", "acedata", Secret(server.api_key), {"base_url": server.base_url})

    def results(self, server: FakeAceData, request: RecordedRequest) -> list[bytes]:
        order = server.order_of(request)
        return [draw(server.picture(order, index)) for index in range(order.count)]

    def fault_models(self, spec: ProviderSpec) -> tuple[str, ...]:
        return ("gpt-image-2:official", "nano-banana-pro")

    def is_paid(self, request: RecordedRequest) -> bool:
        return "/images" in request.path

    def plain_options(self, model: ModelSpec) -> dict[str, OptionValue]:
        return {}


CASE = AceDataCase()
