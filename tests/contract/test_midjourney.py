"""The Midjourney adapter against both fakes: sheets, percent, actions, prompts, and whatever goes wrong.

There is no official client to compare with; the bodies are written out here once more, from the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pybase64
import pytest

from studio.domain.assets import AspectRatio
from studio.domain.capability import ModelSpec
from studio.domain.errors import (
    BadRequest,
    BrokenReply,
    Cancelled,
    DeadlinePassed,
    GatewayAnswered,
    KeyRejected,
    ModelUnknown,
    NoImage,
    PromptRefused,
    Repeat,
    RequestInvalid,
    ServerFailed,
    StudioError,
    TaskExpired,
    TaskFailed,
    Uncertain,
    UnknownState,
)
from studio.domain.events import Accepted, ImageArrived, Noticed, PartialImage, Progressed, ProviderEvent
from studio.domain.jobs import Call, FollowUp, Ticket
from studio.domain.ports import Account, GenerateCall, LostCall
from studio.domain.request import GenerationRequest
from studio.domain.values import CallId, JobId, Secret
from studio.providers.midjourney import MidjourneyProvider
from studio.providers.transport import Transport
from tests.contract.cases.midjourney import CASE as PROXY
from tests.contract.cases.midjourney import submit_reply
from tests.contract.cases.midjourney_acedata import CASE as GATEWAY
from tests.contract.listening import events_of, failure_of, resumed
from tests.contract.wishes import Options, calls_for, content_of, fitted, images_in, model_of, reference, specs
from tests.fakes.faults import Answer, ResetInBody, gateway_page
from tests.fakes.images import image_format, pixel_size
from tests.fakes.messages import JsonValue, Reply, json_reply
from tests.fakes.midjourney import FakeMidjourney
from tests.fakes.midjourney_acedata import FakeMidjourneyAceData
from tests.fakes.midjourney_prompt import read_prompt

SPEC = specs()["midjourney"]


@pytest.fixture
def provider(transport: Transport) -> MidjourneyProvider:
    return MidjourneyProvider(SPEC, transport)


@pytest.fixture
def proxy() -> Iterator[FakeMidjourney]:
    with FakeMidjourney() as server:
        yield server


@pytest.fixture
def gateway() -> Iterator[FakeMidjourneyAceData]:
    with FakeMidjourneyAceData() as server:
        yield server


def wish_for(account: Account, prompt: str = "a red kite", model: str = "v7", **more: Any) -> GenerateCall:
    """One paid request; `options` besides fields of the wish."""
    options: Options = more.pop("options", {})
    made = fitted(GenerationRequest(prompt=prompt, **more), model_of(SPEC, model), "midjourney", options, PROXY.today)
    assert made.blocked is None
    return calls_for(made, model_of(SPEC, model), account, options)[0]


def acting_on(call: GenerateCall, action: FollowUp) -> GenerateCall:
    return replace(call, follow_up=action, image_count=action.image_count)


async def body_of(provider: MidjourneyProvider, call: GenerateCall) -> Any:
    return (await provider.prepare(call)).json_body


async def prompt_of(provider: MidjourneyProvider, account: Account | None = None, **wish: Any) -> str:
    call = wish_for(account or PROXY.account(None), **wish)
    return str((await body_of(provider, call))["prompt"])


def ticket_in(events: list[ProviderEvent]) -> Ticket:
    return [event.ticket for event in events if isinstance(event, Accepted)][-1]


def sheet_in(events: list[ProviderEvent]) -> ImageArrived:
    (image,) = [event for event in events if isinstance(event, ImageArrived)]
    return image


# ---------------------------------------------------------------------------------------------------- the prompt


@pytest.mark.parametrize("model", SPEC.models, ids=lambda model: model.id)
async def test_a_full_wish_for_every_version(provider: MidjourneyProvider, model: ModelSpec) -> None:
    """What the documentation says, and the strict reader of the fake has nothing against it."""
    version = f"--niji {model.id[5:]}" if model.id.startswith("niji") else f"--v {model.id[1:]}"
    wish: dict[str, Any] = {"aspect_ratio": AspectRatio(width=32, height=18), "seed": 7, "style": "woodcut"}

    sent = await prompt_of(provider, model=model.id, negative_prompt="birds,\n text.", **wish)

    assert sent == f"a red kite, woodcut --ar 16:9 {version} --no birds, text --seed 7"
    assert read_prompt(sent).version == version.removeprefix("--v ").removeprefix("--")


async def test_a_prompt_on_several_lines_is_one_line(provider: MidjourneyProvider) -> None:
    assert await prompt_of(provider, prompt="  a kite\n\nover  a\tharbour ") == "a kite over a harbour --v 7"


@pytest.mark.parametrize(
    ("style", "model", "expected"),
    [
        ("raw", "v7", "a red kite --v 7 --raw"),
        ("Raw", "v5.2", "a red kite --v 5.2 --style raw"),
        ("raw", "niji-5", "a red kite, raw --niji 5"),
        ("anime", "v8.2", "a red kite --niji 7"),
        ("anime", "niji-6", "a red kite --niji 6"),
        ("oil -- thick", "v7", "a red kite, oil thick --v 7"),
    ],
)
async def test_words_of_style(provider: MidjourneyProvider, style: str, model: str, expected: str) -> None:
    assert await prompt_of(provider, style=style, model=model) == expected


@pytest.mark.parametrize(
    ("wish", "expected", "gave_way"),
    [
        ({"prompt": "kite --ar 2:3", "aspect_ratio": "16:9"}, "kite --ar 2:3 --v 7", {"aspect_ratio"}),
        ({"prompt": "kite --aspect 2:3", "aspect_ratio": "16:9"}, "kite --aspect 2:3 --v 7", {"aspect_ratio"}),
        ({"prompt": "kite --niji 6"}, "kite --niji 6", {"model"}),
        ({"prompt": "kite —seed 5", "seed": 6}, "kite —seed 5 --v 7", {"seed"}),
        ({"prompt": "kite --no sea", "negative_prompt": "sky"}, "kite --no sea --v 7", {"negative_prompt"}),
        ({"prompt": "kite --s 9", "options": {"stylize": 8}}, "kite --s 9 --v 7", {"options.stylize"}),
        ({"prompt": "kite --tile", "style": "ink"}, "kite, ink --tile --v 7", set()),
        ({"prompt": "a well--known --xyz kite"}, "a well--known --xyz kite --v 7", set()),
        ({"seed": 5, "options": {"mode": "turbo"}}, "a red kite --v 7 --turbo", {"seed"}),
        ({"style": "anime", "options": {"draft": True, "chaos": 4}}, "a red kite --niji 7 --c 4", {"options.draft"}),
    ],
)
async def test_the_users_own_parameters_outrank_the_fields_and_he_is_told(
    provider: MidjourneyProvider, proxy: FakeMidjourney, wish: dict[str, Any], expected: str, gave_way: set[str]
) -> None:
    call = wish_for(PROXY.account(proxy), **wish)

    assert (await body_of(provider, call))["prompt"] == expected
    if "--xyz" not in expected and "—" not in expected:
        events = await events_of(provider, call)
        assert {event.notice.field for event in events if isinstance(event, Noticed)} == gave_way


@pytest.mark.parametrize(
    "words", ["--repeat 4", "--r 40", "—repeat 2", "--video", "--motion high", "--bs 2", "--REPEAT 3"]
)
async def test_what_starts_other_jobs_is_refused_before_it_is_sent(
    provider: MidjourneyProvider, proxy: FakeMidjourney, words: str
) -> None:
    error = await failure_of(provider, wish_for(PROXY.account(proxy), f"a red kite {words}"))

    assert isinstance(error, RequestInvalid)
    assert error.problem.charged == "no"
    assert proxy.requests == ()


async def test_no_field_can_smuggle_a_parameter_in(provider: MidjourneyProvider) -> None:
    options: Options = {"style_reference": "31 --repeat 4", "profile": " --video ,"}
    wish: dict[str, Any] = {
        "style": "ink --repeat 4",
        "negative_prompt": "sea --repeat 4, —repeat 2",
        "options": options,
    }

    sent = await prompt_of(provider, **wish)

    assert sent == "a red kite, ink repeat 4 --v 7 --no sea repeat 4, repeat 2 --sref 31 repeat 4 --p video"


async def test_a_long_prompt_is_sent_and_told(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    events = await events_of(provider, wish_for(PROXY.account(proxy), "kite " * 1500))

    (notice,) = [event.notice for event in events if isinstance(event, Noticed)]
    assert (notice.code, notice.kind) == ("prompt_too_long", "information")
    assert sheet_in(events).content


@pytest.mark.parametrize(("model_id", "parameter"), [("v9", "--v 9"), ("8.3", "--v 8.3"), ("Niji 8", "--niji 8")])
async def test_versions_that_the_user_adds(provider: MidjourneyProvider, model_id: str, parameter: str) -> None:
    call = wish_for(PROXY.account(None))
    own = replace(call, model=model_of(SPEC, "v7").model_copy(update={"id": model_id, "verified": False}))

    assert (await body_of(provider, own))["prompt"] == f"a red kite {parameter}"


async def test_a_version_that_is_none(provider: MidjourneyProvider) -> None:
    call = wish_for(PROXY.account(None))
    with pytest.raises(ModelUnknown):
        await provider.prepare(replace(call, model=model_of(SPEC, "v7").model_copy(update={"id": "best --repeat 4"})))


# ---------------------------------------------------------------------------------------------------- bodies


async def test_the_body_for_a_proxy(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    images = (reference("one"), reference("two", media="jpeg"))
    call = wish_for(PROXY.account(proxy), reference_image=images, options={"image_weight": 1.5})
    await events_of(provider, call)

    (request, *_) = proxy.requests
    links = [f"data:{image.media_type};base64,{pybase64.b64encode(content_of(image)).decode()}" for image in images]
    assert request.json == {"prompt": "a red kite --v 7 --iw 1.5", "state": "prompt-studio 1.1.0", "base64Array": links}
    assert (request.method, request.path) == ("POST", "/mj/submit/imagine")


async def test_the_body_for_the_gateway(provider: MidjourneyProvider, gateway: FakeMidjourneyAceData) -> None:
    """Version and costly parameters stand in fields of their own too, and agree with the prompt."""
    options: Options = {"hd": True, "quality": "4", "style_reference": "31", "profile": "abc", "mode": "relax"}
    call = wish_for(
        GATEWAY.account(gateway), model="v8.2", reference_image=(GATEWAY.reference("one"),), options=options
    )
    await events_of(provider, call)

    (request, *_) = gateway.requests
    words = "--v 8.2 --hd --q 4 --sref 31 --p abc"
    assert request.json == {
        "prompt": f"https://pictures.example/one.png a red kite {words}",
        "action": "generate",
        "version": "8.2",
        "hd": True,
        "quality": "4",
        "style_reference": True,
        "moodboard": True,
        "timeout": 300,
        "mode": "relax",
    }
    assert request.header("accept") == "application/x-ndjson"


@pytest.mark.parametrize(
    ("prompt", "version"), [("kite --v 6.1", "6.1"), ("kite --niji 6", None), ("kite --version 6.1", "6.1")]
)
async def test_the_gateway_is_told_the_version_that_draws(
    provider: MidjourneyProvider, gateway: FakeMidjourneyAceData, prompt: str, version: str | None
) -> None:
    await events_of(provider, wish_for(GATEWAY.account(gateway), prompt))

    assert gateway.requests[0].json.get("version") == version


async def test_a_file_has_no_link_for_the_gateway(provider: MidjourneyProvider, gateway: FakeMidjourneyAceData) -> None:
    error = await failure_of(provider, wish_for(GATEWAY.account(gateway), reference_image=(reference("mine"),)))

    assert isinstance(error, RequestInvalid)
    assert "public links" in error.problem.text
    assert gateway.requests == ()


@pytest.mark.parametrize("style", ["mj-api-secret", "authorization", "bearer"])
@pytest.mark.parametrize("prefix", ["/mj", "/mj-fast/mj"])
async def test_every_way_to_give_the_key(provider: MidjourneyProvider, style: Any, prefix: str) -> None:
    with FakeMidjourney(flavour="trueai", auth_style=style, prefix=prefix) as server:
        fields = {"base_url": server.base_url, "auth_style": style, "path_prefix": prefix.strip("/") + "/"}
        account = Account("main", "midjourney", Secret(server.api_key), fields)

        assert (await provider.check(account)).ok
        assert images_in(await events_of(provider, wish_for(account)))


# ---------------------------------------------------------------------------------------------------- proxy


async def test_percent_and_coarse_sheets(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    events = await events_of(provider, wish_for(PROXY.account(proxy), aspect_ratio=AspectRatio(width=16, height=9)))

    progress = [event for event in events if isinstance(event, Progressed)]
    assert [event.fraction for event in progress] == [0, 0, 0.42, 0.78]
    assert [event.phase for event in progress] == ["submitted", "Waiting", "in progress", "in progress"]
    partials = [event for event in events if isinstance(event, PartialImage)]
    assert [(event.image_index, event.step) for event in partials] == [(0, 1), (0, 2)]
    assert {pixel_size(event.content) for event in partials} == {(1456, 816)}
    sheet = sheet_in(events)
    assert (sheet.whole_grid, sheet.split_columns, sheet.split_rows) == (True, 2, 2)
    assert pixel_size(sheet.content) == (2912, 1632)
    assert sheet.revised_prompt is None


async def test_the_percent_never_falls(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    said: list[JsonValue] = [None, "0%", "Waiting 3", "42%", "17%", 60, ""]
    for progress in said:
        task = {"id": "1763000000000001", "status": "IN_PROGRESS", "progress": progress, "unheard": {"of": None}}
        proxy.script(Answer(json_reply(task)), method="GET")

    events = await events_of(provider, wish_for(PROXY.account(proxy)))

    heard = [event.fraction for event in events if isinstance(event, Progressed)]
    assert heard[: len(said)] == [0, 0, 0, 0.42, 0.42, 0.6, 0.6]


@pytest.mark.parametrize(("code", "place"), [(1, None), (21, None), (22, 1)])
async def test_codes_that_accept(
    provider: MidjourneyProvider, proxy: FakeMidjourney, code: int, place: int | None
) -> None:
    events = await events_of(provider, wish_for(PROXY.account(proxy), f"kite [[midjourney:code value={code}]]"))

    assert sheet_in(events).content
    places = [event.queue_place for event in events if isinstance(event, Progressed) and event.phase == "queued"]
    assert places == ([place] if place else [])


async def test_an_unknown_code_with_an_id_is_accepted(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    """Whoever gives an id took the job; it is asked for, and not given away."""
    proxy.script(Answer(submit_reply(77, "new here", "5")), method="POST")

    error = await failure_of(provider, wish_for(PROXY.account(proxy)))

    assert isinstance(error, TaskExpired)
    assert [request.path for request in proxy.requests[1:]] == ["/mj/task/5/fetch"] * 5


async def test_accepted_without_an_id(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    proxy.script(Answer(submit_reply(1, "Submit success")))

    error = await failure_of(provider, wish_for(PROXY.account(proxy)))

    assert isinstance(error, BrokenReply | UnknownState)
    assert error.problem.charged == "maybe"


async def test_a_banned_word_is_named(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    error = await failure_of(provider, wish_for(PROXY.account(proxy), "kite [[midjourney:banned word=blood]]"))

    assert isinstance(error, PromptRefused)
    assert "blood" in error.problem.detail


@pytest.mark.parametrize(
    "reply", [Reply(401), Reply(401, (("content-type", "text/plain"),), b"Unauthorized"), Reply(403, body=b"disabled")]
)
async def test_a_secret_refused_without_json(provider: MidjourneyProvider, proxy: FakeMidjourney, reply: Reply) -> None:
    proxy.script(Answer(reply), Answer(reply))

    error = await failure_of(provider, wish_for(PROXY.account(proxy)))
    status = await provider.check(PROXY.account(proxy))

    assert isinstance(error, KeyRejected)
    assert error.problem.charged == "no"
    assert status.problem is not None
    assert status.problem.kind == KeyRejected.kind


@pytest.mark.parametrize("reply", [gateway_page(200), gateway_page(404), Answer(Reply(404))])
async def test_a_connection_test_is_not_fooled_by_a_page(
    provider: MidjourneyProvider, proxy: FakeMidjourney, reply: Any
) -> None:
    proxy.script(reply)

    assert not (await provider.check(PROXY.account(proxy))).ok


@pytest.mark.parametrize(
    ("marker", "kind", "charged"),
    [
        ("fail", PromptRefused, "no"),
        ("fail reason=null", TaskFailed, "maybe"),
        ("fail reason=timeout", TaskFailed, "maybe"),
        ("fail reason=[Invalid_parameter]", BadRequest, "no"),
        ("state value=MODAL", UnknownState, "maybe"),
        ("state value=CANCEL", Cancelled, "maybe"),
        ("state value=DREAMING", DeadlinePassed, "maybe"),
    ],
)
async def test_how_a_job_ends_without_a_picture(
    provider: MidjourneyProvider, proxy: FakeMidjourney, marker: str, kind: type[StudioError], charged: str
) -> None:
    error = await failure_of(provider, wish_for(PROXY.account(proxy), f"kite [[midjourney:{marker}]]"))

    assert type(error) is kind
    assert error.problem.charged == charged
    assert error.problem.repeat is Repeat.NEVER


async def test_a_parameter_that_midjourney_refuses(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    error = await failure_of(provider, wish_for(PROXY.account(proxy), "kite --banana 3"))

    assert isinstance(error, BadRequest)
    assert "--banana" in error.problem.detail


async def test_a_finished_task_without_a_picture(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    proxy.script(Answer(json_reply({"id": 5, "status": "SUCCESS", "imageUrl": ""})), method="GET")

    assert isinstance(await failure_of(provider, wish_for(PROXY.account(proxy))), NoImage)


async def test_partials_that_are_gone_hold_nothing_up(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    events = await events_of(provider, wish_for(PROXY.account(proxy), "kite [[midjourney:partial_gone]]"))

    assert not [event for event in events if isinstance(event, PartialImage)]
    assert image_format(sheet_in(events).content) == "png"


async def test_an_odd_sheet_comes_as_it_is(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    events = await events_of(provider, wish_for(PROXY.account(proxy), "kite [[midjourney:odd_grid]]"))

    assert pixel_size(sheet_in(events).content) == (2049, 2049)


@pytest.mark.parametrize("nothing", [Reply(200), Reply(204), Reply(404), Reply(200, body=b"null")])
async def test_a_task_that_is_not_known_yet(
    provider: MidjourneyProvider, proxy: FakeMidjourney, nothing: Reply
) -> None:
    proxy.script(*[Answer(nothing)] * 4, method="GET")

    assert images_in(await events_of(provider, wish_for(PROXY.account(proxy))))


async def test_a_forgotten_task(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    account = PROXY.account(proxy)
    ticket = ticket_in(await events_of(provider, wish_for(account)))
    proxy.tasks.forget()

    with pytest.raises(TaskExpired) as told:
        await resumed(provider, ticket, account)

    assert told.value.problem.charged == "maybe"


async def test_polls_bear_a_bad_day(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    proxy.script(gateway_page(502), gateway_page(503), ResetInBody(), Answer(Reply(429)), method="GET")

    assert images_in(await events_of(provider, wish_for(PROXY.account(proxy))))


async def test_another_server_is_not_asked_for_the_task(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    ticket = ticket_in(await events_of(provider, wish_for(PROXY.account(proxy))))
    moved = replace(PROXY.account(proxy), fields={"base_url": "https://other.example"})

    with pytest.raises(TaskExpired) as told:
        await resumed(provider, ticket, moved)

    assert "other.example" in told.value.problem.detail


def lost(call_id: str, sent_at: datetime, known: frozenset[str] = frozenset()) -> LostCall:
    call = Call(id=CallId(call_id), job_id=JobId("1.1"), index=0, image_count=4, first_image_index=0)
    wish = wish_for(PROXY.account(None))
    return LostCall(call, wish.target, wish.request, sent_at, known)


async def test_a_request_whose_answer_was_lost_is_found(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    account = PROXY.account(proxy)
    proxy.script(ResetInBody(), when=PROXY.is_paid)
    assert isinstance(await failure_of(provider, wish_for(account)), Uncertain)
    now = datetime.now(UTC)

    ticket = await provider.find_lost(lost("1.1.0", now), account)

    assert ticket is not None
    assert images_in(await resumed(provider, ticket, account))
    assert await provider.find_lost(lost("1.1.1", now), account) is None
    assert await provider.find_lost(lost("1.1.0", now - timedelta(hours=1)), account) is None
    assert await provider.find_lost(lost("1.1.0", now, frozenset({ticket.task_id})), account) is None
    assert proxy.billed_images == 1


async def test_a_server_without_a_list_tells_nothing(provider: MidjourneyProvider) -> None:
    with FakeMidjourney(flavour="trueai") as server:
        assert await provider.find_lost(lost("1.1.0", datetime.now(UTC)), PROXY.account(server)) is None


# ---------------------------------------------------------------------------------------------------- actions


@pytest.mark.parametrize(("number", "size", "offered"), [(0, (1024, 1024), 0), (1, (2048, 2048), 2)])
async def test_actions_of_a_proxy(
    provider: MidjourneyProvider, proxy: FakeMidjourney, number: int, size: tuple[int, int], offered: int
) -> None:
    call = wish_for(PROXY.account(proxy))
    ticket = ticket_in(await events_of(provider, call))
    action = provider.follow_ups(ticket, 6)[number]
    before = len(proxy.requests)

    events = await events_of(provider, acting_on(call, action))

    word = ("UPSCALE", "VARIATION")[number]
    expected = {"taskId": ticket.task_id, "action": word, "index": 3, "state": "prompt-studio 1.1.0"}
    assert proxy.requests[before].json == expected
    assert pixel_size(sheet_in(events).content) == size
    assert sheet_in(events).whole_grid is (number == 1)
    assert action.image_count == (1, 4)[number]
    assert len(provider.follow_ups(ticket_in(events), 0)) == offered


@pytest.mark.parametrize(("number", "size"), [(0, (1024, 1024)), (1, (2048, 2048))])
async def test_actions_of_the_gateway(
    provider: MidjourneyProvider, gateway: FakeMidjourneyAceData, number: int, size: tuple[int, int]
) -> None:
    call = wish_for(GATEWAY.account(gateway))
    ticket = ticket_in(await events_of(provider, call))
    action = provider.follow_ups(ticket, 1)[number]
    before = len(gateway.requests)

    events = await events_of(provider, acting_on(call, action))

    word = ("upscale2", "variation2")[number]
    assert gateway.requests[before].json == {"action": word, "image_id": f"{ticket.task_id}-final", "timeout": 300}
    assert pixel_size(sheet_in(events).content) == size


async def test_version_eight_has_no_upscale(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    ticket = ticket_in(await events_of(provider, wish_for(PROXY.account(proxy), model="v8.1")))

    assert [action.title for action in provider.follow_ups(ticket, 0)] == ["Variation"]


async def test_an_action_goes_to_the_server_that_drew(provider: MidjourneyProvider, proxy: FakeMidjourney) -> None:
    call = wish_for(PROXY.account(proxy))
    action = provider.follow_ups(ticket_in(await events_of(provider, call)), 0)[0]
    moved = replace(acting_on(call, action), account=replace(call.account, fields={"route": "acedata"}))

    with pytest.raises(TaskExpired):
        await provider.prepare(moved)


# ---------------------------------------------------------------------------------------------------- AceDataCloud


@pytest.mark.parametrize("as_text", [False, True])
async def test_lines_with_percent_and_pictures(
    provider: MidjourneyProvider, gateway: FakeMidjourneyAceData, as_text: bool
) -> None:
    gateway.sizes_as_text = as_text
    events = await events_of(provider, wish_for(GATEWAY.account(gateway)))

    assert [event.fraction for event in events if isinstance(event, Progressed)] == [0.15, 0.5, 0.85]
    assert len([event for event in events if isinstance(event, PartialImage)]) == 3
    sheet = sheet_in(events)
    assert pixel_size(sheet.content) == (2048, 2048)
    assert (sheet.whole_grid, sheet.split_columns, sheet.split_rows) == (True, 2, 2)
    first, last = [event.ticket for event in events if isinstance(event, Accepted)]
    assert first.task_id == last.task_id
    assert last.data["image_id"] == f"{last.task_id}-final", "the id of the last line counts"


async def test_a_stream_that_is_cut_is_gone_on_with_by_its_task(
    provider: MidjourneyProvider, gateway: FakeMidjourneyAceData
) -> None:
    events = await events_of(provider, wish_for(GATEWAY.account(gateway), "kite [[acedata:cut stage=line]]"))

    assert images_in(events) == GATEWAY.results(gateway, gateway.requests[0])
    assert gateway.billed_images == 1
    assert gateway.requests[-1].json == {"action": "retrieve", "id": ticket_in(events).task_id}


async def test_an_error_as_a_line(provider: MidjourneyProvider, gateway: FakeMidjourneyAceData) -> None:
    """After a picture was shown nobody says that it was free."""
    error = await failure_of(provider, wish_for(GATEWAY.account(gateway), "kite [[acedata:forbidden stage=line]]"))

    assert isinstance(error, PromptRefused)
    assert (error.problem.charged, error.problem.repeat) == ("maybe", Repeat.NEVER)


async def test_a_time_out_as_a_line_is_not_the_end(
    provider: MidjourneyProvider, gateway: FakeMidjourneyAceData
) -> None:
    assert images_in(
        await events_of(provider, wish_for(GATEWAY.account(gateway), "kite [[acedata:timeout stage=line]]"))
    )


async def test_a_limit_as_a_line_does_not_send_it_again(
    provider: MidjourneyProvider, gateway: FakeMidjourneyAceData
) -> None:
    wish = wish_for(GATEWAY.account(gateway), "kite [[acedata:too_many_requests stage=line]]")

    assert (await failure_of(provider, wish)).problem.repeat is Repeat.NEVER


@pytest.mark.parametrize("code", ["forbidden", "api_error"])
async def test_a_task_that_fails(provider: MidjourneyProvider, gateway: FakeMidjourneyAceData, code: str) -> None:
    account = GATEWAY.account(gateway)
    error = await failure_of(provider, wish_for(account, f"kite [[acedata:{code} stage=task]]"))

    assert type(error) is {"forbidden": PromptRefused, "api_error": ServerFailed}[code]
    assert (error.problem.charged, error.problem.repeat) == ("maybe", Repeat.NEVER)


def task_reply(**fields: JsonValue) -> Answer:
    return Answer(json_reply({"id": "t-1", "created_at": 1.0, **fields}))


async def test_partial_progress_in_a_task(provider: MidjourneyProvider, gateway: FakeMidjourneyAceData) -> None:
    """Nobody has confirmed that a task shows any; where it does, it is not taken for the end."""
    account = GATEWAY.account(gateway)
    wish = wish_for(account, "kite [[acedata:cut stage=line]]")
    growing = {"success": True, "progress": 60, "image_url": "https://gone.example/x.webp", "task_id": "t-1"}
    gateway.script(task_reply(response=growing), task_reply(), path="/midjourney/tasks")

    events = await events_of(provider, wish)

    assert [event.fraction for event in events if isinstance(event, Progressed)][1] == 0.6
    assert images_in(events) == GATEWAY.results(gateway, gateway.requests[0])


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ([Answer(json_reply({}))] * 5, TaskExpired),
        ([task_reply(finished_at=2.0)], NoImage),
        ([task_reply(finished_at=2.0, response={"success": False, "error": "sorry"})], TaskFailed),
        ([task_reply(finished_at=2.0, response={"success": False})], TaskFailed),
        ([task_reply(response={"success": False, "error": {"code": "timeout", "message": "late"}})], GatewayAnswered),
    ],
)
async def test_how_a_task_of_the_gateway_ends(
    provider: MidjourneyProvider, gateway: FakeMidjourneyAceData, answers: list[Answer], kind: type[StudioError]
) -> None:
    gateway.script(*answers, path="/midjourney/tasks")

    error = await failure_of(provider, wish_for(GATEWAY.account(gateway), "kite [[acedata:cut stage=line]]"))

    assert type(error) is kind
    assert (error.problem.charged, error.problem.repeat) == ("maybe", Repeat.NEVER)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"success": False, "error": "bad words"}, ServerFailed),
        ({"success": False, "error": {"code": "used_up", "message": "empty"}}, StudioError),
        ({"detail": "nobody knows"}, Uncertain),
    ],
)
async def test_a_good_status_with_an_error_inside(
    provider: MidjourneyProvider, gateway: FakeMidjourneyAceData, body: Mapping[str, JsonValue], kind: type[StudioError]
) -> None:
    gateway.script(Answer(json_reply(dict(body))))

    error = await failure_of(provider, wish_for(GATEWAY.account(gateway)))

    assert isinstance(error, kind)


async def test_an_answer_that_is_no_stream(provider: MidjourneyProvider, gateway: FakeMidjourneyAceData) -> None:
    """A gateway that answers whole in spite of what was asked: the picture is paid, so it comes home."""
    link = gateway.files.put(b"\x89PNG whole")
    whole = {"success": True, "image_id": "i-1", "image_url": link, "actions": ["reroll"]}
    gateway.script(Answer(json_reply(whole)))

    events = await events_of(provider, wish_for(GATEWAY.account(gateway)))

    assert images_in(events) == [b"\x89PNG whole"]


async def test_a_page_in_place_of_a_stream(provider: MidjourneyProvider, gateway: FakeMidjourneyAceData) -> None:
    gateway.script(gateway_page(200))

    error = await failure_of(provider, wish_for(GATEWAY.account(gateway)))

    assert error.problem.charged == "maybe"
    assert error.problem.repeat not in (Repeat.SAFE, Repeat.LATER, Repeat.ONCE)


async def test_access_refused_is_not_called_a_filter(
    provider: MidjourneyProvider, gateway: FakeMidjourneyAceData
) -> None:
    error = {"code": "forbidden", "message": "This token has no permission for the service."}
    gateway.script(Answer(json_reply({"error": error}, status=403)))

    assert isinstance(await failure_of(provider, wish_for(GATEWAY.account(gateway))), KeyRejected)
