"""Gemini in the contract suite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from studio.domain.capability import ProviderSpec
from studio.domain.errors import (
    BadRequest,
    GatewayAnswered,
    KeyRejected,
    ModelEnded,
    Overloaded,
    QuotaReached,
    RateLimited,
    RegionRefused,
    ServerFailed,
    Uncertain,
)
from studio.domain.ports import Account
from studio.domain.values import Secret
from tests.contract.cases.vendor import Expected, VendorCase
from tests.fakes.gemini import FakeGemini
from tests.fakes.messages import RecordedRequest, Reply, json_reply


class GeminiCase(VendorCase):
    provider_id = "gemini"
    errors: ClassVar[Mapping[str, Expected]] = {
        "INVALID_ARGUMENT": Expected(BadRequest),
        "API_KEY_INVALID": Expected(KeyRejected),
        "FAILED_PRECONDITION": Expected(RegionRefused),
        "UNAUTHENTICATED": Expected(KeyRejected),
        "PERMISSION_DENIED": Expected(KeyRejected),
        "NOT_FOUND": Expected(ModelEnded),
        "RESOURCE_EXHAUSTED": Expected(RateLimited),
        "RESOURCE_EXHAUSTED_DAILY": Expected(QuotaReached),
        "CANCELLED": Expected(Uncertain, "maybe"),
        "INTERNAL": Expected(ServerFailed, "maybe"),
        "UNAVAILABLE": Expected(Overloaded),
        "DEADLINE_EXCEEDED": Expected(GatewayAnswered, "maybe"),
    }

    def server(self) -> FakeGemini:
        return FakeGemini()

    def account(self, server: FakeGemini | None) -> Account:
        if server is None:
            return Account("main", "gemini", Secret("nobody-0123456789abcdef"))
        return Account("main", "gemini", Secret(server.api_key), {"base_url": server.base_url})

    def results(self, server: FakeGemini, request: RecordedRequest) -> list[bytes]:
        return [server.image(request)]

    def fault_models(self, spec: ProviderSpec) -> tuple[str, ...]:
        return (spec.default_model, "gemini-2.5-flash-image")

    def repeating(self, key: str) -> Reply:
        error = {"code": 400, "message": f"API key {key} not valid.", "status": "INVALID_ARGUMENT"}
        return json_reply({"error": error}, status=400)


CASE = GeminiCase()
