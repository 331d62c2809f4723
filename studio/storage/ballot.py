"""Votes of the blind taste test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from studio.domain.ports import Clock
from studio.domain.standings import CountedVote
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
    reasons: tuple[str, ...] = ()
    """Why, as words of our own such as ``light``; often nothing."""


class Ballot:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def vote(
        self, brief: str, left: ImageId, right: ImageId, outcome: VoteOutcome, reasons: Sequence[str] = ()
    ) -> Vote:
        """Raises ValueError when an image is compared with itself."""
        if left == right:
            raise ValueError("an image cannot be compared with itself")
        cast_at = self._clock.now()

        def work(change: Transaction) -> Vote:
            change.db.execute(
                "INSERT INTO votes (cast_at, brief, left_image_id, right_image_id, outcome, reasons)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (to_stored(cast_at), brief, left, right, outcome, " ".join(reasons)),
            )
            vote_id = change.db.last_insert_rowid()
            tell_row(change, "vote", vote_id)
            return Vote(vote_id, cast_at, brief, left, right, outcome, tuple(reasons))

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
            "SELECT id, cast_at, brief, left_image_id, right_image_id, outcome, reasons FROM votes"
            " WHERE ?1 IS NULL OR brief = ?1 ORDER BY id"
        )
        found = await self._database.read(lambda db: rows(db, sql, (brief,)))
        return [
            Vote(one[0], from_stored(one[1]), one[2], one[3], one[4], one[5], tuple(one[6].split())) for one in found
        ]

    async def counted(self, *, brief: str | None = None, tag: str | None = None) -> list[CountedVote]:
        """Votes for a ranking: all, those of a brief, or those on pairs that both carry a tag. Votes on images that
        are gone for good are left out."""
        sql = (
            "SELECT l.provider, l.model, r.provider, r.model, v.outcome, l.id, r.id, l.cost, r.cost FROM votes AS v"
            " JOIN images AS l ON l.id = v.left_image_id JOIN images AS r ON r.id = v.right_image_id"
            " WHERE (?1 IS NULL OR v.brief = ?1) AND (?2 IS NULL OR"
            " (SELECT count(*) FROM image_tags WHERE tag = ?2 AND image_id IN (l.id, r.id)) = 2) ORDER BY v.id"
        )
        found = await self._database.read(lambda db: rows(db, sql, (brief, tag)))
        return [CountedVote((one[0], one[1]), (one[2], one[3]), *one[4:]) for one in found]

    async def tags(self) -> list[tuple[str, int]]:
        """Tags of pairs that were voted on, each with its number of votes, the most frequent first."""
        sql = (
            "SELECT l.tag, count(*) FROM votes AS v JOIN image_tags AS l ON l.image_id = v.left_image_id"
            " JOIN image_tags AS r ON r.image_id = v.right_image_id AND r.tag = l.tag"
            " GROUP BY l.tag ORDER BY 2 DESC, 1"
        )
        return await self._database.read(lambda db: [(tag, count) for tag, count in rows(db, sql)])

    async def briefs(self) -> list[tuple[str, int]]:
        """Each brief with its number of votes, the latest first."""
        sql = "SELECT brief, count(*) FROM votes GROUP BY brief ORDER BY max(id) DESC"
        return await self._database.read(lambda db: [(brief, count) for brief, count in rows(db, sql)])
