"""The panel over real images: keys, modes, blind votes, saving."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from studio.ui.compare.blind_session import BlindSession
from studio.ui.compare.difference import DifferenceWish, difference
from studio.ui.compare.levels import decode
from studio.ui.compare.panes import Mode
from tests.ui.compare.conftest import Act
from tests.ui.compare.stage import CompareStage
from tests.ui.gallery.stage import until


def words_within(widget: QWidget) -> Iterator[str]:
    """Everything that eyes, tooltips and screen readers can get of a part of the window."""
    for one in [widget, *widget.findChildren(QWidget)]:
        yield from (one.accessibleName(), one.accessibleDescription(), one.toolTip())
        text = getattr(one, "text", None)
        if callable(text):
            yield str(text())


def _is_at(session: BlindSession, place: int) -> bool:
    return session.place == place


def test_an_empty_table_offers_nothing_that_needs_images(on_stage: Act) -> None:
    async def act(stage: CompareStage) -> None:
        bar = stage.panel.bar
        parts = (bar.modes, bar.zoom_in, bar.zoom_out, bar.fit, bar.pixels, bar.together, bar.swap, bar.more, bar.blind)
        assert not any(part.isEnabled() for part in parts)
        assert any("listed here" in words for words in words_within(stage.panel.side.differences))
        await stage.show(await stage.images(2))
        assert all(part.isEnabled() for part in parts)

    on_stage(act)


def test_keys_change_how_images_are_set_against_each_other(on_stage: Act) -> None:
    async def act(stage: CompareStage) -> None:
        table = stage.panel.table
        await stage.show(await stage.images(3))
        stage.panel.focus_table()
        for key, mode in (("w", Mode.WIPE), ("o", Mode.OVERLAY), ("d", Mode.DIFFERENCE), ("b", Mode.BLINK)):
            QTest.keyClicks(table, key)
            assert table.mode is mode
            assert stage.panel.bar.modes.value() == mode
        QTest.keyClicks(table, "w")
        QTest.keyClick(table, Qt.Key.Key_Right)
        assert round(table.wipe, 3) == 0.51
        QTest.keyClick(table, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
        assert round(table.wipe, 3) == 0.41
        QTest.keyClicks(table, "z")
        assert table.zoom_percent == 100
        before = table.pair
        QTest.keyClicks(table, "x")
        assert table.pair == before[::-1]
        QTest.keyPress(table, Qt.Key.Key_Space)
        assert table.shown_indexes() == [table.pair[0]]
        QTest.keyRelease(table, Qt.Key.Key_Space)
        assert len(table.shown_indexes()) == 2

    on_stage(act)


def test_the_line_follows_the_pointer(on_stage: Act) -> None:
    async def act(stage: CompareStage) -> None:
        table = stage.panel.table
        await stage.show(await stage.images(2))
        stage.panel.set_mode(Mode.WIPE)
        table.grab()
        start = QPoint(table.width() // 2, table.height() // 2)
        QTest.mousePress(table, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        QTest.mouseMove(table, start + QPoint(-200, 0))
        QTest.mouseRelease(table, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start + QPoint(-200, 0))
        assert abs(table.wipe_place() - (start.x() - 200)) <= 1
        left, right = table.images[table.pair[0]], table.images[table.pair[1]]
        shot = table.grab().toImage()
        alone = {}
        for image, pair in ((left, (0, 1)), (right, (1, 0))):
            table.set_pair(*pair)
            table.set_first_only(True)
            alone[image.id] = table.grab().toImage()
        table.set_first_only(False)
        spot_left, spot_right = start + QPoint(-230, 150), start + QPoint(-150, 150)
        assert shot.pixelColor(spot_left) == alone[left.id].pixelColor(spot_left)
        assert shot.pixelColor(spot_right) == alone[right.id].pixelColor(spot_right)

    on_stage(act)


def test_the_strip_marks_takes_away_and_stops_at_two(on_stage: Act) -> None:
    async def act(stage: CompareStage) -> None:
        ids = await stage.images(3)
        await stage.show(ids)
        view, table = stage.panel.strip.view, stage.panel.table
        view.setFocus()
        view.setCurrentIndex(view.model().index(2, 0))
        QTest.keyClick(view, Qt.Key.Key_Return)
        assert table.pair == (0, 2)
        QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert table.pair == (2, 0)
        QTest.keyClick(view, Qt.Key.Key_Delete)
        await until(lambda: stage.panel.image_ids() == ids[:2], "one image less")
        view.setCurrentIndex(view.model().index(0, 0))
        QTest.keyClick(view, Qt.Key.Key_Delete)
        assert stage.panel.image_ids() == ids[:2]

    on_stage(act)


def test_a_blind_vote_tells_nothing_and_keeps_the_votes(on_stage: Act, tmp_path: Path) -> None:
    async def act(stage: CompareStage) -> None:
        ids = await stage.images(3)
        await stage.show(ids)
        panel = stage.panel
        vote = panel.vote
        secrets = {record.model for record in panel._records.values()} | {"Demo"}
        panel.bar.blind.click()
        assert vote.is_on
        assert vote.session is not None
        total = len(vote.session.pairs)
        told = [words for words in words_within(panel) if any(secret in words for secret in secrets)]
        assert told == []
        rows = [index.data() for index in (panel.strip.view.model().index(i, 0) for i in range(3))]
        assert not any(secret in row for row in rows for secret in secrets)
        panel.side.votes._chips["light"].click()
        first_session = vote.session
        for place, key in enumerate((Qt.Key.Key_1, Qt.Key.Key_4), 1):
            QTest.keyClick(panel.table, key)
            await until(partial(_is_at, first_session, place), "the next pair")
        panel.vote_bar.undo.click()
        await until(lambda: not panel._tasks.is_running("vote"), "the vote taken back")
        assert _is_at(first_session, 1)
        kept = await stage.client.run(lambda studio: studio.workspace.ballot.votes())
        assert [(one.outcome, one.reasons) for one in kept] == [("left", ("light",))]
        for _ in range(total):
            QTest.keyClick(panel.table, Qt.Key.Key_3)
            await until(lambda: not panel._tasks.is_running("vote"), "the vote written")
        await until(lambda: not vote.is_on, "the end of the vote")
        assert panel.image_ids() == ids
        await until(lambda: vote.standings.vote_count == total, "the ranking")
        await vote.save_to(tmp_path / "ranking.csv")
        with (tmp_path / "ranking.csv").open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.DictReader(file))
        assert {row["model"] for row in table} == secrets - {"Demo"}
        assert sum(int(row["votes"]) for row in table) == 2 * total

    on_stage(act)


def test_a_file_that_went_away_is_shown_from_its_preview(on_stage: Act) -> None:
    async def act(stage: CompareStage) -> None:
        ids = await stage.images(2)
        await stage.show(ids)
        Path(stage.panel.table.images[0].path).unlink()  # noqa: ASYNC240 - a test has nothing else to do
        stage.panel.show_images([])
        await until(lambda: not stage.panel.image_ids(), "an empty table")
        await stage.show(ids)
        panel = stage.panel
        gone, there = panel.table.images
        await until(lambda: panel.levels.small(gone) is not None, "the preview")
        assert panel.levels.is_preview(gone)
        assert not panel.levels.is_preview(there)
        assert not panel.levels.is_hopeless(gone)
        seen = panel.table.grab().toImage()
        half = seen.width() // 2
        colours = {seen.pixel(x, seen.height() // 2) for x in range(half // 4, half * 3 // 4)}
        assert len(colours) > 20, "nothing is painted where the lost image was"

    on_stage(act)


def test_everything_has_a_name(on_stage: Act) -> None:
    async def act(stage: CompareStage) -> None:
        await stage.show(await stage.images(2))
        nameless = [
            widget
            for widget in stage.window.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and not widget.accessibleName()
        ]
        assert nameless == []

    on_stage(act)


def plain(colour: str) -> QImage:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def test_the_difference_is_absolute_times_the_gain() -> None:
    from PySide6.QtCore import QRectF

    area, target = QRectF(0, 0, 40, 40), QRectF(10, 10, 40, 40)
    parts = tuple((plain(colour), area, target, (40, 40)) for colour in ("#203040", "#302040"))
    found = difference(DifferenceWish(parts, (60, 60), 1.0, 3, False, False, "#777777"))
    assert found.pixelColor(30, 30).name() == "#303000"
    assert found.pixelColor(2, 2).name() == "#777777"


def test_no_decoder_reads_what_is_not_an_image(tmp_path: Path) -> None:
    from PySide6.QtCore import QSize

    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert decode(str(broken), QSize(10, 10), 0).isNull()
    assert decode(str(tmp_path / "gone.png"), QSize(10, 10), 1).isNull()


def test_the_ranking_stands_still_until_the_vote_is_over(on_stage: Act) -> None:
    async def act(stage: CompareStage) -> None:
        await stage.show(await stage.images(3))
        panel = stage.panel
        panel.bar.blind.click()
        session = panel.vote.session
        assert session is not None
        for place, key in enumerate((Qt.Key.Key_1, Qt.Key.Key_3), 1):
            QTest.keyClick(panel.table, key)
            await until(partial(_is_at, session, place), "the next pair")
        panel.vote_bar.undo.click()
        await until(partial(_is_at, session, 1), "the vote taken back")
        await until(lambda: not panel._tasks.is_running("standings"), "nothing being read")
        assert panel.side.votes.list.model().rowCount() == 0
        assert not panel.side.votes.scope.isEnabled()
        panel.bar.blind.click()
        await until(lambda: panel.vote.standings.vote_count == 1, "the ranking")
        assert panel.side.votes.scope.isEnabled()

    on_stage(act)
