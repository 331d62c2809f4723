"""Making once more what did not come: counted to its sweep, priced in its menu, asked about where it may have been
billed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint

from studio.ui.gallery import run_words
from studio.ui.gallery.tile import Tile
from studio.ui.widgets import Menu
from studio.ui.widgets.dialog import Question
from tests.ui.window.conftest import Play, Stage


async def _sweep(stage: Stage, prompt: str) -> Any:
    """A sweep that has ended."""
    stage.write(prompt)
    stage.controller.composer.press_generate()
    builder = stage.controller.sweeps._builder
    assert builder is not None
    await stage.until(lambda: builder.forecaster.sheet is not None)
    builder.primary_button.click()
    await stage.until(lambda: _ends(stage) == 1, 60)
    (sweep,) = await stage.client.run(lambda studio: studio.sweeps.sweeps(5))
    return sweep


def _ends(stage: Stage) -> int:
    return sum(event.kind == "sweep_changed" and event.state == "done" for event in stage.events)


def _runs(stage: Stage) -> int:
    return sum(event.kind == "run_started" for event in stage.events)


async def _tile(stage: Stage, job_id: str) -> Tile:
    """The tile of a job in the list of runs."""
    found: list[Tile] = []

    def look() -> bool:
        runs = stage.controller.gallery.run_list
        rows = (runs.row_at(number) for number in range(runs.rowCount()))
        found[:] = [tile for row in rows if row is not None for tile in row.tiles if tile.job_id == job_id]
        return bool(found) and not found[0].state.is_live

    await stage.until(look, 60)
    return found[0]


async def _menu(stage: Stage, tile: Tile) -> Menu:
    gallery = stage.controller.gallery
    gallery._open_menu(tile, tile.run_id, QPoint(200, 200))
    await stage.until(lambda: any(menu.isVisible() for menu in gallery.findChildren(Menu)), 60)
    return next(menu for menu in gallery.findChildren(Menu) if menu.isVisible())


async def _question(stage: Stage) -> Question:
    def asked() -> list[Question]:
        return [one for one in stage.window.findChildren(Question) if one.isVisible()]

    await stage.until(lambda: bool(asked()), 60)
    return asked()[0]


def test_one_failed_tile_of_a_sweep_is_made_again_as_its_cell_and_its_menu_says_the_price(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        before = await _sweep(stage, "a {red|blue [[fail:moderation]]} kite")
        made, failed = before.cells
        assert (made.state, failed.state) == ("done", "failed")
        tile = await _tile(stage, failed.job_id)
        row = stage.controller.gallery.run_list.row_at(0)
        assert row is not None
        assert run_words.facts(row).endswith(f" · Sweep {before.id}")
        menu = await _menu(stage, tile)
        again = next(action for action in menu.actions() if action.text().startswith("Generate again"))
        assert again.text() == "Generate again\tfree"
        again.trigger()
        menu.close()
        await stage.until(lambda: _ends(stage) == 2, 60)
        (after,) = await stage.client.run(lambda studio: studio.sweeps.sweeps(5))
        assert after.cells[0] == made
        newest = [event.run for event in stage.events if event.kind == "run_started"][-1]
        assert (after.cells[1].run_id, newest.sweep.cells) == (newest.id, (1,))
        assert newest.id > failed.run_id
        assert _runs(stage) == 3

    play(scene)


def test_a_doubt_is_told_before_it_is_made_again(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        run = await stage.generate("kite [[fail:drop]]", models=("demo-papercut",))
        (job,) = run.jobs
        assert job.state == "uncertain"
        menu = await _menu(stage, await _tile(stage, job.id))
        again = next(action for action in menu.actions() if action.text().startswith("Generate again"))
        assert again.text() == "Generate again...\tfree"
        again.trigger()
        menu.close()
        question = await _question(stage)
        assert "may have billed it already" in question.words.text()
        assert "(free)" in question.words.text()
        assert question.focusWidget() is question.cancel_button, "what spends is never where Return goes"
        question.reject()
        stage.controller.actions.run_failed_again.emit(run.id)
        await stage.until(
            lambda: "decide first about what may have been billed" in stage.window.message_bar.accessibleName()
        )
        assert _runs(stage) == 1
        stage.controller.actions.generate_again.emit(job.id)
        (await _question(stage)).primary_button.click()
        await stage.until(lambda: _runs(stage) == 2, 60)
        # The card in the details has told it, so it does not ask once more.
        stage.controller.actions.show_job.emit(job.id)
        card = stage.controller.details.card
        await stage.until(card.isVisible, 60)
        card._generate.click()
        await stage.until(lambda: _runs(stage) == 3, 60)

    play(scene)


def test_only_the_missing_images_of_a_tile_are_priced_and_made(play: Play) -> None:
    """A job of several images of which one did not come."""

    async def scene(stage: Stage) -> None:
        run = await stage.generate("kite [[fail:one]]", images=3)
        (job,) = run.jobs
        assert len(job.missing) == 1
        prices = stage.controller.quotes
        plans = stage.client.studio.engine.plan_missing(run, [job.id])
        assert [plan.request.n for plan in plans] == [1]
        assert prices.of_again(run, job.id).price == "free"
        stage.controller.actions.generate_again.emit(job.id)
        await stage.until(lambda: _runs(stage) == 2, 60)
        newest = [event.run for event in stage.events if event.kind == "run_started"][-1]
        assert newest.request.n == 1

    play(scene)


def test_the_price_of_what_a_vendor_bills_stands_in_the_menu(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        from studio.domain.request import GenerationRequest, Target

        target = Target(provider="openai", model="gpt-image-2")
        request = GenerationRequest(prompt="kite")
        run = await stage.client.run(lambda studio: studio.engine.start(request, [target]))
        ended = await stage.client.run(lambda studio: studio.engine.wait(run.id))
        (job,) = ended.jobs
        assert job.calls[0].problem is not None
        assert (job.state, job.calls[0].problem.kind) == ("failed", "key_missing")
        plan = stage.client.studio.engine.plan(request, [target])
        menu = await _menu(stage, await _tile(stage, job.id))
        texts = [action.text() for action in menu.actions()]
        assert f"Generate again\t≈ {plan.typical[0]}, up to {plan.at_most[0]}" in texts
        menu.close()

    play(scene)
