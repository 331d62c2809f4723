"""Very long prompts, words from right to left, emoji: in the prompt, tags, notes, file names and exports."""

from __future__ import annotations

import asyncio

from tests.ui.window.conftest import Play, Stage

MIXED = "مزهرية حجرية 🏺 على كتان שלום 👩🏽‍🎨 \u202eevil\u202c e\u0301 花瓶"
LONG = (MIXED + " and pears on folded linen, ") * 480


def test_words_of_all_scripts_reach_disk_and_library_and_come_back(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        run = await stage.generate(MIXED)
        (image,) = await stage.images()
        assert run.request.prompt == image.prompt == MIXED
        path = stage.workspace / image.path
        assert await asyncio.to_thread(path.is_file)
        assert "\u202e" not in path.name
        actions = stage.controller.actions
        actions.set_tags.emit([int(image.id)], ["عربي", "🏺"])
        actions.set_note.emit(int(image.id), MIXED)

        async def told() -> tuple[set[str], str]:
            (now,) = await stage.images()
            return set(now.tags), now.note

        await stage.until_kept(told, ({"عربي", "🏺"}, MIXED))
        stage.controller.gallery.set_search("مزهرية")
        stage.window.grab()

    play(scene)


def test_a_prompt_of_31_000_characters_is_shown_everywhere(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        prompt = LONG[:31_000]
        await stage.generate(prompt)
        await stage.generate(prompt + " changed", models=("demo-poster",))
        images = await stage.images()
        for view in ("runs", "grid"):
            stage.controller.show_view(view)
            stage.window.grab()
        stage.controller.actions.compare.emit([int(image.id) for image in images])
        await stage.until(lambda: len(stage.controller.compare.image_ids()) == 2)
        stage.window.grab()
        assert images[0].prompt == prompt + " changed"

    play(scene)
