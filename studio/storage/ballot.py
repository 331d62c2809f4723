"""Votes of the blind taste test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from studio.domain.ports import Clock
from studio.domain.values import ImageId
from studio.storage.database import Database, Transaction, rows
from studio.storage.moments import from_stored, to_stored
from studio.storage.workspace_record import tell_row

VoteOutcome = Literal["left", "right", "tie", "neither"]


@dataclass(frozen=True, slots=True)
class Vote:
    id: int
    cast_at: datetime
    brief: str
    """What was asked for; rankings are made for each brief."""
    left: ImageId
    right: ImageId
    outcome: VoteOutcome


class Ballot:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def vote(self, brief: str, left: ImageId, right: ImageId, outcome: VoteOutcome) -> Vote:
        """Raises ValueError when an image is compared with itself."""
        if left == right:
            raise ValueError("an image cannot be compared with itself")
        cast_at = self._clock.now()

        def work(change: Transaction) -> Vote:
            change.db.execute(
                "INSERT INTO votes (cast_at, brief, left_image_id, right_image_id, outcome) VALUES (?, ?, ?, ?, ?)",
                (to_stored(cast_at), brief, left, right, outcome),
            )
            vote_id = change.db.last_insert_rowid()
            tell_row(change, "vote", vote_id)
            return Vote(vote_id, cast_at, brief, left, right, outcome)

        return await self._database.write(work)

    async def take_back(self, vote_id: int) -> None:
        """Undo."""

        def work(change: Transaction) -> None:
            change.db.execute("DELETE FROM votes WHERE id = ?", (vote_id,))
            tell_row(change, "vote", vote_id)

        await self._database.write(work)

    async def votes(self, brief: str | None = None) -> list[Vote]:
        """In the order they were cast; all briefs without `brief`."""
        sql = (
            "SELECT id, cast_at, brief, left_image_id, right_image_id, outcome FROM votes"
            " WHERE ?1 IS NULL OR brief = ?1 ORDER BY id"
        )
        found = await self._database.read(lambda db: rows(db, sql, (brief,)))
        return [Vote(one[0], from_stored(one[1]), *one[2:]) for one in found]

    async def briefs(self) -> list[tuple[str, int]]:
        """Each brief with its number of votes, the latest first."""
        sql = "SELECT brief, count(*) FROM votes GROUP BY brief ORDER BY max(id) DESC"
        return await self._database.read(lambda db: [(brief, count) for brief, count in rows(db, sql)])
