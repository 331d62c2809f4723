"""Sweeps in the real program, killed and interrupted half-way: nothing is sent twice, what was made before is free."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.end2end.cli.program import Program
from tests.fakes.openai import API_KEY, FakeOpenAI


@pytest.fixture
def paid_sweep(program: Program, fake_openai: FakeOpenAI) -> tuple[str, ...]:
    """The words of a sweep at the fake OpenAI, but for its prompt."""
    program.environment["OPENAI_API_KEY"] = API_KEY
    return (
        *("sweep", "--target", "openai/gpt-image-2", "--size", "1024x1024"),
        *("--base-url", fake_openai.base_url, "--json"),
    )


def prompts_sent(fake_openai: FakeOpenAI) -> Counter[str]:
    posts = [request for request in fake_openai.requests if request.method == "POST"]
    return Counter(json.loads(request.body)["prompt"] for request in posts)


def states(cells: Sequence[dict[str, str]]) -> Counter[str]:
    return Counter(cell["state"] for cell in cells)


def test_a_killed_sweep_is_finished_and_no_cell_is_sent_twice(
    program: Program, fake_openai: FakeOpenAI, paid_sweep: tuple[str, ...]
) -> None:
    first = program.run(*paid_sweep, "-p", "a {red|blue} cat")
    assert (first.code, states(first.json["cells"])) == (0, {"done": 2})

    colours = "red|blue|green|grey|pink|gold|black|white|brown|teal"
    with fake_openai.gate("before_response") as gate:
        running = program.start(*paid_sweep, "-p", f"a {{{colours}}} cat")
        gate.wait_reached(4)
        gate.step(2)
        gate.wait_reached(6)
        running.kill()
    interrupted = program.run("sweep", "show", "2", "--json").json
    assert interrupted["sweep"]["state"] == "interrupted"

    resumed = program.run("sweep", "resume", "2", "--json")

    assert f"Going on at {fake_openai.base_url}, where it was begun." in resumed.err
    sweep = resumed.json["sweep"]
    assert states(resumed.json["cells"]) == {"cached": 2, "done": 4, "uncertain": 4}
    assert (resumed.code, sweep["state"], sweep["done"], sweep["waiting"]) == (6, "done", 6, 0)
    assert (sweep["failed"], sweep["in_doubt"]) == (0, 4), "what may have been billed has not failed"
    shown = program.run("sweep", "show", "2").err
    assert "Sweep 2, done: 6 of 10 cells done, 4 may have been billed" in shown
    sent = prompts_sent(fake_openai)
    assert max(sent.values()) == 1
    assert sorted(sent) == sorted(f"a {colour} cat" for colour in colours.split("|"))

    again = program.run("sweep", "resume", "2", "--failed-too", "--json", "--base-url", fake_openai.base_url)
    assert states(again.json["cells"])["uncertain"] == 4
    assert prompts_sent(fake_openai) == sent


def test_ctrl_c_pauses_and_resuming_makes_the_rest(
    program: Program, fake_openai: FakeOpenAI, paid_sweep: tuple[str, ...]
) -> None:
    with fake_openai.gate("before_response") as gate:
        running = program.start(*paid_sweep, "-p", "a {red|blue|green|grey|pink|gold|black} cat")
        gate.wait_reached(4)
        running.interrupt()
        running.hear("Nothing more is sent")
        gate.release()
        paused = running.end()
    assert (paused.code, paused.json["sweep"]["state"]) == (130, "paused")
    assert paused.json["sweep"]["done"] == 4
    resumed = program.run("sweep", "resume", "1", "--json", "--base-url", fake_openai.base_url)
    assert (resumed.code, resumed.json["sweep"]["state"]) == (0, "done")
    assert states(resumed.json["cells"]) == {"done": 7}
    assert list(prompts_sent(fake_openai).values()) == [1] * 7


def test_accepted_tasks_of_a_killed_sweep_come_home(program: Program) -> None:
    """Demo's poster works like a vendor with tickets: every cell is finished after the crash."""
    wish = ("-p", "a cat [[slow:2]]", "--seeds", "1-6", "--size", "64x64", "--target", "demo/demo-poster")
    running = program.start("sweep", *wish)
    running.hear("1 of 6 cells done")
    running.kill()
    resumed = program.run("sweep", "resume", "1", "--json")
    assert resumed.json["sweep"]["total"] == 6
    assert set(states(resumed.json["cells"])) <= {"done", "uncertain"}
    assert states(resumed.json["cells"])["done"] >= 3


@pytest.mark.parametrize(("answer", "outcome"), [("n", (130, 0)), ("y", (0, 3))])
def test_on_a_terminal_it_asks_above_the_number_of_the_settings(
    program: Program, fake_openai: FakeOpenAI, paid_sweep: tuple[str, ...], answer: str, outcome: tuple[int, int]
) -> None:
    settings = Path(program.environment["HOME"]) / ".config" / "prompt-studio" / "settings.json"
    settings.write_text(json.dumps({**json.loads(settings.read_text()), "confirm_above_paid_calls": 2}))
    ours, theirs = pty.openpty()
    words = [word for word in paid_sweep if word != "--json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "studio", *words, "-p", "a {red|blue|green} cat"],
        cwd=program.folder,
        env={**program.environment, "TERM": "xterm-256color"},
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    )
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # Linux says so when the last writer is gone
        while piece := os.read(ours, 65_536):
            shown += piece
            if b"Send 3 paid requests" in shown and answer:
                os.write(ours, f"{answer}\n".encode())
                answer = ""
    os.close(ours)
    paths, _ = process.communicate(timeout=240)
    assert (process.returncode, prompts_sent(fake_openai).total()) == outcome
    assert len(paths.split()) == outcome[1]
    assert b"3 = 3 combinations" in shown
    assert (b"3 of 3 cells" in shown) is (outcome[1] == 3)
