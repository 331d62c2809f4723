"""Where saved words lie: snippets with the workspace, styles with the settings. One face for the dialog that edits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from studio.bootstrap import SettingsStore
    from studio.ui.client import StudioClient


@dataclass(slots=True, eq=False)
class SavedWords:
    """A name and the words behind it. `place` is what the shelf knows it by; None until it was kept."""

    name: str
    words: str
    place: Any = None


class WordShelf(Protocol):
    """`keep` and `remove` are asked one after the other, never at once. Names differ by more than upper case."""

    name_max: int
    words_max: int

    async def read(self) -> list[SavedWords]: ...
    async def keep(self, entry: SavedWords) -> None:
        """Add or change it; sets `entry.place`."""

    async def remove(self, entry: SavedWords) -> None: ...


class SnippetShelf:
    """Snippets belong to the workspace: they travel with its folder and come back when its database is made anew."""

    name_max, words_max = 100, 50_000

    def __init__(self, client: StudioClient) -> None:
        self._client = client

    async def read(self) -> list[SavedWords]:
        found = await self._client.run(lambda studio: studio.workspace.phrasebook.snippets())
        return [SavedWords(one.name, one.text, one.id) for one in found]

    async def keep(self, entry: SavedWords) -> None:
        name, words, place = entry.name, entry.words, entry.place
        entry.place = await self._client.run(
            lambda studio: studio.workspace.phrasebook.keep_snippet(name, words, snippet_id=place)
        )

    async def remove(self, entry: SavedWords) -> None:
        place, entry.place = entry.place, None
        if place is not None:
            await self._client.run(lambda studio: studio.workspace.phrasebook.remove_snippet(place))


class StyleShelf:
    """Styles belong to the user and are kept with his settings, in his order: every workspace offers the same ones."""

    name_max, words_max = 60, 2_000

    def __init__(self, settings: SettingsStore) -> None:
        self._settings = settings

    async def read(self) -> list[SavedWords]:
        return [SavedWords(one.name, one.words, one.name) for one in self._settings.current.styles]

    async def keep(self, entry: SavedWords) -> None:
        from studio.bootstrap import Style

        style = Style(name=entry.name, words=entry.words)
        styles = list(self._settings.current.styles)
        at = next((i for i, one in enumerate(styles) if one.name == entry.place), len(styles))
        styles[at : at + 1] = [style]
        self._settings.change(styles=tuple(styles))
        entry.place = entry.name

    async def remove(self, entry: SavedWords) -> None:
        place, entry.place = entry.place, None
        self._settings.change(styles=tuple(one for one in self._settings.current.styles if one.name != place))
