"""OpenAI in the contract suite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from studio.domain.capability import ModelSpec, ProviderSpec
from studio.domain.errors import (
    AccountNotVerified,
    BadRequest,
    BalanceUsedUp,
    GatewayAnswered,
    KeyRejected,
    ModelUnknown,
    PromptRefused,
    QuotaReached,
    RateLimited,
    RegionRefused,
    ResultWithheld,
    ServerFailed,
)
from studio.domain.ports import Account
from studio.domain.values import OptionValue, Secret
from tests.contract.cases.vendor import Expected, VendorCase
from tests.fakes.messages import RecordedRequest
from tests.fakes.openai import FakeOpenAI
from tests.fakes.openai_errors import ERRORS
from tests.fakes.openai_references import multipart_fields
from tests.fakes.openai_rules import read_wish


class OpenAICase(VendorCase):
    provider_id = "openai"
    errors: ClassVar[Mapping[str, Expected]] = {
        "moderation_blocked_input": Expected(PromptRefused),
        "moderation_blocked_plain": Expected(PromptRefused),
        "content_policy_violation": Expected(PromptRefused),
        "moderation_blocked": Expected(ResultWithheld, "maybe"),
        "invalid_value": Expected(BadRequest),
        "unknown_parameter": Expected(BadRequest),
        "invalid_request_error": Expected(BadRequest),
        "billing_hard_limit_reached": Expected(QuotaReached),
        "billing_hard_limit_reached_429": Expected(QuotaReached),
        "organization_spend_limit_exceeded": Expected(QuotaReached),
        "project_spend_limit_exceeded": Expected(QuotaReached),
        "organization_usage_limit_exceeded": Expected(QuotaReached),
        "insufficient_quota": Expected(BalanceUsedUp),
        "billing_not_active": Expected(BalanceUsedUp),
        "account_deactivated": Expected(KeyRejected),
        "invalid_api_key": Expected(KeyRejected),
        "organization_not_verified": Expected(AccountNotVerified),
        "unsupported_country_region_territory": Expected(RegionRefused),
        "model_not_found": Expected(ModelUnknown),
        "rate_limit_exceeded": Expected(RateLimited),
        "rate_limit_exceeded_tokens": Expected(RateLimited),
        "server_error": Expected(ServerFailed),
        "server_error_503": Expected(ServerFailed),
        "server_error_502": Expected(GatewayAnswered, "maybe"),
        "server_error_504": Expected(GatewayAnswered, "maybe"),
    }

    def server(self) -> FakeOpenAI:
        return FakeOpenAI(today=self.today)

    def account(self, server: FakeOpenAI | None) -> Account:
        if server is None:
            return Account("main", "openai", Secret("sk-nobody"))
        return Account("main", "openai", Secret(server.api_key), {"base_url": server.base_url})

    def results(self, server: FakeOpenAI, request: RecordedRequest) -> list[bytes]:
        edit = request.path.endswith("/edits")
        fields = multipart_fields(request)[0] if edit else request.json
        wish = read_wish(fields, self.today, edit=edit, multipart=edit)
        return [server.image(wish, index) for index in range(wish.count)]

    def fault_models(self, spec: ProviderSpec) -> tuple[str, ...]:
        return ("gpt-image-2", "gpt-image-1-mini")

    def plain_options(self, model: ModelSpec) -> dict[str, OptionValue]:
        return {"quality": "low", "partial_images": 0} if model.capability.option("quality") else {}

    def errors_of_the_fake(self) -> set[str]:
        return set(ERRORS)

    def needed_options(self, model: ModelSpec, option: str) -> dict[str, OptionValue]:
        return {"svg_model": "gpt-5"} if option == "svg_effort" else {}


CASE = OpenAICase()
