"""Midjourney through AceDataCloud in the contract suite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from studio.domain.assets import ReferenceImage
from studio.domain.capability import OptionSpec, ProviderSpec
from studio.domain.errors import (
    BadRequest,
    BalanceUsedUp,
    GatewayAnswered,
    KeyRejected,
    ModelNotOpened,
    PromptRefused,
    RateLimited,
    ServerFailed,
)
from studio.domain.ports import Account
from studio.domain.values import OptionValue, Secret
from tests.contract.cases.midjourney import TEXT_SAMPLES
from tests.contract.cases.vendor import Expected, VendorCase
from tests.contract.wishes import option_samples, reference
from tests.fakes.messages import RecordedRequest
from tests.fakes.midjourney_acedata import FakeMidjourneyAceData


class MidjourneyAceDataCase(VendorCase):
    provider_id = "midjourney"
    errors: ClassVar[Mapping[str, Expected]] = {
        "bad_request": Expected(BadRequest),
        "no_token": Expected(KeyRejected),
        "token_mismatched": Expected(KeyRejected),
        "token_mismatched_401": Expected(KeyRejected),
        "disabled": Expected(ModelNotOpened),
        "api_not_implemented": Expected(ModelNotOpened),
        "invalid_token": Expected(KeyRejected),
        "token_expired": Expected(KeyRejected),
        "used_up": Expected(BalanceUsedUp),
        "forbidden": Expected(PromptRefused),
        "no_api": Expected(BadRequest),
        "request_too_large": Expected(BadRequest),
        "too_many_requests": Expected(RateLimited),
        "api_error": Expected(ServerFailed),
        "timeout": Expected(GatewayAnswered, "maybe"),
        "payment_required": Expected(BalanceUsedUp),
    }

    def server(self) -> FakeMidjourneyAceData:
        return FakeMidjourneyAceData()

    def account(self, server: FakeMidjourneyAceData | None) -> Account:
        if server is None:
            return Account("gateway", "midjourney", Secret("nobody"), {"route": "acedata"})
        fields = {"route": "acedata", "base_url": server.base_url}
        return Account("gateway", "midjourney", Secret(server.api_key), fields)

    def results(self, server: FakeMidjourneyAceData, request: RecordedRequest) -> list[bytes]:
        (task,) = [task for task in server.tasks.all if task.order["request"] == request.json]
        return [server.files.content_of(task.result["raw_image_url"])]

    def fault_models(self, spec: ProviderSpec) -> tuple[str, ...]:
        return ("v7",)

    def is_paid(self, request: RecordedRequest) -> bool:
        return request.path == "/midjourney/imagine"

    def samples(self, option: OptionSpec) -> list[OptionValue]:
        return [TEXT_SAMPLES[option.name]] if option.kind == "text" else option_samples(option)

    def reference(self, name: str) -> ReferenceImage:
        """The gateway takes links only."""
        link = f"https://pictures.example/{name.replace(' ', '-')}.png"
        return reference(name).model_copy(update={"source_url": link})

    def errors_of_the_fake(self) -> set[str]:
        return set(FakeMidjourneyAceData.errors)

    def fail_next(self, server: Any, error: str) -> None:
        server.fail_next(error, path="/midjourney/imagine")


CASE = MidjourneyAceDataCase()
