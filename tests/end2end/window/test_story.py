"""The story of a designer's first minutes, on a real screen, through what a screen reader sees and a keyboard does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end2end.window.desktop import Desktop, missing_tools, virtual_desktop

pytestmark = [
    pytest.mark.xdist_group("screen"),
    pytest.mark.skipif(bool(missing_tools()), reason=f"this machine lacks {', '.join(missing_tools())}"),
]

WORKSPACE = "Pictures/Prompt Studio"


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with virtual_desktop(tmp_path / "home") as screen:
        yield screen


def originals(desktop: Desktop) -> list[Path]:
    return sorted((desktop.home / WORKSPACE / "output" / "images").glob("*.png"))


def write_first_prompt(desktop: Desktop, text: str) -> None:
    """In a window that was never used before, in place of the example in it."""
    desktop.find("label", "Press Generate. No account needed.")
    desktop.keys("ctrl+l", "ctrl+a")
    desktop.type(text)
    desktop.expect_text("Prompt", text)


def test_from_first_start_to_export_quit_and_restart(desktop: Desktop, tmp_path: Path) -> None:
    desktop.start()
    write_first_prompt(desktop, "two pears on linen")
    desktop.keys("ctrl+Return")
    desktop.find("list item", "image 4 of 4, done")
    assert originals(desktop)
    desktop.keys("ctrl+2")
    desktop.do("focus", role="list", name="Images")
    desktop.keys("ctrl+a")
    desktop.find("push button", "Export ")
    desktop.keys("ctrl+e")
    desktop.find("dialog", "Export")
    folder = tmp_path / "exported"
    desktop.do("focus", role="text", name="Folder")
    desktop.keys("ctrl+a")
    desktop.type(str(folder))
    desktop.find("push button", "Export ")
    desktop.keys("ctrl+Return")
    desktop.find("push button", "Show in folder")
    copies = sorted(folder.glob("*.png"))
    assert sorted(path.read_bytes() for path in copies) == sorted(path.read_bytes() for path in originals(desktop))
    desktop.keys("Escape")
    assert desktop.quit() == 0
    desktop.start()
    desktop.find("list item", "image 4 of 4, done")
    desktop.expect_text("Prompt", "two pears on linen")
    assert desktop.quit() == 0


def test_every_control_that_takes_the_focus_has_a_name(desktop: Desktop) -> None:
    desktop.start()
    rows = desktop.do("tree")["rows"]
    nameless = [row for row in rows if row["focusable"] and row["showing"] and not row["name"].strip()]
    containers = {"frame", "window", "filler", "panel", "scroll pane", "viewport", "list", "text", "spin button"}
    assert [row for row in nameless if row["role"] not in containers] == []


def test_a_list_to_choose_from_is_read_by_its_name_and_then_its_value(desktop: Desktop) -> None:
    desktop.start()
    rows = desktop.do("labels", role="combo box")["rows"]
    assert {"labels": ["Style"], "name": "None", "description": ""} in rows
    assert {"labels": ["Size preset"], "name": "Landscape", "description": ""} in rows


def test_killed_in_the_middle_the_request_is_not_sent_again_and_writing_can_be_undone(desktop: Desktop) -> None:
    desktop.start()
    write_first_prompt(desktop, "lighthouse [[slow:600]]")
    desktop.keys("ctrl+Return")
    desktop.find("list item", "Waiting for Demo")
    desktop.kill()
    desktop.start()
    desktop.find("list item", "Not sent")  # Demo is free: nothing of it is ever said to be billed
    assert originals(desktop) == []
    text = "lighthouse [[slow:600]]"
    desktop.expect_text("Prompt", text)
    desktop.keys("ctrl+l")
    while text != "lighthouse":  # one step, if no key came later than a second after the one before
        assert text.startswith("lighthouse ")
        desktop.keys("ctrl+z")
        text = desktop.text_unlike("Prompt", text)
    assert desktop.quit() == 0


def test_killed_after_a_change_of_the_library_it_can_be_undone_in_the_next_window(desktop: Desktop) -> None:
    desktop.start()
    write_first_prompt(desktop, "three kites")
    desktop.keys("ctrl+Return")
    desktop.find("list item", "image 4 of 4, done")
    desktop.keys("ctrl+2", "F6")
    desktop.do("focus", role="list", name="Images")
    desktop.keys("ctrl+a", "4")
    desktop.hear("announcement: 4 images rated.")
    desktop.kill()
    desktop.start()
    desktop.find("list item", "image 4 of 4, done")
    desktop.keys("ctrl+2")
    desktop.do("focus", role="list", name="Images")
    desktop.keys("ctrl+z")
    desktop.hear("announcement: Undone: 4 images rated. It was done on")
    assert desktop.quit() == 0


def test_what_a_screen_reader_held_before_a_blind_vote_tells_no_model_during_it(desktop: Desktop) -> None:
    desktop.start()
    write_first_prompt(desktop, "three kites")
    desktop.keys("ctrl+Return")
    desktop.find("list item", "image 4 of 4, done")
    desktop.keys("ctrl+2")
    desktop.do("focus", role="list", name="Images")
    desktop.keys("ctrl+a", "c")
    desktop.hear("Light table")
    assert desktop.do("hold", word="demo-painter")["count"] > 3
    desktop.keys("v")
    desktop.hear("announcement: Pair 1 of ")
    desktop.keys("ctrl+b")
    desktop.find("push button", "Show names and end the vote")
    assert [words for words in desktop.do("held")["words"] if "demo-painter" in words] == []
    assert [row["name"] for row in desktop.do("tree")["rows"] if "demo-painter" in row["name"]] == []
    desktop.press("push button", "Show names and end the vote")
    desktop.find("list item", "demo-painter")
    assert desktop.quit() == 0


def test_a_screen_reader_hears_the_images_under_the_cursor_and_what_keys_do_to_them(desktop: Desktop) -> None:
    desktop.start()
    write_first_prompt(desktop, "three kites")
    desktop.keys("ctrl+Return")
    desktop.find("list item", "image 4 of 4, done")
    desktop.keys("F6")
    desktop.hear("announcement: Run 1, ")
    desktop.keys("ctrl+2", "Home", "Right")
    desktop.hear("focus: list item Demo demo-painter, run 1, image 3, done")
    desktop.keys("shift+Right", "4")
    desktop.hear("focus: list item Demo demo-painter, run 1, image 2, done")
    desktop.hear("announcement: 2 selected")
    desktop.hear("announcement: 2 images rated.")
    desktop.keys("Delete")
    desktop.hear("announcement: 2 images moved to the bin.")
    assert desktop.quit() == 0
