"""Midjourney through a proxy in the contract suite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from studio.domain.capability import OptionSpec, ProviderSpec
from studio.domain.errors import BadRequest, Overloaded, PromptRefused, TaskExpired, TaskFailed, UnknownState
from studio.domain.ports import Account
from studio.domain.values import OptionValue, Secret
from tests.contract.cases.vendor import Expected, VendorCase
from tests.contract.wishes import option_samples
from tests.fakes.faults import Answer
from tests.fakes.messages import JsonValue, RecordedRequest, Reply, json_reply
from tests.fakes.midjourney import FakeMidjourney

TEXT_SAMPLES: dict[str, OptionValue] = {
    "style_reference": "3201 https://pictures.example/a.png::2",
    "character_reference": "https://pictures.example/c.png",
    "object_reference": "https://pictures.example/o.png",
    "profile": "abc123",
}


def submit_reply(code: int, description: str, result: str | None = None, *, status: int = 200) -> Reply:
    properties: JsonValue = {"bannedWord": "blood", "promptEn": "blood"} if code == 24 else {}
    body = {"code": code, "description": description, "result": result, "properties": properties}
    return json_reply(body, status=status)


REFUSALS: dict[str, Reply] = {
    "code 3": submit_reply(3, "task not exist"),
    "code 3, .NET": submit_reply(3, "task not exist", status=404),
    "code 4": submit_reply(4, "validation error"),
    "code 9": submit_reply(9, "submit failed"),
    "code 23": submit_reply(23, "the queue is full, please try again later"),
    "code 23 with an id": submit_reply(23, "the queue is full, please try again later", "1763000000000001"),
    "code 24": submit_reply(24, "the prompt may contain a sensitive word"),
    "code 77": submit_reply(77, "nobody knows"),
}


class MidjourneyCase(VendorCase):
    provider_id = "midjourney"
    errors: ClassVar[Mapping[str, Expected]] = {
        "code 3": Expected(TaskExpired),
        "code 3, .NET": Expected(TaskExpired),
        "code 4": Expected(BadRequest),
        "code 9": Expected(TaskFailed),
        "code 23": Expected(Overloaded),
        "code 23 with an id": Expected(Overloaded),
        "code 24": Expected(PromptRefused),
        "code 77": Expected(UnknownState),
    }

    def server(self) -> FakeMidjourney:
        return FakeMidjourney()

    def account(self, server: FakeMidjourney | None) -> Account:
        if server is None:
            return Account("main", "midjourney", Secret("nobody"))
        return Account("main", "midjourney", Secret(server.api_key), {"base_url": server.base_url})

    def results(self, server: FakeMidjourney, request: RecordedRequest) -> list[bytes]:
        (task,) = [task for task in server.tasks.all if task.order["fields"] == request.json]
        return [server.files.content_of(task.order["links"]["SUCCESS"])]

    def fault_models(self, spec: ProviderSpec) -> tuple[str, ...]:
        return ("v7",)

    def is_paid(self, request: RecordedRequest) -> bool:
        return "/submit/" in request.path

    def errors_of_the_fake(self) -> set[str]:
        return set(REFUSALS)

    def fail_next(self, server: Any, error: str) -> None:
        server.script(Answer(REFUSALS[error]))

    def samples(self, option: OptionSpec) -> list[OptionValue]:
        return [TEXT_SAMPLES[option.name]] if option.kind == "text" else option_samples(option)


CASE = MidjourneyCase()
