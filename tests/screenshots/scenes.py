"""Every state of the window that is worth looking at, by name; each is opened from the same library of Demo images."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from tests.screenshots.rare_scenes import RARE_SCENES
from tests.screenshots.shots import PROMPTS, Shots

Scene = Callable[[Shots], Awaitable[None]]
COURTYARD = "Terracotta courtyard, one orange sphere, hard noon sun"
CHOICES = "{Stoneware|Porcelain|Smoked glass} vase and two pears, {@light moods}, lime-plaster wall"
_MOODS = ("late afternoon sun", "soft north window light", "candle light", "overcast, no shadows", "烛光")
_SNIPPETS = {
    "Evening light": "late afternoon light through a north window, long soft shadows",
    "Film": "35 mm film, soft grain, muted colours",
    "House palette": "muted sage, clay and bone, nothing saturated",
}


async def furnish(shots: Shots) -> None:
    """Collections, tags, ratings, notes, snippets, a list of choices, failed runs and a sweep to look at."""
    controller = shots.controller
    await shots.run(COURTYARD + " [[fail:drop]]", 11, ("demo-papercut",))
    for seed in (31, 31):
        await shots.run(PROMPTS[1][0] + ", 35 mm", seed, ("demo-papercut",))
    for word in ("balance", "key", "content", "text"):
        await shots.run(f"{COURTYARD} [[fail:{word}]]", 9, ("demo-painter", "demo-poster"))
    ids = await shots.image_ids()
    organiser = controller.client.studio.workspace.organiser
    for name, chosen in (("Moodboard", ids[:3]), ("Client A, final", ids[2:6]), ("收藏 秋天", ids[:1])):
        await controller.client.run(lambda _studio, n=name, c=chosen: organiser.collect_as(n, c))  # type: ignore[misc]
    await controller.client.run(lambda _studio: organiser.add_tags(ids[:4], ["hero", "autumn"]))
    for place, image in enumerate(ids):
        await controller.client.run(lambda _studio, i=image, p=place: organiser.rate([i], (4, 5, 0, 3)[p % 4]))  # type: ignore[misc]
    await controller.client.run(lambda _studio: organiser.set_note(ids[0], "The light is right, the crop is not."))
    for name, text in _SNIPPETS.items():
        await controller.client.run(lambda studio, n=name, t=text: studio.workspace.phrasebook.keep_snippet(n, t))  # type: ignore[misc]
    from studio.domain.choices import ChoiceValue

    moods = [ChoiceValue(words) for words in _MOODS]
    await controller.client.run(lambda studio: studio.workspace.prompt_lists.write("light moods", moods))
    controller.sweeps.refresh_lists()
    await asyncio.sleep(0.5)
    await shots.sweep(CHOICES)
    controller.actions.library_changed.emit()


# ---------------------------------------------------------------------------------------------------- views
async def _runs(shots: Shots) -> None:
    await shots.choose(1)
    await shots.take("runs")
    shots.controller.gallery.runs.verticalScrollBar().setValue(10_000)
    await shots.take("runs-end")


async def _live(shots: Shots) -> None:
    from tests.ui.gallery.events import failing_run, waiting_run

    gallery, studio = shots.controller.gallery, shots.controller.client.studio
    gallery.apply(waiting_run(studio, shots.folder))
    gallery.apply(failing_run(studio, shots.folder))
    gallery.runs.verticalScrollBar().setValue(0)
    await shots.take("runs-failed")
    shots.controller.show_view("grid")
    await shots.take("grid-live")


async def _no_images(shots: Shots) -> None:
    from studio.ui.gallery.query_text import Filter

    shots.controller.gallery.set_filters([Filter("rating", ("5+",)), Filter("tag", ("winter",))])
    await shots.take("no-match")


async def _grid(shots: Shots) -> None:
    shots.controller.show_view("grid")
    await shots.choose(3)
    await shots.take("grid")
    gallery = shots.controller.gallery
    point = gallery.grid.cell(4).center().toPoint()
    QTest.mouseMove(gallery.grid.viewport(), point)
    gallery.bar.grid_options.set_grouping("run")
    await asyncio.sleep(0.7)
    await shots.take("grid-groups")
    gallery.grid.set_folded(1, True)
    await shots.take("grid-group-folded")
    gallery.grid.fold_all(True)
    await shots.take("grid-folded")
    gallery.grid.fold_all(False)
    gallery.bar.grid_options.open_menu()
    await shots.take("grid-menu")
    gallery.bar.grid_options.set_grouping("")


async def _tile_menu(shots: Shots) -> None:
    shots.controller.show_view("grid")
    await shots.choose(2)
    gallery = shots.controller.gallery
    tile = gallery.images.tile_at(0)
    assert tile is not None
    menu = gallery.menus.of_tile(tile, None)
    menu.open_at_point(shots.window.mapToGlobal(QPoint(520, 120)))
    await shots.take("tile-menu")


async def _filters(shots: Shots) -> None:
    from studio.ui.gallery.query_text import Filter

    controller = shots.controller
    controller.show_view("grid")
    bar = controller.gallery.bar
    controller.gallery.set_filters([Filter("collection", ("Moodboard", "Client A, final")), Filter("rating", ("3+",))])
    await shots.choose(1)
    await shots.take("filters")
    bar._offer_fields()
    await shots.take("filters-add")
    shots.tidy_popups()
    bar._write(Filter("colour", ("#8c5a34",)), bar.add_chip)
    await shots.take("filters-colour")
    shots.tidy_popups()
    bar._write(Filter("note", ("light",)), bar.add_chip)
    await shots.take("filters-note")
    shots.tidy_popups()
    bar._write(Filter("cost", ()), bar.add_chip)
    await shots.take("filters-cost")
    shots.tidy_popups()
    controller.gallery.set_filters([])
    controller.actions.find_similar.emit((await shots.image_ids())[0])
    await asyncio.sleep(1)
    await shots.take("similar")
    controller.gallery.set_filters([Filter("colour", ("#8c5a34", "#ddc5ae"))])
    await shots.take("colours")


async def _bin(shots: Shots) -> None:
    controller = shots.controller
    controller.show_view("grid")
    ids = await shots.image_ids()
    controller.actions.trash.emit(ids[6:9])
    await asyncio.sleep(0.6)
    controller.actions.show_trash.emit()
    await asyncio.sleep(0.6)
    controller.gallery.selection.set_ids(ids[6:7])
    await shots.take("bin")
    controller.actions.empty_trash.emit([])
    await shots.take("bin-empty-question")
    shots.tidy_popups()
    await asyncio.sleep(0.3)
    controller.actions.restore.emit(ids[6:9])
    await asyncio.sleep(0.6)
    await shots.take("bin-empty")


async def _collections(shots: Shots) -> None:
    shots.controller.show_view("grid")
    ids = await shots.image_ids()
    shots.controller.actions.pick_collection.emit(ids[:2])
    await shots.take("collection-picker")
    shots.tidy_popups()
    shots.controller.actions.manage_collections.emit()
    await shots.take("collections")
    shots.tidy_popups()
    shots.controller.actions.edit_tags.emit(ids[:2])
    await shots.take("add-tags")


# ---------------------------------------------------------------------------------------------------- details
async def _details(shots: Shots) -> None:
    from studio.ui.widgets import FoldSection

    controller = shots.controller
    await shots.choose(1)
    panel = controller.details
    for fold in panel.findChildren(FoldSection):
        fold.set_open(True)
    await shots.take("details-top")
    bar = panel.findChildren(QScrollArea)[0].verticalScrollBar()
    bar.setValue(bar.maximum())
    await shots.take("details-bottom")
    bar.setValue(0)
    await shots.choose(4)
    await shots.take("details-several")
    runs = await controller.client.run(lambda studio: studio.workspace.library.runs(limit=40))
    for run in (page.run for page in runs):
        problem = next((call.problem for job in run.jobs for call in job.calls if call.problem), None)
        if problem is not None and problem.charged == "maybe":
            controller.gallery.clear_selection()
            controller.actions.show_job.emit(run.jobs[0].id)
            await shots.take("details-maybe-billed")
            break
    for run in (page.run for page in runs):
        problem = next((call.problem for job in run.jobs for call in job.calls if call.problem), None)
        if problem is not None and problem.charged != "maybe":
            controller.actions.show_job.emit(run.jobs[0].id)
            await shots.take("details-failed")
            break


# ---------------------------------------------------------------------------------------------------- compare
async def _compare(shots: Shots) -> None:
    from studio.ui.compare.panes import Mode

    controller = shots.controller
    ids = await shots.image_ids()
    panel = controller.compare
    table = panel.table
    table.set_images([])
    controller.gallery.clear_selection()
    panel._records = {}
    controller.show_view("compare")
    await shots.take("compare-empty")
    for count in (2, 3, 4, 6, 9):
        controller.actions.compare.emit(ids[:count])
        await asyncio.sleep(0.7)
        panel.set_mode(Mode.SIDE)
        await shots.take(f"compare-{count}")
    controller.actions.compare.emit(ids[:3])
    await asyncio.sleep(0.7)
    for mode in (Mode.WIPE, Mode.OVERLAY, Mode.DIFFERENCE, Mode.BLINK):
        panel.set_mode(mode)
        await shots.take(f"compare-{mode.value}")
    panel.set_mode(Mode.WIPE)
    table.set_wipe_upright(False)
    table.show_pixels()
    await shots.take("compare-wipe-level-pixels")
    table.set_wipe_upright(True)
    table.show_whole()
    panel.set_mode(Mode.SIDE)
    table.set_loupe(True)
    QTest.mouseMove(table, QPoint(180, 160))
    await shots.take("compare-loupe")
    table.set_loupe(False)
    table.set_grey(True)
    table.set_mirrored(True)
    await shots.take("compare-grey-mirrored")
    table.set_grey(False)
    table.set_mirrored(False)
    panel.bar.more.click()
    await shots.take("compare-menu")
    shots.tidy_popups()
    panel.set_mode(Mode.WIPE)
    panel.set_blind(True)
    await asyncio.sleep(0.4)
    for key in ("prompt", "light"):
        panel.side.votes._chips[key].setChecked(True)
    await shots.take("blind")
    shots.window.toolbar.composer_toggle.setChecked(True)
    await shots.take("blind-composer")
    shots.window.toolbar.composer_toggle.setChecked(False)
    while panel.vote.session is not None and panel.vote.session.current is not None:
        panel.vote.answer((1, 2, 1, 4, 3)[panel.vote.session.place % 5])
        await asyncio.sleep(0.15)
    await shots.take("blind-over")
    panel.set_blind(False)
    controller.actions.compare.emit(ids[:9])
    await asyncio.sleep(0.7)
    panel.set_mode(Mode.SIDE)
    panel.set_blind(True)
    for _ in range(9):
        panel.vote.answer(1)
        await asyncio.sleep(0.15)
    await shots.take("blind-side")
    panel.set_blind(False)
    await shots.take("ranking")
    controller.show_view("runs")


async def _large(shots: Shots) -> None:
    ids = await shots.image_ids()
    shots.controller.actions.open_large.emit(ids[0])
    await asyncio.sleep(1)
    await shots.take("large")


# ---------------------------------------------------------------------------------------------------- composer
async def _composer(shots: Shots) -> None:
    controller = shots.controller
    composer = controller.composer
    ids = await shots.image_ids()
    controller.actions.load_settings.emit(ids[0])
    controller.actions.use_as_reference.emit(ids[:3])
    await asyncio.sleep(0.6)
    composer.models.rows[0].disclosure.setChecked(True)
    await shots.take("composer-options")
    composer.models.rows[0].disclosure.setChecked(False)
    composer.prompt_box.prompt.set_text(CHOICES + " {open|shut")
    await shots.take("composer-fault")
    composer.prompt_box.prompt.set_text("")
    composer.models.tick([])
    await shots.take("composer-empty")
    composer.prompt_box.prompt.set_text(PROMPTS[-1][0])
    shots.tick()
    composer.open_snippets()
    await shots.take("snippets")
    shots.tidy_popups()
    composer.history.open_at(composer.head.history_button)
    await shots.take("prompt-history")
    shots.tidy_popups()
    composer.saved_words.edit_snippets()
    await shots.take("edit-snippets")
    shots.tidy_popups()
    composer.saved_words.edit_styles()
    await shots.take("edit-styles-empty")
    shots.tidy_popups()
    controller.dialogs.enlarge_prompt()
    await shots.take("large-editor")
    shots.tidy_popups()
    composer.models._offer_models()
    await shots.take("add-model")
    shots.tidy_popups()
    controller.actions.look_at_settings.emit(ids[-1])
    await asyncio.sleep(0.6)
    await shots.take("look-at-settings")
    composer.back_to_mine()
    controller.actions.vary.emit(ids[0])
    await asyncio.sleep(0.8)
    await shots.take("vary")


async def _queue(shots: Shots) -> None:
    controller = shots.controller
    controller.queue.set_paused(paused=True)
    await asyncio.sleep(0.4)
    for models in (("demo-painter", "demo-poster", "demo-papercut"), ("demo-painter",)):
        shots.tick(models)
        controller.composer.press_generate()
        await asyncio.sleep(0.6)
    controller.queue.open()
    await shots.take("queue")
    shots.tidy_popups()
    await controller.client.run(lambda studio: studio.engine.cancel_all())
    controller.queue.set_paused(paused=False)
    await asyncio.sleep(0.5)
    controller.queue.open()
    await shots.take("queue-empty")
    shots.tidy_popups()
    controller.notifications.open()
    await shots.take("notifications")


# ---------------------------------------------------------------------------------------------------- dialogs
async def _preferences(shots: Shots) -> None:
    pages = ("providers/openai", "providers/tongyi", "providers/midjourney", "providers/demo", "budget", "storage")
    for page in (*pages, "appearance", "language", "shortcuts"):
        shots.controller.dialogs.open_preferences(page)
        await shots.take(f"preferences-{page.replace('providers/', '')}")
        shots.tidy_popups()
        await asyncio.sleep(0.1)


async def _sweeps(shots: Shots) -> None:
    from studio.ui.sweep.builder import SweepBuilder

    controller = shots.controller
    controller.composer.prompt_box.prompt.set_text(CHOICES)
    shots.tick(("demo-painter", "demo-poster", "demo-papercut"))
    controller.actions.open_sweep.emit()
    await shots.take("sweep-builder")
    dialog = shots.dialog()
    assert isinstance(dialog, SweepBuilder)
    card = next(one for one in dialog.form.findChildren(type(dialog.form.card_widget("seed"))) if one.isVisible())
    dialog.form._add_card("seed")
    dialog.form._add_card("size")
    await shots.take("sweep-builder-cards")
    buttons = card._buttons()
    if buttons:
        card._add_at(buttons[0])
        await shots.take("sweep-value")
    shots.tidy_popups()
    await asyncio.sleep(0.2)
    controller.sweeps.open_history()
    await shots.take("sweeps")
    shots.tidy_popups()
    controller.sweeps.open_lists()
    await shots.take("lists")
    shots.tidy_popups()
    controller.composer.prompt_box.prompt.set_text(PROMPTS[-1][0])


async def _export(shots: Shots) -> None:
    """Before anything is written, with a contact sheet and names that exist, and with a file that another program
    changed."""
    from studio.domain.exporting import ContactSheet, ExportOptions
    from studio.ui.export_dialog.dialog import ExportDialog

    shots.controller.dialogs.export([*await shots.image_ids()])
    await shots.take("export")
    dialog = shots.dialog()
    assert isinstance(dialog, ExportDialog)
    plan = dialog._plan
    assert plan is not None
    plan.folder.mkdir(parents=True, exist_ok=True)
    for file in plan.files[1:5:3]:
        (plan.folder / f"{file.name.rpartition('.')[0]}.jpg").write_bytes(b"")
    dialog.form.set_options(ExportOptions(format="jpeg", sidecar=True, contact_sheet=ContactSheet()))
    dialog.form.name_field.edit.setFocus()
    await shots.take("export-sheet")
    path = shots.controller.client.studio.workspace.folder.root / plan.files[2].image.record.path
    path.write_bytes(path.read_bytes() + b"\n")
    dialog.form.set_options(ExportOptions())
    await asyncio.sleep(1)
    dialog.primary_button.click()
    await asyncio.sleep(1)
    await shots.take("export-done")


async def _help(shots: Shots) -> None:
    from studio.ui.help.viewer import HelpDialog

    shots.controller.actions.open_help.emit("prompt-guide.md")
    await shots.take("help")
    dialog = shots.dialog()
    assert isinstance(dialog, HelpDialog)
    for page in ("sweeps.md", "aliyun.md", "cli.md", "keyboard"):
        dialog.show_page(page)
        await shots.take(f"help-{page.removesuffix('.md')}")


async def _trouble(shots: Shots) -> None:
    from studio.domain.errors import WorkspaceUnreadable
    from studio.ui.window.workspace_trouble import ask_for_workspace

    path = "/home/ada/A folder with a rather long name/workspace"
    problem = WorkspaceUnreadable(path=path, reason="unable to open database file").problem
    task = asyncio.ensure_future(ask_for_workspace(shots.window, problem))
    await asyncio.sleep(0.2)
    await shots.take("workspace-trouble")
    shots.tidy_popups()
    await task
    shots.controller.actions.open_link.emit("https://platform.openai.com/usage")
    await shots.take("open-link")


async def _main_menu(shots: Shots) -> None:
    shots.window.menu.popup(shots.window.mapToGlobal(QPoint(8, 40)))
    await shots.take("main-menu")


async def _focus(shots: Shots) -> None:
    """The ring on what the keyboard reaches, one picture for each stop that looks different."""
    window, composer = shots.window, shots.controller.composer
    targets = {
        "prompt": composer.prompt_box.prompt,
        "model": composer.models.rows[0].check,
        "generate": composer.footer.generate_button,
        "filter": shots.controller.gallery.bar.add_chip,
        "search": window.toolbar.search.edit,
        "view": window.toolbar.segments.button("runs"),
    }
    window.activateWindow()
    for name, widget in targets.items():
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        await shots.take(f"focus-{name}")


SCENES: dict[str, Scene] = {
    "runs": _runs,
    "no-match": _no_images,
    "grid": _grid,
    "tile-menu": _tile_menu,
    "filters": _filters,
    "bin": _bin,
    "collections": _collections,
    "details": _details,
    "compare": _compare,
    "large": _large,
    "composer": _composer,
    "queue": _queue,
    "preferences": _preferences,
    "sweeps": _sweeps,
    "export": _export,
    "help": _help,
    "trouble": _trouble,
    "main-menu": _main_menu,
    "focus": _focus,
    **RARE_SCENES,
    "live": _live,
}
