"""Words worth keeping: the history of prompts, and snippets. (Styles are the user's, not the workspace's: settings.)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import apsw

from studio.domain.ports import Clock
from studio.storage.database import Database, Transaction, column, number, rows
from studio.storage.journal import forget_prompt, prompt_digest
from studio.storage.moments import from_stored, to_stored
from studio.storage.search_text import match_conditions
from studio.storage.workspace_record import tell_forgotten, tell_row

NAME_MAX_CHARACTERS = 100
TEXT_MAX_CHARACTERS = 50_000


@dataclass(frozen=True, slots=True)
class PastPrompt:
    text: str
    use_count: int
    """Runs that used it."""
    last_used_at: datetime


@dataclass(frozen=True, slots=True)
class Snippet:
    id: int
    name: str
    text: str


class Phrasebook:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def history(self, text: str = "", offset: int = 0, limit: int = 50) -> list[PastPrompt]:
        """Prompts that were used, each once, the last used first; `text`: words that must all be in it."""

        def work(db: apsw.Connection) -> list[PastPrompt]:
            where, values = _search(text)
            found = rows(
                db,
                "SELECT p.text, p.use_count, p.last_used_at FROM prompts AS p"
                f" WHERE p.use_count > 0{where} ORDER BY p.last_used_at DESC, p.id DESC LIMIT ? OFFSET ?",
                (*values, limit, offset),
            )
            return [PastPrompt(words, uses, from_stored(last)) for words, uses, last in found]

        return await self._database.read(work)

    async def history_count(self, text: str = "") -> int:
        where, values = _search(text)
        sql = f"SELECT count(*) FROM prompts AS p WHERE p.use_count > 0{where}"
        return await self._database.read(lambda db: number(db, sql, values))

    async def forget(self, text: str) -> None:
        """Take a prompt out of the history until it is used again. Runs and images keep theirs."""
        digest = prompt_digest(text)

        def work(change: Transaction) -> None:
            now = to_stored(self._clock.now())
            forget_prompt(change.db, digest, now)
            tell_forgotten(change, digest, at=now)

        await self._database.write(work)

    async def snippets(self) -> list[Snippet]:
        """All of them, by name."""
        sql = "SELECT id, name, text FROM phrases WHERE kind = 'snippet' ORDER BY name"
        return await self._database.read(lambda db: [Snippet(*found) for found in rows(db, sql)])

    async def keep_snippet(self, name: str, text: str, *, snippet_id: int | None = None) -> int:
        """Adds a snippet, or changes the one with `snippet_id`; returns its number.

        Raises ValueError for an empty or too long name or text, and for a name that is taken."""
        cleaned = " ".join(name.split())
        if not cleaned or len(cleaned) > NAME_MAX_CHARACTERS:
            raise ValueError(f"a name has 1 to {NAME_MAX_CHARACTERS} characters")
        if not text.strip() or len(text) > TEXT_MAX_CHARACTERS:
            raise ValueError(f"a text has 1 to {TEXT_MAX_CHARACTERS} characters")

        def work(change: Transaction) -> int:
            now = to_stored(self._clock.now())
            taken = column(change.db, "SELECT id FROM phrases WHERE kind = 'snippet' AND name = ?", (cleaned,))
            if taken and taken[0] != snippet_id:
                raise ValueError(f"there is a snippet {cleaned!r} already")
            change.db.execute(
                "INSERT INTO phrases (id, kind, name, text, changed_at) VALUES (?, 'snippet', ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET name = excluded.name, text = excluded.text,"
                " changed_at = excluded.changed_at",
                (snippet_id, cleaned, text, now),
            )
            number_of = snippet_id if snippet_id is not None else change.db.last_insert_rowid()
            tell_row(change, "phrase", number_of)
            return number_of

        return await self._database.write(work)

    async def remove_snippet(self, snippet_id: int) -> None:
        def work(change: Transaction) -> None:
            change.db.execute("DELETE FROM phrases WHERE id = ? AND kind = 'snippet'", (snippet_id,))
            tell_row(change, "phrase", snippet_id)

        await self._database.write(work)


def _search(text: str) -> tuple[str, tuple[str, ...]]:
    found = match_conditions(text, "prompt")
    where = "".join(f" AND p.id IN (SELECT rowid FROM {sql.partition(' ')[0]} WHERE {sql})" for sql, _ in found)
    return where, tuple(value for _, some in found for value in some)
