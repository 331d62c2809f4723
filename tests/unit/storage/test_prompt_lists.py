"""Lists for choices in prompts: text files of the user."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.domain.choices import ChoiceValue, read_template
from studio.domain.errors import FolderNotWritable
from studio.storage import Workspace
from studio.storage.prompt_lists import PromptLists
from studio.storage.workers import Workers


def write(workspace: Workspace, name: str, content: bytes | str) -> Path:
    path = workspace.prompt_lists.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


async def test_every_text_file_is_a_list(workspace: Workspace) -> None:
    write(workspace, "colours.txt", "\ufeff# warm ones\r\nred\r\n\r\n  3::deep orange \r\n.5::#ff0000\n")
    write(workspace, "light/moods.TXT", "黄昏\nat noon")
    write(workspace, "notes.md", "no list")
    write(workspace, ".hidden.txt", "x")
    write(workspace, ".trash/x.txt", "x")
    write(workspace, "empty.txt", "# nothing yet\n")
    lists, faults = await workspace.prompt_lists.read_all()
    assert faults == ()
    assert lists == {
        "colours": (ChoiceValue("red"), ChoiceValue("deep orange", 3), ChoiceValue("#ff0000", 0.5)),
        "empty": (),
        "light/moods": (ChoiceValue("黄昏"), ChoiceValue("at noon")),
    }
    template = read_template("a __colours__ sky {@light/moods}", lists)
    assert template.combination_count == 6


async def test_what_cannot_be_used_is_named_and_the_others_are_read(workspace: Workspace) -> None:
    write(workspace, "good.txt", "one\n0::two\nthree")
    write(workspace, "latin.txt", "caf\xe9".encode("latin-1"))
    write(workspace, "large.txt", b"x\n" * 500_001)
    write(workspace, "many.txt", "\n".join(str(number) for number in range(10_001)))
    write(workspace, "a__b.txt", "x")
    os.mkfifo(workspace.prompt_lists.folder / "pipe.txt")
    (workspace.prompt_lists.folder / "gone.txt").symlink_to("nowhere")
    lists, faults = await workspace.prompt_lists.read_all()
    assert lists == {"good": (ChoiceValue("one"), ChoiceValue("three"))}
    assert sorted((fault.name, fault.reason) for fault in faults) == [
        ("a__b", "bad name"),
        ("gone", "unreadable"),
        ("good", "bad weight"),
        ("large", "too large"),
        ("latin", "not UTF-8"),
        ("many", "too many values"),
        ("pipe", "unreadable"),
    ]


async def test_a_list_is_written_replaced_and_removed(workspace: Workspace) -> None:
    lists = workspace.prompt_lists
    await lists.write("light/moods", [ChoiceValue("dusk"), ChoiceValue("noon", 2.5)])
    path = lists.folder / "light" / "moods.txt"
    assert path.read_text() == "dusk\n2.5::noon\n"
    path.write_text("# mine\n\n# second\n" + path.read_text() + "# not at the top\n")
    await lists.write("Light/Moods", [ChoiceValue("dawn")])
    assert path.read_text() == "# mine\n\n# second\ndawn\n# not at the top\n"
    await lists.write("light/hours", [ChoiceValue("dawn"), ChoiceValue("noon")], like="light/moods")
    assert path.with_name("hours.txt").read_text() == "# mine\n\n# second\ndawn\nnoon\n# not at the top\n"
    await lists.remove("light/hours")
    assert (await lists.read_all())[0] == {"light/moods": (ChoiceValue("dawn"),)}
    await lists.remove("light/moods")
    await lists.remove("light/moods")
    assert (await lists.read_all())[0] == {}
    assert list((lists.folder / "light").iterdir()) == []


@pytest.mark.parametrize("name", ["", "a/../b", "../up", "a//b", "/root", "a\\b", "a{b", "a__b", ".a", " a", "x" * 101])
async def test_names_that_lead_astray_are_refused(workspace: Workspace, name: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name of a list"):
        await workspace.prompt_lists.write(name, [ChoiceValue("x")])
    with pytest.raises(ValueError, match="cannot be the name of a list"):
        await workspace.prompt_lists.remove(name)


@pytest.mark.parametrize("text", ["", "  ", "two\nlines", "two\u2028lines"])
async def test_a_value_is_one_line(workspace: Workspace, text: str) -> None:
    with pytest.raises(ValueError, match="a value is one line of text"):
        await workspace.prompt_lists.write("x", [ChoiceValue(text)])


async def test_a_file_in_the_way_is_told(workspace: Workspace) -> None:
    write(workspace, "light", "a file, not a folder")
    with pytest.raises(FolderNotWritable):
        await workspace.prompt_lists.write("light/moods", [ChoiceValue("x")])


lines = st.text(min_size=1, max_size=20).map(str.strip).filter(lambda text: text and len(text.splitlines()) == 1)
weights = st.one_of(st.just(1.0), st.floats(0.000_001, 1_000_000))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.builds(ChoiceValue, lines | st.sampled_from(["# red", "3::red", "-1::x", "{a|b}"]), weights)))
def test_what_is_written_reads_back(tmp_path: Path, values: list[ChoiceValue]) -> None:
    lists = PromptLists(tmp_path, "test", workers := Workers("test", 1))
    import asyncio

    async def there_and_back() -> None:
        await lists.write("all", values)
        read, faults = await lists.read_all()
        assert faults == ()
        assert read["all"] == tuple(values)

    asyncio.run(there_and_back())
    workers.close(5)
