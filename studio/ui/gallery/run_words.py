"""What a run says in its first line, and what screen readers say of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from studio.ui.gallery import tile_words
from studio.ui.gallery.run_row import RunRow
from studio.ui.gallery.tile import Tile, TileState
from studio.ui.translation import filled, joined_facts, translate

if TYPE_CHECKING:
    from studio.domain.jobs import Job
    from studio.domain.pricing import Money


def title(row: RunRow) -> str:
    return translate("RunWords", "Run {number}").format(number=row.run.id)


def facts(row: RunRow, now: datetime | None = None) -> str:
    """``14:21 · 7 images · 52 s · $0.11``, or while it is under way ``1 of 4 models done · 24 s``. What may have been
    billed stands behind what was."""
    now = now or datetime.now(UTC)
    if row.live:
        parts = [_progress(row), tile_words.seconds(max(0.0, (now - row.run.created_at).total_seconds()))]
        maybe = _amounts(job for job in row.run.jobs if job.state == "uncertain")
        if maybe:
            billed = _amounts(job for job in row.run.jobs if job.state == "done") or "$0.00"
            words = translate("RunWords", "billed {billed}, maybe {maybe}")
            parts.append(filled(words, billed=billed, maybe=maybe))
        return " · ".join(filter(None, [*parts, _sweep(row)]))
    count = sum(tile.image is not None for tile in row.tiles)
    images = translate("RunWords", "%n image(s)", "", count)
    parts = [moment(row.run.created_at, now), images, _duration(row), cost(row), _in_doubt(row), _sweep(row)]
    return " · ".join(part for part in parts if part)


def _sweep(row: RunRow) -> str:
    link = row.run.sweep
    return translate("RunWords", "Sweep {number}").format(number=link.sweep_id) if link is not None else ""


def _progress(row: RunRow) -> str:
    done = sum(not any(tile.state.is_live for tile in column.tiles) for column in row.columns)
    words = translate("RunWords", "{done} of {total} models done").format(done=done, total=len(row.columns))
    needy = {TileState.FAILED, TileState.UNCERTAIN}
    attention = sum(any(tile.state in needy for tile in column.tiles) for column in row.columns)
    if attention:
        words += translate("RunWords", ", %n need(s) attention", "", attention)
    return words


def moment(at: datetime, now: datetime) -> str:
    """The time today, with the day before that; with the year before this one."""
    local, today = at.astimezone(), now.astimezone()
    locale = QLocale()
    time = f"{local:%H:%M}"
    if local.date() == today.date():
        return time
    chinese = locale.language() == QLocale.Language.Chinese
    same_year = "M月d日" if chinese else "d MMM"
    with_year = "yyyy年M月d日" if chinese else "d MMM yyyy"
    from PySide6.QtCore import QDate

    day = QDate(local.year, local.month, local.day)
    return f"{locale.toString(day, same_year if local.year == today.year else with_year)} {time}"


def _duration(row: RunRow) -> str:
    ends = [job.finished_at for job in row.run.jobs if job.finished_at is not None]
    if not ends:
        return ""
    return tile_words.seconds(max(0.0, (max(ends) - row.run.created_at).total_seconds()) + 0.5)


def cost(row: RunRow) -> str:
    """Billed where the providers said so, else with ≈; "no price" where nobody publishes one."""
    paid = [job for job in row.run.jobs if job.state == "done" and not job.cached]
    if not paid:
        return "$0.00" if any(job.cached for job in row.run.jobs) else ""
    total = _amounts(paid)
    if not total:
        return translate("RunWords", "no price")
    free = all((job.cost.reported or job.cost.estimated or _nothing(job)).amount == 0 for job in paid)
    if free:
        return translate("RunWords", "free")
    exact = all(job.cost.reported is not None for job in paid)
    return total if exact else f"≈ {total}"


def _in_doubt(row: RunRow) -> str:
    """What the calls that may have been billed would cost; they count to no other sum."""
    prices: list[Money] = []
    doubtful = 0
    for job in (job for job in row.run.jobs if not job.estimate.is_free):
        calls = [call for call in job.calls if call.problem is not None and call.problem.charged == "maybe"]
        images, price = sum(call.image_count for call in calls), job.estimate.typical
        doubtful += images
        if images and price is not None:
            share = price.amount * images / max(images, job.fitted.image_count)
            prices.append(price.model_copy(update={"amount": share}))
    if not doubtful:
        return ""
    total = _sum(price for price in prices if price.amount)
    if not total:
        return translate("RunWords", "may have been billed")
    return filled(translate("RunWords", "maybe {amount}"), amount=total)


def estimate(row: RunRow) -> str:
    """What a run under way will cost, with ≈; empty where nobody knows."""
    prices = [job.estimate.typical for job in row.run.jobs if job.estimate.typical is not None]
    total = _sum(prices)
    return f"≈ {total}" if total and any(price.amount for price in prices) else ""


def _nothing(job: Job) -> Money:
    from studio.domain.pricing import Money

    return job.estimate.typical or Money(amount=Decimal(1))


def _amounts(jobs: Iterable[Job]) -> str:
    return _sum(found for job in jobs if (found := job.cost.reported or job.cost.estimated or job.estimate.typical))


def _sum(amounts: Iterable[Money]) -> str:
    totals: dict[str, Money] = {}
    for money in amounts:
        before = totals.get(money.currency)
        total = money.amount + (before.amount if before is not None else 0)
        totals[money.currency] = money.model_copy(update={"amount": total})
    return " + ".join(str(total) for total in totals.values())


def spoken_tile(row: RunRow, tile: Tile, *, entered: bool) -> str:
    """One image of a run; where the cursor comes into the run, its number, facts and prompt before it."""
    column = next((column for column in row.columns if tile in column.tiles), None)
    words = tile_words.spoken(tile, len(column.tiles) if column is not None else 0)
    below = tile_words.text(tile)
    parts = [joined_facts([title(row), facts(row)]), row.run.request.prompt] if entered else []
    return ". ".join([*parts, words, *([below] if below else [])])


def spoken(row: RunRow) -> str:
    """The whole run for a screen reader: number, facts, prompt, then every image."""
    parts = [joined_facts([title(row), facts(row)]), *row.changes, row.run.request.prompt]
    for column in row.columns:
        parts += [tile_words.spoken(tile, len(column.tiles)) for tile in column.tiles]
    return ". ".join(parts)
