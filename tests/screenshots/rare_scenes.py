"""States of the window that are met seldom: an empty library, stacks, keys that are refused, models with notes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from tests.screenshots.shots import PROMPTS, Shots

Scene = Callable[[Shots], Awaitable[None]]
NOTED = (
    ("openai", "gpt-image-2"),
    ("tongyi", "qwen-image-2.0-pro"),
    ("volcengine", "doubao-seedream-4-5-251128"),
    ("midjourney", "v7"),
    ("gemini", "gemini-3-pro-image"),
)


async def empty(shots: Shots) -> None:
    """What every list shows before there is anything in it; the library must be empty."""
    controller = shots.controller
    composer = controller.composer
    opened: dict[str, Callable[[], object]] = {
        "snippets": composer.open_snippets,
        "prompt-history": lambda: composer.history.open_at(composer.head.history_button),
        "edit-snippets": composer.saved_words.edit_snippets,
        "collections": controller.actions.manage_collections.emit,
        "notifications": controller.notifications.open,
        "queue": controller.queue.open,
        "sweeps": controller.sweeps.open_history,
        "lists": controller.sweeps.open_lists,
    }
    for name, open_it in opened.items():
        open_it()
        await shots.take(f"empty-{name}")
        shots.tidy_popups()
        await asyncio.sleep(0.1)
    controller.show_view("grid")
    await shots.take("empty-grid")
    controller.actions.show_trash.emit()
    await shots.take("empty-bin")
    controller.gallery.set_filters([])
    controller.show_view("runs")


async def stacks(shots: Shots) -> None:
    """Near-duplicates closed, opened, and opened below the header of a day."""
    controller = shots.controller
    controller.show_view("grid")
    gallery = controller.gallery
    options = gallery.bar.grid_options
    options.set_stacking(True)
    await asyncio.sleep(1.5)
    await shots.take("stacks")
    images = gallery.images
    tiles = [images.tile_at(row) for row in range(images.rowCount())]
    stack = next(tile for tile in tiles if tile is not None and tile.stack_size)
    gallery.arrangement.toggle_stack(stack)
    await asyncio.sleep(0.5)
    await shots.take("stacks-open")
    row = next(row for row, tile in enumerate(tiles) if tile is stack)
    QTest.mouseMove(gallery.grid.viewport(), gallery.grid.cell(row).center().toPoint())
    options.set_grouping("day")
    await asyncio.sleep(0.7)
    await shots.take("stacks-day")
    gallery.grid.verticalScrollBar().setValue(150)
    await shots.take("stacks-day-sticky")
    options.set_stacking(False)
    options.set_grouping("run")
    await asyncio.sleep(0.7)
    gallery.grid.verticalScrollBar().setValue(120)
    await shots.take("sticky")
    gallery.grid.select_group(1)
    gallery.grid.verticalScrollBar().setValue(360)
    await shots.take("sticky-selected")
    options.set_grouping("")
    QTest.mouseMove(shots.window, QPoint(5, 5))


async def keys(shots: Shots) -> None:
    """A key that is kept, works, is refused, and whose provider cannot be reached; nothing is sent."""
    from studio.domain.errors import BalanceUsedUp, KeyRejected, Offline
    from studio.domain.ports import AccountStatus
    from studio.ui.preferences.dialog import PreferencesDialog
    from studio.ui.preferences.provider_form import ProviderForm

    controller = shots.controller
    await _give_keys(shots)
    states = {
        "works": AccountStatus(ok=True, elapsed_s=0.6),
        "refused": AccountStatus(
            ok=False, problem=KeyRejected(provider="OpenAI", detail="Incorrect API key provided").problem
        ),
        "balance": AccountStatus(ok=False, problem=BalanceUsedUp(provider="OpenAI").problem),
        "unreachable": AccountStatus(ok=False, problem=Offline(host="api.openai.com").problem),
    }
    for name, status in states.items():
        controller.dialogs.open_preferences("providers/openai")
        await asyncio.sleep(0.5)
        dialog = shots.dialog()
        assert isinstance(dialog, PreferencesDialog)
        form = next(one for one in dialog.findChildren(ProviderForm) if one.isVisible())
        form.key_field.edit.setText("sk-proj-not-a-real-key" if name == "refused" else "")
        form.show_status(status)
        await shots.take(f"key-{name}")
        shots.tidy_popups()
        await asyncio.sleep(0.1)
    await _take_keys(shots)


async def notes(shots: Shots) -> None:
    """Models of every kind ticked: prices, what is ignored or adapted, what will differ, a limit that is passed."""
    from studio.domain.pricing import Money
    from studio.domain.request import Target

    controller = shots.controller
    composer = controller.composer
    await _give_keys(shots)
    composer.prompt_box.prompt.set_text(PROMPTS[-1][0])
    composer.prompt_box.negative.set_text("text, watermark")
    composer.models.tick([Target(provider=provider, model=model) for provider, model in NOTED])
    await asyncio.sleep(1)
    await shots.take("notes")
    composer.footer.differ_button.click()
    await shots.take("notes-differ")
    shots.tidy_popups()
    composer.models.rows[0].disclosure.setChecked(True)
    await shots.take("notes-options")
    composer.models.rows[0].disclosure.setChecked(False)
    settings = controller.client.studio.settings
    budget = settings.current.budget
    small = budget.model_copy(update={"per_day": Money(amount=Decimal("0.01"))})
    settings.change(budget=small)
    await asyncio.sleep(0.7)
    await shots.take("notes-over-limit")
    settings.change(budget=budget)
    composer.prompt_box.negative.set_text("")
    composer.prompt_box.prompt.set_text("{red|blue} vase, {@no such list}")
    shots.tick()
    await asyncio.sleep(0.5)
    await shots.take("notes-unknown-list")
    composer.prompt_box.prompt.set_text("{red|blue vase")
    await asyncio.sleep(0.5)
    await shots.take("notes-open-brace")
    composer.prompt_box.prompt.set_text(PROMPTS[-1][0])
    await _take_keys(shots)


async def messages(shots: Shots) -> None:
    """The message bar, with each kind of message and its button."""
    from studio.ui.widgets.message_bar import Message, MessageKind

    bar = shots.window.message_bar
    texts = {
        MessageKind.INFO: ("This library is read-only", "Nothing can be generated or changed here.", ""),
        MessageKind.WARNING: ("3 images wait in memory.", "The drive does not answer. Connect it again.", "Try again"),
        MessageKind.DANGER: ("Key not accepted", "OpenAI refuses this key. Nothing was billed.", "Open Preferences"),
        MessageKind.MAY_BE_BILLED: ("May have been billed", "The connection broke after it was sent.", "What to do"),
    }
    for kind, (title, text, action) in texts.items():
        bar.post(Message("scene", title, text, kind, action))
        await shots.take(f"message-{kind.name.lower().replace('_', '-')}")
    bar.settle("scene")
    from studio.domain.errors import FolderNotWritable, OverBudget, SentElsewhere

    gateway, now = "https://images.gateway.example/v1", "https://dashscope-intl.aliyuncs.com/api/v1"
    root = shots.controller.client.studio.workspace.folder.root
    for name, error in (
        ("elsewhere", SentElsewhere(provider="Tongyi", address=gateway, now=now)),
        ("folder", FolderNotWritable(path=root)),
        ("over-limit", OverBudget(over="$1.08", limit="$10.00")),
    ):
        shots.controller.tell_problem(error.problem)
        await shots.take(f"message-{name}")
    for message in bar.waiting():
        bar.settle(message.key)


async def _give_keys(shots: Shots) -> None:
    async def work(studio: Any) -> None:
        for provider, _model in NOTED:
            account = studio.settings.current.provider(provider).accounts[0].id
            await studio.accounts.set_key(provider, account, "sk-not-a-real-key-0000", place="session")

    await shots.controller.client.run(work)
    shots.controller.keys.refresh()
    await asyncio.sleep(0.7)


async def _take_keys(shots: Shots) -> None:
    from studio.domain.errors import StudioError

    async def work(studio: Any) -> None:
        for provider, _model in NOTED:
            account = studio.settings.current.provider(provider).accounts[0].id
            with suppress(StudioError):  # there may be no keyring here; the session's key is gone by then
                await studio.accounts.delete_key(provider, account)

    await shots.controller.client.run(work)
    shots.controller.keys.refresh()


RARE_SCENES: dict[str, Scene] = {
    "stacks": stacks,
    "keys": keys,
    "notes": notes,
    "messages": messages,
}
