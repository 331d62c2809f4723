"""Money and crashes: the real program, interrupted and killed while a paid request is under way."""

from __future__ import annotations

from pathlib import Path

from tests.end2end.cli.program import Program
from tests.fakes.openai import FakeOpenAI


def posts(fake_openai: FakeOpenAI) -> int:
    return sum(request.method == "POST" for request in fake_openai.requests)


def test_interrupt_cancels_in_order_and_tells_about_the_money(
    program: Program, fake_openai: FakeOpenAI, paying: tuple[str, ...]
) -> None:
    with fake_openai.gate("before_response") as gate:
        running = program.start(*paying, "--json")
        gate.wait_reached()
        running.interrupt()
        ended = running.end()
    (result,) = ended.json["results"]
    assert (ended.code, result["state"]) == (130, "cancelled")
    assert result["error"]["billed"] == "maybe"
    assert "Interrupted. Cancelling" in ended.err
    assert posts(fake_openai) == 1


def test_interrupted_words_name_what_may_have_been_billed(
    program: Program, fake_openai: FakeOpenAI, paying: tuple[str, ...]
) -> None:
    with fake_openai.gate("before_response") as gate:
        running = program.start(*paying)
        gate.wait_reached()
        running.interrupt()
        ended = running.end()
    assert ended.code == 130
    assert "openai/gpt-image-2: cancelled" in ended.err
    assert "It may have been billed." in ended.err


def test_killed_request_is_in_doubt_and_never_sent_again(
    program: Program, fake_openai: FakeOpenAI, paying: tuple[str, ...]
) -> None:
    with fake_openai.gate("before_response") as gate:
        running = program.start(*paying)
        gate.wait_reached()
        running.kill()
    resumed = program.run("resume", "--json")
    ((result,),) = [run["results"] for run in resumed.json["runs"]]
    assert (resumed.code, result["state"], result["images"]) == (6, "uncertain", [])
    assert result["error"]["billed"] == "maybe"
    assert posts(fake_openai) == 1
    left = program.run("resume", "--json").json
    assert (left["runs"], [doubt["call"] for doubt in left["in_doubt"]], left["error"]) == ([], ["1.1.0"], None)
    settled = program.run("settle", "1.1.0", "--cost", "0.04")
    assert settled.out.strip() == "Call 1.1.0: $0.040 was billed."
    assert program.run("resume", "--json").json["in_doubt"] == []


def test_accepted_task_comes_home_after_a_kill(program: Program, held_painter: Path) -> None:
    wish = ("generate", "--prompt", "two pears", "--target", "demo/demo-poster", "--size", "64x64")
    running = program.start(*wish)
    running.hear("demo/demo-poster: waiting for the provider")
    running.kill()
    held_painter.unlink()
    resumed = program.run("resume", "--json", "--out", "home")
    ((result,),) = [run["results"] for run in resumed.json["runs"]]
    assert (resumed.code, result["state"]) == (0, "done")
    assert Path(result["images"][0]["path"]).parent == program.folder / "home"
    assert len(list((program.folder / "home").iterdir())) == 1


def test_image_that_waits_in_the_library_is_not_paid_for_twice(
    program: Program, fake_openai: FakeOpenAI, paying: tuple[str, ...]
) -> None:
    first = program.run(*paying, "--json")
    again = program.run(*paying, "--json", "--cache-any")
    assert (first.code, again.code, posts(fake_openai)) == (0, 0, 1)
    images = [ended.json["results"][0]["images"][0]["path"] for ended in (first, again)]
    assert Path(images[0]).read_bytes() == Path(images[1]).read_bytes()
