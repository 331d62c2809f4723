"""What a blind vote counts: the pair that is seen, few images or many, of one model or of several."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.compare.conftest import Act
from tests.ui.compare.stage import CompareStage
from tests.ui.gallery.stage import until


async def vote(stage: CompareStage, key: Qt.Key) -> None:
    """Press a key for the pair on the table and wait until it is written."""
    session = stage.panel.vote.session
    assert session is not None
    before = len(session.votes)
    QTest.keyClick(stage.panel.table, key)
    await until(partial(_has_votes, session, before + 1), "the vote written")


def _has_votes(session: object, count: int) -> bool:
    return len(session.votes) == count  # type: ignore[attr-defined]  # a BlindSession


def seen(stage: CompareStage) -> tuple[int, int]:
    """The images shown as A and B."""
    table = stage.panel.table
    first, second = (table.images[place].id for place in table.pair)
    return first, second


def test_a_vote_is_about_what_is_seen_also_after_a_swap(on_stage: Act) -> None:
    async def act(stage: CompareStage) -> None:
        await stage.show(await stage.images(3))
        stage.panel.bar.blind.click()
        QTest.keyClicks(stage.panel.table, "x")
        swapped = seen(stage)
        await vote(stage, Qt.Key.Key_1)
        place = next(place for place in range(3) if place not in stage.panel.table.pair)
        stage.panel.strip.view.marked.emit(place, True)
        marked = seen(stage)
        await vote(stage, Qt.Key.Key_3)
        kept = await stage.client.run(lambda studio: studio.workspace.ballot.votes())
        assert [(one.left, one.right, one.outcome) for one in kept] == [(*swapped, "left"), (*marked, "right")]

    on_stage(act)


def test_more_images_than_the_table_holds_are_voted_on_in_pairs(on_stage: Act) -> None:
    async def act(stage: CompareStage) -> None:
        ids = await stage.images(11)
        panel = stage.panel
        panel.vote_on(ids)
        await until(lambda: panel.vote.is_on, "the vote")
        met: set[int] = set()
        session = panel.vote.session
        assert session is not None
        while panel.vote.is_on and len(session.votes) < len(session.pairs) - 1:
            assert len(panel.image_ids()) == 2
            met |= set(seen(stage))
            await vote(stage, Qt.Key.Key_2)
        met |= set(seen(stage))
        assert met == set(ids)
        QTest.keyClick(panel.table, Qt.Key.Key_2)
        await until(lambda: not panel.vote.is_on and not panel.is_reading, "the end of the vote")
        assert panel.image_ids() == ids[:9]
        kept = await stage.client.run(lambda studio: studio.workspace.ballot.votes())
        assert len(kept) == len(session.pairs)

    on_stage(act)


def test_images_of_one_model_are_ranked_each_on_its_own(on_stage: Act, tmp_path: Path) -> None:
    async def act(stage: CompareStage) -> None:
        await stage.stage.generate("three boats", "demo-painter", n=3)
        ids = [int(one) for one in sorted(await stage.client.run(lambda studio: studio.workspace.library.ids()))]
        await stage.show(ids)
        panel = stage.panel
        panel.bar.blind.click()
        best = ids[1]
        session = panel.vote.session
        assert session is not None
        for _ in range(len(session.pairs)):
            first, second = seen(stage)
            await vote(stage, Qt.Key.Key_1 if first == best else Qt.Key.Key_3 if second == best else Qt.Key.Key_2)
        await until(lambda: panel.vote.standings.of_images and not panel.is_reading, "the ranking")
        rows = panel.vote.standings.rows
        assert rows[0].image_id == best
        assert {row.image_id for row in rows} == set(ids)
        listed = panel.side.votes.list.model()
        letter = panel.table.mark_of(panel.image_ids().index(best))
        assert f"1. {letter} Demo demo-painter" in str(listed.index(0, 0).data())

        panel.side.votes.list.activated.emit(listed.index(0, 0))
        assert seen(stage)[0] == best

        await panel.vote.save_to(tmp_path / "ranking.csv")
        with (tmp_path / "ranking.csv").open(encoding="utf-8-sig", newline="") as file:
            assert [int(row["image"]) for row in csv.DictReader(file)] == [row.image_id for row in rows]

        scope = panel.side.votes.scope
        panel.side.votes.scope_chosen.emit(("all", ""))
        await until(lambda: not panel.vote.standings.of_images, "the ranking of models")
        assert panel.vote.standings.rows == ()
        assert panel.vote.standings.within_one_model == len(session.pairs)
        assert scope.value() == ("all", "")

    on_stage(act)


def test_a_ranking_that_was_there_has_no_names_while_the_next_vote_is_blind(on_stage: Act) -> None:
    async def act(stage: CompareStage) -> None:
        await stage.show(await stage.images(3))
        panel = stage.panel
        votes = panel.side.votes

        def told() -> list[str]:
            rows = votes.list.model()
            return [str(rows.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(rows.rowCount())]

        panel.bar.blind.click()
        session = panel.vote.session
        assert session is not None
        while not session.is_over:
            before = session.place
            QTest.keyClick(panel.table, Qt.Key.Key_1)
            await until(lambda before=before: session.place > before, "the next pair")  # type: ignore[misc]  # of now
        await until(lambda: bool(told()), "the ranking")
        named = told()
        assert any("demo-" in words for words in named)
        assert votes.save.isEnabled()
        panel.bar.blind.click()
        assert not any("demo" in words.lower() for words in told())
        assert [words.split(",")[0] for words in told()] == [
            f"{place}. Name hidden" for place in range(1, len(named) + 1)
        ]
        assert not votes.save.isEnabled()
        panel.bar.blind.click()
        await until(lambda: told() == named and votes.save.isEnabled(), "the names")

    on_stage(act)


def test_after_a_vote_the_marks_are_where_they_were(on_stage: Act) -> None:
    async def act(stage: CompareStage) -> None:
        await stage.show(await stage.images(5))
        table = stage.panel.table
        table.set_pair(1, 3)
        marked = seen(stage)
        for _vote in range(4):
            stage.panel.bar.blind.click()
            await vote(stage, Qt.Key.Key_1)
            stage.panel.bar.blind.click()
            assert seen(stage) == marked

    on_stage(act)
