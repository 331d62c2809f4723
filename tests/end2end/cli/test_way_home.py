"""A task that was paid for at another address than that of Preferences comes home from there, and from nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end2end.cli.program import Program
from tests.fakes.acedata import API_KEY as ACEDATA_KEY
from tests.fakes.acedata import FakeAceData
from tests.fakes.midjourney import API_KEY as MIDJOURNEY_KEY
from tests.fakes.midjourney import FakeMidjourney
from tests.fakes.tongyi import API_KEY, FakeTongyi


@pytest.fixture
def of_preferences() -> Iterator[FakeTongyi]:
    with FakeTongyi() as server:
        yield server


@pytest.fixture
def left_behind(program: Program, fake_tongyi: FakeTongyi, of_preferences: FakeTongyi, home: Path) -> None:
    """A task at `fake_tongyi`, whose program was killed; Preferences name the other server."""
    program.environment["DASHSCOPE_API_KEY"] = API_KEY
    _prefer(home, of_preferences.base_url)
    fake_tongyi.tasks.freeze()
    running = program.start(
        *("generate", "--prompt", "two pears", "--target", "tongyi/qwen-image", "--base-url", fake_tongyi.base_url)
    )
    running.hear("tongyi/qwen-image: waiting for the provider")
    running.kill()
    fake_tongyi.tasks.thaw()


def _prefer(home: Path, base_url: str) -> None:
    settings = home / ".config" / "prompt-studio" / "settings.json"
    account = {"fields": {"base_url": base_url}}
    settings.write_text(json.dumps({"schema": 1, "providers": {"tongyi": {"accounts": [account]}}}))


@pytest.mark.usefixtures("left_behind")
def test_it_comes_home_from_where_it_was_accepted(
    program: Program, fake_tongyi: FakeTongyi, of_preferences: FakeTongyi
) -> None:
    resumed = program.run("resume", "--json")
    ((result,),) = [run["results"] for run in resumed.json["runs"]]
    assert (resumed.code, result["state"], len(result["images"])) == (0, "done", 1)
    assert (len(fake_tongyi.tasks.all), list(of_preferences.requests)) == (1, [])


@pytest.mark.usefixtures("left_behind")
def test_another_address_in_preferences_since_is_told_and_the_user_has_the_word(
    program: Program, fake_tongyi: FakeTongyi, of_preferences: FakeTongyi, home: Path
) -> None:
    with FakeTongyi() as third:
        _prefer(home, third.base_url)
        told = program.run("resume")
        assert (told.code, list(third.requests), list(of_preferences.requests)) == (6, [], [])
        order = f"prompt-studio resume 1.1.0 --base-url {fake_tongyi.base_url}"
        assert order in told.err
        fetched = program.run(*order.split()[1:], "--json")
        ((result,),) = [run["results"] for run in fetched.json["runs"]]
        assert (fetched.code, result["state"], list(third.requests)) == (0, "done", [])
    assert len(fake_tongyi.tasks.all) == 1


@pytest.mark.usefixtures("left_behind")
def test_a_workspace_without_the_folder_of_its_user_gives_nothing_up(
    program: Program, fake_tongyi: FakeTongyi, of_preferences: FakeTongyi, home: Path
) -> None:
    for file in (home / ".local" / "state" / "prompt-studio" / "sent-addresses").iterdir():
        file.unlink()
    told = program.run("resume", "--json")
    ((result,),) = [run["results"] for run in told.json["runs"]]
    assert (told.code, result["state"], result["error"]["billed"]) == (6, "uncertain", "maybe")
    (doubt,) = program.run("resume", "--json").json["in_doubt"]
    assert (doubt["call"], doubt["can_be_asked"]) == ("1.1.0", True)
    fetched = program.run("resume", "1.1.0", "--base-url", fake_tongyi.base_url, "--json")
    assert fetched.json["runs"][0]["results"][0]["state"] == "done"


def test_every_vendor_with_tasks_is_asked_where_it_accepted(
    program: Program, fake_midjourney: FakeMidjourney, fake_acedata: FakeAceData
) -> None:
    """Preferences have the vendors' own addresses, which no test may reach."""
    servers: tuple[tuple[str, str, str, FakeMidjourney | FakeAceData], ...] = (
        ("midjourney/v7", "MIDJOURNEY_API_KEY", MIDJOURNEY_KEY, fake_midjourney),
        ("acedata/gpt-image-2", "ACEDATACLOUD_API_TOKEN", ACEDATA_KEY, fake_acedata),
    )
    for target, variable, key, server in servers:
        program.environment[variable] = key
        server.tasks.freeze()
        running = program.start("generate", "--prompt", "two pears", "--target", target, "--base-url", server.base_url)
        running.hear(f"{target}: waiting for the provider")
        running.kill()
        server.tasks.thaw()
    resumed = program.run("resume", "--json")
    states = [result["state"] for run in resumed.json["runs"] for result in run["results"]]
    assert (resumed.code, states) == (0, ["done", "done"])
    assert [len(server.tasks.all) for *_, server in servers] == [1, 1]


def test_an_address_is_that_of_one_call(program: Program) -> None:
    refused = program.run("resume", "--base-url", "https://gateway.example/v1")
    assert refused.code == 2
    assert "--base-url needs the CALL" in refused.err
