from __future__ import annotations

import asyncio
import errno
import io
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio.domain.errors import FolderNotWritable
from studio.domain.exporting import ContactSheet, ExportOptions
from studio.domain.jobs import ImageRecord, Run
from studio.export.contact_sheet import SheetFonts, page_count, rows_on_page
from studio.export.exporter import Exporter, ExportReport, ExportStep, ThumbnailFinder
from studio.export.plan import ExportPlan
from tests.unit.export.conftest import Workspace, make_run, picture


class Desk:
    """A workspace, what exports from it, and the folder it goes to."""

    def __init__(self, workspace: Workspace, project: Path, find_thumbnail: ThumbnailFinder | None = None) -> None:
        fonts = SheetFonts(project / "resources" / "fonts" / "Inter-Regular.ttf")
        self.exporter = Exporter(workspace.root, workspace.run, fonts, *([find_thumbnail] if find_thumbnail else []))
        self.workspace = workspace
        self.folder = workspace.root.parent / "campaign" / "autumn"

    def add(self, name: str, content: bytes | None = None, run: Run | None = None, **changes: Any) -> ImageRecord:
        return self.workspace.add(name, content or picture(), run, **changes)

    def plan(self, records: list[ImageRecord], **options: Any) -> ExportPlan:
        async def plan() -> ExportPlan:
            images = await self.exporter.collect(records)
            wished = ExportOptions.model_validate({"template": "{prompt}_{number}", **options})
            return await self.exporter.plan(images, wished, self.folder)

        return asyncio.run(plan())

    def carry_out(self, plan: ExportPlan, **how: Any) -> ExportReport:
        return asyncio.run(self.exporter.export(plan, **how))

    def export(self, records: list[ImageRecord], **options: Any) -> ExportReport:
        return self.carry_out(self.plan(records, **options))

    def there_is(self, name: str, content: bytes = b"mine") -> None:
        """A file in the folder before anything is exported."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(content)


@pytest.fixture
def desk(workspace: Workspace, project: Path) -> Desk:
    return Desk(workspace, project)


def listing(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def test_originals_leave_byte_for_byte_and_stay(desk: Desk) -> None:
    contents = [picture(size=(number + 1, 5)) for number in range(9)] + [os.urandom(3_000_000)]
    records = [desk.add(f"{number}.png", content) for number, content in enumerate(contents[:-1])]
    big = records[0].model_copy(update={"path": "output/images/big.png"})
    (desk.workspace.root / big.path).write_bytes(contents[-1])
    report = desk.export([*records, big])
    assert (report.written, report.stopped, report.problem) == (10, False, None)
    assert sorted(file.read_bytes() for file in desk.folder.iterdir()) == sorted(contents)
    for record, content in zip([*records, big], contents, strict=True):
        original = desk.workspace.root / record.path
        assert original.read_bytes() == content
        assert original.stat().st_nlink == 1
    assert listing(desk.folder) == [f"two-pears_{number:02d}.png" for number in range(1, 11)]


async def test_steps_come_on_the_loop_one_for_each_file(desk: Desk) -> None:
    records = [desk.add(f"{number}.png") for number in range(5)]
    steps: list[tuple[int, int, str, bool]] = []

    def take(step: ExportStep) -> None:
        steps.append((step.done, step.total, step.outcome, threading.current_thread() is threading.main_thread()))

    plan = await desk.exporter.plan(await desk.exporter.collect(records), ExportOptions(), desk.folder)
    await desk.exporter.export(plan, on_step=take)
    assert steps == [(number, 5, "exported", True) for number in range(1, 6)]


def test_runs_name_what_changed_against_the_one_before(desk: Desk) -> None:
    desk.workspace.runs[47] = make_run(47, "two pears")
    record = desk.add("a.png", run=make_run(48, "two pears, evening"))
    desk.export([record], template="{run}_{changed}", folder_per_run=True)
    assert listing(desk.folder) == ["2026-11-20_048/048_evening.png"]


def test_sidecar_lies_beside_its_image(desk: Desk) -> None:
    record = desk.add("a.png", seed=7)
    desk.export([record, record], format="jpeg", sidecar=True, template="pears")
    assert listing(desk.folder) == ["pears-2.jpg", "pears-2.json", "pears.jpg", "pears.json"]
    told = json.loads((desk.folder / "pears-2.json").read_text(encoding="utf-8"))
    assert (told["file"], told["seed"], told["original"]["sha256"]) == ("pears-2.jpg", 7, record.blob)


@pytest.mark.parametrize(
    ("if_exists", "expected", "outcome"),
    [("number", ["a-2.png", "a.png"], "renamed"), ("replace", ["a.png"], "replaced"), ("skip", ["a.png"], "skipped")],
)
def test_name_that_exists(desk: Desk, if_exists: str, expected: list[str], outcome: str) -> None:
    desk.there_is("a.png")
    content = picture()
    report = desk.export([desk.add("x.png", content)], template="a", if_exists=if_exists)
    assert [step.outcome for step in report.steps] == [outcome]
    assert listing(desk.folder) == expected
    assert (desk.folder / "a.png").read_bytes() == (content if if_exists == "replace" else b"mine")


@pytest.mark.parametrize("links", [True, False], ids=["with links", "without links"])
@pytest.mark.parametrize(("if_exists", "outcome"), [("number", "renamed"), ("skip", "skipped")])
def test_name_taken_after_the_plan_was_made_is_not_overwritten(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, if_exists: str, outcome: str, *, links: bool
) -> None:
    if not links:

        def no_links(*_arguments: object, **_options: object) -> None:
            raise OSError(errno.EPERM, "no links on this file system")

        monkeypatch.setattr(os, "link", no_links)
    plan = desk.plan([desk.add("x.png")], template="a", if_exists=if_exists, sidecar=True)
    desk.there_is("a.png")
    report = desk.carry_out(plan)
    assert [step.outcome for step in report.steps] == [outcome]
    assert (desk.folder / "a.png").read_bytes() == b"mine"
    assert listing(desk.folder) == (["a-2.json", "a-2.png", "a.png"] if outcome == "renamed" else ["a.png"])


def test_one_that_fails_is_told_and_the_others_go_on(desk: Desk) -> None:
    good, gone, broken, outside = (desk.add(f"{name}.png") for name in "abcd")
    root = desk.workspace.root
    (root / gone.path).unlink()
    (root / broken.path).write_bytes(b"no image")
    outside = outside.model_copy(update={"path": "../outside.png"})
    (root.parent / "outside.png").write_bytes(picture())
    report = desk.export([gone, broken, outside, good], format="jpeg")
    kinds = {step.file.image.record.path: step.problem.kind if step.problem else None for step in report.steps}
    assert kinds == {
        gone.path: "file_missing",
        broken.path: "file_unreadable",
        outside.path: "file_unreadable",
        good.path: None,
    }
    assert (report.written, report.count("failed")) == (1, 3)
    assert len(listing(desk.folder)) == 1


def test_file_that_was_cut_short_leaves_with_a_word_of_it(desk: Desk) -> None:
    cut, whole = desk.add("cut.png"), desk.add("whole.png")
    path = desk.workspace.root / cut.path
    path.write_bytes(path.read_bytes()[:-9])

    report = desk.export([cut, whole])

    told = {step.file.image.record.path: (step.outcome, step.altered) for step in report.steps}
    assert told == {cut.path: ("exported", True), whole.path: ("exported", False)}
    assert report.altered == 1


@pytest.mark.parametrize("how", [{}, {"format": "jpeg"}])
def test_file_with_other_bytes_of_the_same_length_leaves_with_a_word_of_it(desk: Desk, how: dict[str, Any]) -> None:
    red, content = picture(colour="red", compress_level=0), picture(colour="lime", compress_level=0)
    changed, whole = desk.add("changed.png", red), desk.add("whole.png")
    path = desk.workspace.root / changed.path
    assert path.stat().st_size == len(content)
    path.write_bytes(content)

    report = desk.export([changed, whole], sidecar=True, **how)

    told = {step.file.image.record.path: (step.outcome, step.altered) for step in report.steps}
    assert told == {changed.path: ("exported", True), whole.path: ("exported", False)}
    names = {step.file.image.record.path: step.name for step in report.steps}
    beside = {path: (desk.folder / name).with_suffix(".json").read_text() for path, name in names.items()}
    assert {path: json.loads(text)["original"]["altered"] for path, text in beside.items()} == {
        changed.path: True,
        whole.path: False,
    }
    if not how:
        assert (desk.folder / names[changed.path]).read_bytes() == content


def test_file_that_the_library_knows_as_changed_is_told_before_and_after(desk: Desk) -> None:
    record = desk.add("a.png", altered=True)  # the library has followed the change: the hash is that of the new bytes
    plan = desk.plan([record])
    assert [(note.code, note.count) for note in plan.notes if note.code == "altered"] == [("altered", 1)]
    assert desk.carry_out(plan).altered == 1


def test_original_that_cannot_be_read_is_no_fault_of_the_folder(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class BadDisk(io.FileIO):
        def readinto(self, _buffer: Any, /) -> int:
            raise OSError(errno.EIO, "bad disk")

    monkeypatch.setattr("studio.export.exporter.io.FileIO", BadDisk)
    report = desk.export([desk.add("a.png")])
    assert [step.problem.kind if step.problem else None for step in report.steps] == ["file_unreadable"]
    assert listing(desk.folder) == []


def test_full_disk_ends_it_in_words_and_leaves_no_half_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [desk.add(f"{number}.png") for number in range(40)]
    real_fsync, synced = os.fsync, [0]

    def full_after_three(handle: int) -> None:
        synced[0] += 1
        if synced[0] > 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        real_fsync(handle)

    monkeypatch.setattr(os, "fsync", full_after_three)
    report = desk.export(records, contact_sheet=ContactSheet())
    assert report.problem is not None
    assert report.problem.kind == "no_room"
    assert str(desk.folder) in report.problem.text
    assert report.stopped
    assert report.written == 3 == len(listing(desk.folder))


def test_disk_that_is_full_in_the_middle_of_a_file_leaves_nothing_of_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = desk.add("a.png")
    (desk.workspace.root / record.path).write_bytes(os.urandom(5_000_000))
    real_write, blocks = os.write, [0]

    def full_after_a_block(handle: int, content: Any) -> int:
        if len(content) < 100_000:
            return real_write(handle, content)
        blocks[0] += 1
        if blocks[0] > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real_write(handle, content)

    monkeypatch.setattr(os, "write", full_after_a_block)
    report = desk.export([record])
    assert (report.problem and report.problem.kind, report.written, listing(desk.folder)) == ("no_room", 0, [])


def test_folder_that_is_a_file_is_refused_before_anything(desk: Desk) -> None:
    desk.folder.parent.mkdir(parents=True)
    desk.folder.write_text("in the way")
    with pytest.raises(FolderNotWritable):
        desk.export([desk.add("a.png")])


def test_linked_folder_of_a_run_cannot_lead_elsewhere(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    desk.folder.mkdir(parents=True)
    (desk.folder / "2026-11-20_048").symlink_to(tmp_path / "elsewhere")
    report = desk.export([desk.add("a.png")], folder_per_run=True)
    assert [step.problem.kind for step in report.steps if step.problem] == ["folder_not_writable"]
    assert listing(tmp_path / "elsewhere") == []


def test_replacing_a_link_replaces_the_link(desk: Desk, tmp_path: Path) -> None:
    desk.folder.mkdir(parents=True)
    (tmp_path / "precious.png").write_bytes(b"precious")
    (desk.folder / "a.png").symlink_to(tmp_path / "precious.png")
    desk.export([desk.add("a.png")], template="a", if_exists="replace")
    assert (tmp_path / "precious.png").read_bytes() == b"precious"
    assert not (desk.folder / "a.png").is_symlink()


def test_stop_leaves_the_rest_and_says_so(desk: Desk) -> None:
    plan = desk.plan([desk.add(f"{number}.png") for number in range(3)], contact_sheet=ContactSheet())
    stop = threading.Event()
    stop.set()
    report = desk.carry_out(plan, stop=stop)
    assert (report.stopped, report.written, report.contact_sheets, listing(desk.folder)) == (True, 0, (), [])


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_contact_sheet_has_a_page_for_each_screenful(desk: Desk, kind: str) -> None:
    across = 2
    count = across * rows_on_page(across) + 1
    half_red = picture(size=(60, 40), mode="RGBA", colour=(200, 40, 40, 128))
    records = [desk.add(f"{number}.png", half_red) for number in range(count)]
    (desk.workspace.root / records[1].path).unlink()
    report = desk.export(records, contact_sheet={"kind": kind, "across": across})
    assert page_count(count, across) == 2
    assert report.count("failed") == 1
    if kind == "pdf":
        assert report.contact_sheets == ("contact-sheet.pdf",)
        content = (desk.folder / "contact-sheet.pdf").read_bytes()
        assert content.startswith(b"%PDF-")
        assert content.rindex(b"/Count 2") > content.rindex(b"/Count 1")
    else:
        assert report.contact_sheets == ("contact-sheet.png", "contact-sheet_page-2.png")
        # The picture on white, the empty box of the lost one, and the paper.
        assert {(227, 147, 147), (232, 232, 232), (255, 255, 255)} <= colours(desk.folder / "contact-sheet.png")


def test_contact_sheet_takes_a_ready_thumbnail_when_there_is_one(
    workspace: Workspace, project: Path, tmp_path: Path
) -> None:
    (tmp_path / "thumb.webp").write_bytes(picture("image/webp", size=(64, 64), colour="lime", lossless=True))
    asked: list[int] = []

    def find(_record: ImageRecord, edge_px: int) -> Path:
        asked.append(edge_px)
        return tmp_path / ("thumb.webp" if len(asked) == 1 else "emptied.webp")

    desk = Desk(workspace, project, find)
    records = [desk.add(f"{number}.png", picture(colour="blue")) for number in range(2)]
    desk.export(records, contact_sheet={"kind": "png", "across": 8})
    assert {(0, 255, 0), (0, 0, 255)} <= colours(desk.folder / "contact-sheet.png")
    assert asked[0] < 256


async def test_room_is_told_for_a_folder_that_is_yet_to_be_made(desk: Desk, tmp_path: Path) -> None:
    free = await desk.exporter.free_bytes(tmp_path / "not" / "there" / "yet")
    assert free is not None
    assert free > 0


def colours(file: Path) -> set[Any]:
    with Image.open(file) as opened:
        return {colour for _, colour in opened.convert("RGB").getcolors(1 << 20) or []}
