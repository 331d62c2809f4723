from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from studio.cli.sweep_plan import SweepWords, make_plan, read_seeds
from studio.domain.choices import ChoiceValue
from studio.domain.errors import RequestInvalid
from studio.domain.request import GenerationRequest, Target
from studio.domain.sweep_cells import sweep_cells
from tests.fakes.openai import API_KEY, FakeOpenAI
from tests.unit.cli.conftest import CommandLine

DEMO = ("--target", "demo/demo-painter", "--size", "64x64")


def lists_of(home: Path) -> Path:
    folder = home / "Pictures" / "Prompt Studio" / "lists"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def paying(monkeypatch: pytest.MonkeyPatch, fake_openai: FakeOpenAI) -> tuple[str, ...]:
    monkeypatch.setenv("OPENAI_API_KEY", API_KEY)
    return ("--target", "openai/gpt-image-2", "--size", "1024x1024", "--base-url", fake_openai.base_url)


def posts(fake_openai: FakeOpenAI) -> int:
    return sum(request.method == "POST" for request in fake_openai.requests)


def test_every_combination_lands_in_the_folder(prompt_studio: CommandLine, desk: Path) -> None:
    wish = ("-p", "a {red|blue} cat", "--seeds", "1-2", *DEMO, "--target", "demo/demo-papercut")
    answer = prompt_studio("sweep", *wish)
    assert answer.code == 0
    paths = [Path(line) for line in answer.out.splitlines()]
    assert len(paths) == len(set(paths)) == 8
    assert all(path.parent == desk / "output" / "images" and path.is_file() for path in paths)
    assert "2 x 2 x 2 = 8 combinations" in answer.err
    assert "8 of 8 cells done, 0 failed" in answer.err
    assert "Sweep 1, done: 8 of 8 cells done." in answer.err


def test_document_and_the_list_of_sweeps(prompt_studio: CommandLine) -> None:
    first = prompt_studio("sweep", "-p", "a {red|blue} cat", "--seeds", "3", *DEMO, "--json").json
    assert first["error"] is None
    assert {name: first["sweep"][name] for name in ("id", "state", "total", "done", "failed", "waiting", "images")} == {
        "id": 1,
        "state": "done",
        "total": 2,
        "done": 2,
        "failed": 0,
        "waiting": 0,
        "images": 2,
    }
    red = first["cells"][0]
    assert (red["values"], red["target"], red["prompt"], red["state"], red["run"]) == (
        *({"choice 1": "red", "seed": "3"}, "demo/demo-painter", "a red cat", "done", 1),
    )
    assert (red["images"][0]["width"], red["images"][0]["seed"]) == (64, 3)
    again = prompt_studio("sweep", "-p", "a {red|blue|green} cat", "--seeds", "3", *DEMO, "--json").json
    assert [cell["state"] for cell in again["cells"]] == ["cached", "cached", "done"]
    listed = prompt_studio("sweep", "list", "--json").json["sweeps"]
    assert [sweep["id"] for sweep in listed] == [2, 1]
    assert prompt_studio("sweep", "list").out.splitlines()[1].split()[0] == "2"
    shown = prompt_studio("sweep", "show", "2", "--json").json
    assert [cell["state"] for cell in shown["cells"]] == ["cached", "cached", "done"]
    table = prompt_studio("sweep", "show", "2")
    assert "green, 3" in table.out
    done = prompt_studio("sweep", "resume", "2", "--json")
    assert (done.code, done.json["sweep"]["state"]) == (0, "done")


def test_dry_run_tells_count_price_time_and_notices_and_sends_nothing(
    prompt_studio: CommandLine, fake_openai: FakeOpenAI, paying: tuple[str, ...]
) -> None:
    wish = ("sweep", "-p", "a {red|blue} cat", "--seeds", "1,2", *paying, "--dry-run")
    words = prompt_studio(*wish)
    assert words.code == 0
    assert "2 x 2 = 4 combinations" in words.out
    assert "cells: 4 new (4 images); paid requests: 4" in words.out
    assert "price: ≈ $" in words.out
    assert "time: about " in words.out
    assert "openai/gpt-image-2: ignored: seed: Seed ignored, gpt-image-2 has no seed (4 cells)" in words.out
    document = prompt_studio(*wish, "--json").json
    told = document["forecast"]
    assert (document["sweep"], told["cells"], told["new"], told["made"], told["paid_calls"]) == (None, 4, 4, 0, 4)
    assert told["typical"][0]["amount"] > 0
    assert told["seconds"] > 0
    assert document["cells"][0]["notices"][0]["field"] == "seed"
    assert posts(fake_openai) == 0
    assert prompt_studio("sweep", "list").err.strip() == "There is no sweep yet."


def test_above_the_number_of_the_settings_it_asks_or_wants_yes(
    prompt_studio: CommandLine, settings: Path, fake_openai: FakeOpenAI, paying: tuple[str, ...]
) -> None:
    settings.write_text(json.dumps({**json.loads(settings.read_text()), "confirm_above_paid_calls": 2}))
    wish = ("sweep", "-p", "a {red|blue|green} cat", *paying)
    refused = prompt_studio(*wish)
    assert refused.code == 2
    assert "it needs 3 paid requests, more than 2; add --yes" in refused.err
    assert posts(fake_openai) == 0
    assert prompt_studio(*wish, "--first", "2").code == 0
    # Two are in the library now: one paid request needs no question.
    assert prompt_studio(*wish).code == 0
    assert prompt_studio("sweep", "-p", "a {red|blue|green} dog", *paying, "--yes").code == 0
    assert posts(fake_openai) == 6


def test_limits_of_money_refuse_before_anything_is_sent(
    prompt_studio: CommandLine, settings: Path, fake_openai: FakeOpenAI, paying: tuple[str, ...]
) -> None:
    wish = ("sweep", "-p", "a {red|blue|green} cat", *paying, "--json")
    refused = prompt_studio(*wish, "--max-cost", "0.05")
    assert (refused.code, refused.json["sweep"], refused.json["error"]["kind"]) == (5, None, "over_budget")
    limit = {"per_day": {"amount": "0.10", "currency": "USD"}}
    settings.write_text(json.dumps({**json.loads(settings.read_text()), "budget": limit}))
    assert prompt_studio(*wish).code == 5
    assert posts(fake_openai) == 0
    assert prompt_studio(*wish, "--over-budget").code == 0
    assert posts(fake_openai) == 3


def test_failures_pause_and_resuming_repeats_them_when_asked(
    prompt_studio: CommandLine, fake_openai: FakeOpenAI, paying: tuple[str, ...]
) -> None:
    fake_openai.fail_next("moderation_blocked", times=1)
    wish = ("sweep", "-p", "a {red|blue|green} cat", *paying, "--json", "--stop-after", "0")
    first = prompt_studio(*wish)
    assert (first.code, first.json["sweep"]["failed"]) == (4, 1)
    failed = [cell for cell in first.json["cells"] if cell["state"] == "failed"]
    assert failed[0]["problem"]
    assert prompt_studio("sweep", "resume", "1", "--json").json["sweep"]["failed"] == 1
    again = prompt_studio("sweep", "resume", "1", "--failed-too", "--json")
    assert (again.code, again.json["sweep"]["done"]) == (0, 3)
    assert posts(fake_openai) == 4


def test_what_is_left_is_priced_and_one_cell_is_made_alone(
    prompt_studio: CommandLine, fake_openai: FakeOpenAI, paying: tuple[str, ...]
) -> None:
    fake_openai.fail_next("moderation_blocked", times=2)
    wish = ("sweep", "-p", "a {red|blue|green} cat", *paying, "--json", "--stop-after", "0")
    first = prompt_studio(*wish)
    failed = [cell["position"] for cell in first.json["cells"] if cell["state"] == "failed"]
    assert len(failed) == 2
    left = prompt_studio("sweep", "resume", "1", "--failed-too", "--dry-run", "--json").json
    assert (left["sweep"]["id"], left["forecast"]["paid_calls"]) == (1, 2)
    assert [cell["position"] for cell in left["cells"]] == failed
    words = prompt_studio("sweep", "resume", "1", "--cell", str(failed[1]), "--dry-run")
    assert "paid requests: 1\nprice: ≈ $" in words.out
    assert words.out.endswith("Nothing was sent.\n")
    assert posts(fake_openai) == 3
    one = prompt_studio("sweep", "resume", "1", "--cell", str(failed[1]), "--json")
    assert (one.code, one.json["sweep"]["done"], one.json["sweep"]["failed"]) == (0, 2, 1)
    assert one.json["cells"][failed[1]]["state"] == "done"
    told = prompt_studio("sweep", "resume", "1", "--failed-too", "--cell", str(failed[0]))
    assert "Still to be sent: paid requests: 1, ≈ $" in told.err
    again = prompt_studio("sweep", "resume", "1", "--cell", str(failed[1]))
    assert again.code == 2
    assert "none of them waits or failed" in again.err
    assert posts(fake_openai) == 5
    assert prompt_studio("sweep", "resume", "9", "--dry-run").code == 2


def test_no_address_in_a_workspace_is_sent_a_key(
    prompt_studio: CommandLine, fake_openai: FakeOpenAI, paying: tuple[str, ...], settings: Path, home: Path
) -> None:
    """A workspace may come from somebody else: an address is followed only when this user typed it here."""
    fake_openai.fail_next("moderation_blocked", times=1)
    prompt_studio("sweep", "-p", "a {red|blue} cat", *paying, "--json", "--stop-after", "0")
    (kept,) = home.rglob("sweep-addresses.json")
    assert kept.stat().st_mode & 0o077 == 0
    kept.unlink()
    nobody = {"accounts": [{"fields": {"base_url": "http://127.0.0.1:9"}}]}
    settings.write_text(json.dumps({**json.loads(settings.read_text()), "providers": {"openai": nobody}}))
    before = posts(fake_openai)
    answer = prompt_studio("sweep", "resume", "1", "--failed-too")
    assert "Going on at" not in answer.err
    assert (answer.code, posts(fake_openai)) == (7, before)


def test_lists_of_the_workspace(prompt_studio: CommandLine, home: Path) -> None:
    (lists_of(home) / "colours.txt").write_text("# warm\nred\n3::orange\n")
    (lists_of(home) / "bad.txt").write_bytes(b"\xff\xfe\xff")
    answer = prompt_studio("sweep", "-p", "a __colours__ cat", *DEMO, "--json")
    assert [cell["values"] for cell in answer.json["cells"]] == [{"colours": "red"}, {"colours": "orange"}]
    assert "List bad: not UTF-8" in answer.err
    sample = prompt_studio("sweep", "-p", "a {@colours} cat", *DEMO, "--sample", "1", "--dry-run")
    assert "of which a sample of 1" in sample.out
    assert "free, everything is in the library" in sample.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-p", "a {@nobody} cat"), "there is no list 'nobody' in "),
        (("-p", "a {red|blue cat"), "'{red|blue cat': is not closed"),
        (("-p", "a {|} cat"), "has no values"),
        (("-p", "a {0::red|blue} cat"), "0 cannot be a weight"),
        (("-p", "a cat", "--seeds", "1-x"), "'1-x' is no seed and no range such as 1-4"),
        (("-p", "a cat", "--seeds", "1-90000"), "or too many"),
        (("-p", "a cat", "--size", "64x64,wide"), "'wide' is not a size"),
        (("-p", "a cat", "--option", "demo.pace=a,b"), "several values vary for all"),
        (("-p", "a cat", "--negative", "{a|b}", "--negative", "c"), "choices stand in a single --negative"),
        (("-p", "{red|}"), "the prompt is empty"),
        (("-p", "a cat", "--max-cost", "cheap"), "'cheap' is no amount"),
        (("-p", "a cat", "--max-cost", "cheap", "--dry-run"), "'cheap' is no amount"),
        ((), "prompt: it is missing"),
    ],
)
def test_what_cannot_be_understood_is_told_and_nothing_is_made(
    prompt_studio: CommandLine, arguments: tuple[str, ...], words: str
) -> None:
    answer = prompt_studio("sweep", *arguments, "--target", "demo")
    assert answer.code == 2
    assert words in answer.err
    assert answer.out == ""


def test_too_many_cells_and_sweeps_that_are_not_there(prompt_studio: CommandLine) -> None:
    many = prompt_studio("sweep", "-p", "a {red|blue} cat", "--seeds", "1-9000", *DEMO, "--dry-run", "--json")
    assert (many.code, many.json["error"]["kind"]) == (2, "sweep_too_large")
    for command in (("show", "9"), ("resume", "9"), ("pause", "9"), ("stop", "9")):
        answer = prompt_studio("sweep", *command)
        assert answer.code == 2
        assert "there is no sweep 9; prompt-studio sweep list names them" in answer.err


def test_pause_and_stop_tell_how_it_stands(prompt_studio: CommandLine) -> None:
    prompt_studio("sweep", "-p", "a cat", "--seeds", "1", *DEMO)
    assert prompt_studio("sweep", "pause", "1").out.strip() == "Sweep 1, done: 1 of 1 cells done."
    assert prompt_studio("sweep", "stop", "1").out.strip() == "Sweep 1, done: 1 of 1 cells done."


# --- from words to a plan --------------------------------------------------------------------------------------

TARGETS = (Target(provider="demo", model="demo-painter"), Target(provider="demo", model="demo-papercut"))


def plan_of(prompt: str = "a cat", negative: str = "", *, targets: Any = TARGETS, **words: Any) -> Any:
    lists = {"moods": (ChoiceValue("calm", 2.0), ChoiceValue("wild"))}
    request = GenerationRequest(prompt=prompt, negative_prompt=negative)
    return make_plan(request, targets, SweepWords(**words), lists, "lists")


def test_every_kind_of_axis_finds_its_place() -> None:
    plan = plan_of(
        "a {@moods} cat in {red|blue}",
        "{text|noise}",
        seeds="1,4-5",
        sizes=("1024x1024,2K", "auto"),
        styles=("ink", "oil"),
        options=("quality=low,high", "pace=instant"),
        sample=7,
        sample_seed=3,
        order="random",
        stop_after=0,
    )
    assert [(axis.kind, axis.place, len(axis.values)) for axis in plan.axes] == [
        ("words", "rows", 2),
        ("words", "across", 2),
        ("negative words", "down", 2),
        ("target", "columns", 2),
        ("size", "across", 3),
        ("style", "down", 2),
        ("option", "across", 2),
        ("seed", "down", 3),
    ]
    assert [(value.label, value.weight) for value in plan.axes[0].values] == [("calm", 2.0), ("wild", 1.0)]
    assert (plan.make, plan.sample_count, plan.sample_seed, plan.order) == ("sample", 7, 3, "random")
    assert plan.stop_after_failures is None
    assert len(sweep_cells(plan)) == 7


def test_one_value_of_each_is_no_axis_but_the_request() -> None:
    plan = plan_of(targets=TARGETS[:1], sizes=("2K",), styles=("ink",), negatives=("text",), options=("quality=low",))
    assert (plan.axes, plan.targets, plan.make, plan.stop_after_failures) == ((), TARGETS[:1], "all", 3)


def test_several_negatives_are_the_values_themselves() -> None:
    (axis,) = plan_of(targets=TARGETS[:1], negatives=("text", "", r"\{a\|b\}")).axes
    assert [value.negative_prompt for value in axis.values] == ["text", "", "{a|b}"]


@pytest.mark.parametrize(
    ("text", "seeds"), [("7", (7,)), ("1,2,2", (1, 2)), ("3-5", (3, 4, 5)), ("3..4, 9", (3, 4, 9)), ("5-5", (5,))]
)
def test_seeds(text: str, seeds: tuple[int, ...]) -> None:
    assert read_seeds(text) == seeds


@pytest.mark.parametrize("text", ["5-3", "-1", "4294967296", "a", "1;2"])
def test_seeds_that_are_none(text: str) -> None:
    with pytest.raises(RequestInvalid):
        read_seeds(text)


# --- generate does not pay for literal braces --------------------------------------------------------------------


@pytest.mark.parametrize("prompt", ["a {red|blue} cat", "a __colours__ cat", "a {@colours} cat", "a {red|blue cat"])
def test_generate_refuses_a_prompt_with_choices(prompt_studio: CommandLine, prompt: str) -> None:
    answer = prompt_studio("generate", "--prompt", prompt, *DEMO)
    assert answer.code == 2
    assert "reads as a choice of a sweep; prompt-studio sweep makes its combinations, --literal sends" in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(("more", "told"), [((), True), (("--quiet",), False), (("--literal",), False)])
def test_generate_tells_a_brace_that_is_not_closed(
    prompt_studio: CommandLine, more: tuple[str, ...], told: bool
) -> None:
    answer = prompt_studio("generate", "--prompt", "a {red cat", *DEMO, *more, "--dry-run")
    assert answer.code == 0
    assert ("A brace in the prompt is not closed: it is sent as it stands." in answer.err) is told


@pytest.mark.parametrize(
    ("prompt", "literal", "sent"),
    [
        ('{"subject": "cat", "size": {"w": 1}}', False, '{"subject": "cat", "size": {"w": 1}}'),
        (r"a \{red\|blue\} cat", False, "a {red|blue} cat"),
        ("a {red|blue} cat", True, "a {red|blue} cat"),
        (r"a \{red\|blue\} cat", True, r"a \{red\|blue\} cat"),
    ],
)
def test_generate_sends_plain_text_as_it_is_meant(
    prompt_studio: CommandLine, prompt: str, literal: bool, sent: str
) -> None:
    answer = prompt_studio(
        *("generate", "--prompt", prompt, *("--target", "openai/gpt-image-2"), "--dry-run", "--json"),
        *(("--literal",) if literal else ()),
    )
    assert answer.code == 0
    assert answer.json["results"][0]["requests"][0]["body"]["prompt"] == sent
