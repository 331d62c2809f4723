"""Sweeps for people and, as JSON, for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from studio.cli.document import ImageDocument, NoticeDocument, SavedImage, image_document
from studio.cli.terminal import say, say_table
from studio.domain.pricing import Currency, Money
from studio.domain.sweep import CellState, Sweep, SweepCell, SweepPlan, SweepState
from studio.domain.sweep_forecast import CellForecast, SweepForecast
from studio.domain.values import Frozen


class MoneyDocument(Frozen):
    amount: float
    currency: Currency


class CellDocument(Frozen):
    """One cell: its values by axis, its target, and what became or would become of it."""

    position: int
    values: dict[str, str]
    target: str
    prompt: str
    state: CellState | Literal["new", "made"] = Field(description="new, made and blocked in a dry run.")
    run: int | None = None
    images: list[ImageDocument] = Field(default_factory=list)
    notices: list[NoticeDocument] = Field(default_factory=list)
    problem: str = ""


class SweepDocument(Frozen):
    id: int
    created_at: str
    state: SweepState
    reason: str = Field(description="Why it paused; empty when the user did that.")
    prompt: str
    total: int
    done: int
    failed: int
    in_doubt: int = Field(description="Cells without a picture that may have been billed; not among the failed ones.")
    waiting: int
    images: int
    billed: list[MoneyDocument]


class ForecastDocument(Frozen):
    cells: int
    images: int
    new: int
    made: int
    blocked: int
    paid_calls: int = Field(description="Requests that cost money or whose price nobody knows.")
    typical: list[MoneyDocument]
    at_most: list[MoneyDocument]
    unpriced: list[str]
    prices_as_of: str | None
    seconds: float | None


def sweep_document(sweep: Sweep) -> dict[str, Any]:
    document = SweepDocument(
        id=sweep.id,
        created_at=sweep.created_at.isoformat(),
        state=sweep.state,
        reason=sweep.reason,
        prompt=sweep.plan.request.prompt,
        total=sweep.total,
        done=sweep.done,
        failed=sweep.failed,
        in_doubt=sweep.in_doubt,
        waiting=sweep.waiting,
        images=sweep.images,
        billed=_money(sweep.billed),
    )
    return document.model_dump(mode="json")


def cell_documents(
    sweep: Sweep, cells: Sequence[SweepCell], images: Mapping[str, Sequence[SavedImage]]
) -> list[dict[str, Any]]:
    """`images` by job id."""
    by_position = {cell.position: cell for cell in cells}
    documents = []
    for outcome in sweep.cells:
        cell = by_position[outcome.position]
        document = CellDocument(
            position=outcome.position,
            values=values_of(sweep.plan, cell),
            target=str(cell.target),
            prompt=cell.request.prompt,
            state=outcome.state,
            run=outcome.run_id,
            images=[image_document(image) for image in images.get(outcome.job_id or "", ())],
            problem=outcome.problem,
        )
        documents.append(document.model_dump(mode="json"))
    return documents


def forecast_document(plan: SweepPlan, cells: Sequence[SweepCell], forecast: SweepForecast) -> dict[str, Any]:
    document = ForecastDocument(
        cells=forecast.cell_count,
        images=forecast.image_count,
        new=len(forecast.new),
        made=len(forecast.made),
        blocked=len(forecast.blocked),
        paid_calls=forecast.paid_call_count,
        typical=_money(forecast.typical),
        at_most=_money(forecast.at_most),
        unpriced=[str(target) for target in forecast.unpriced],
        prices_as_of=forecast.prices_as_of.isoformat() if forecast.prices_as_of else None,
        seconds=forecast.seconds,
    )
    listed = [
        CellDocument(
            position=cell.position,
            values=values_of(plan, cell),
            target=str(cell.target),
            prompt=cell.request.prompt,
            state=told.state,
            notices=[NoticeDocument(field=one.field, kind=one.kind, message=one.message) for one in told.notices],
        ).model_dump(mode="json")
        for cell, told in zip(cells, forecast.cells, strict=True)
    ]
    return {"sweep": None, "forecast": document.model_dump(mode="json"), "cells": listed, "error": None}


def values_of(plan: SweepPlan, cell: SweepCell) -> dict[str, str]:
    """The value of each axis by the name of the axis."""
    named: dict[str, str] = {}
    for axis, index in zip(plan.axes, cell.place, strict=True):
        name = axis.list_name or axis.option or axis.kind
        if axis.choice is not None and axis.list_name is None:
            name = f"{'negative ' if axis.kind == 'negative words' else ''}choice {axis.choice + 1}"
        while name in named:
            name += "'"
        named[name] = axis.values[index].label
    return named


def print_forecast(plan: SweepPlan, cells: Sequence[SweepCell], forecast: SweepForecast, *, error: bool) -> None:
    """Count, price, time and notices; on standard error beside a list of paths."""
    factors = [len(axis.values) for axis in plan.axes]
    product = " x ".join(map(str, factors)) or "1"
    sample = f", of which a sample of {len(cells)}" if plan.make == "sample" else ""
    say(f"{product} = {plan.combination_count} combinations{sample}", error=error)
    print_left(cells, forecast, error=error)


def print_left(cells: Sequence[SweepCell], forecast: SweepForecast, *, error: bool = False) -> None:
    """The same of some cells, without the combinations they come from."""
    parts = [f"{len(forecast.new)} new ({forecast.new_image_count} images)"]
    if forecast.made:
        parts.append(f"{len(forecast.made)} made before and free")
    if forecast.blocked:
        parts.append(f"{len(forecast.blocked)} cannot be made")
    say(f"cells: {', '.join(parts)}; paid requests: {forecast.paid_call_count}", error=error)
    say(f"price: {price_words(forecast)}", error=error)
    if forecast.new and forecast.seconds is not None:
        say(f"time: about {duration_words(forecast.seconds)}", error=error)
    for line, count in _counted_notices(cells, forecast.cells).items():
        say(f"{line}{f' ({count} cells)' if count > 1 else ''}", error=error)


def price_words(forecast: SweepForecast) -> str:
    if not forecast.new:
        return "free, everything is in the library"
    sums = " + ".join(str(money) for money in forecast.typical)
    words = f"≈ {sums}" if sums else ""
    if forecast.typical and all(money.amount == 0 for money in forecast.typical):
        words = "free"
    if forecast.at_most and forecast.at_most != forecast.typical:
        words += f", up to {' + '.join(str(money) for money in forecast.at_most)}"
    if forecast.prices_as_of:
        words += f" (as of {forecast.prices_as_of})"
    if forecast.unpriced:
        names = ", ".join(str(target) for target in forecast.unpriced)
        words = f"{words}; nobody publishes one for {names}" if words else f"nobody publishes one for {names}"
    return words


def duration_words(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 5_400:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"


def print_sweeps(sweeps: Sequence[Sweep]) -> None:
    rows = [
        (
            *(sweep.id, f"{sweep.created_at.astimezone():%Y-%m-%d %H:%M}", sweep.state),
            *(f"{sweep.done} of {sweep.total}", sweep.failed, sweep.in_doubt, sweep.images),
            _shortened(sweep.plan.request.prompt),
        )
        for sweep in sweeps
    ]
    say_table(("sweep", "begun", "state", "done", "failed", "may be billed", "images", "prompt"), rows)


def print_cells(sweep: Sweep, cells: Sequence[SweepCell]) -> None:
    by_position = {cell.position: cell for cell in cells}
    rows = []
    for outcome in sweep.cells:
        cell = by_position[outcome.position]
        values = ", ".join(values_of(sweep.plan, cell).values())
        run = outcome.run_id if outcome.run_id is not None else ""
        rows.append((outcome.position, values, cell.target, outcome.state, run, outcome.problem))
    say_table(("cell", "values", "target", "state", "run", ""), rows)


def state_words(sweep: Sweep) -> str:
    """One line on how a sweep stands."""
    parts = [f"{sweep.done} of {sweep.total} cells done"]
    if sweep.failed:
        parts.append(f"{sweep.failed} failed")
    if sweep.in_doubt:
        parts.append(f"{sweep.in_doubt} may have been billed")
    if sweep.waiting:
        parts.append(f"{sweep.waiting} not sent")
    if sweep.billed:
        parts.append(f"{' + '.join(str(money) for money in sweep.billed)} billed")
    return f"Sweep {sweep.id}, {sweep.state}: {', '.join(parts)}."


def _counted_notices(cells: Sequence[SweepCell], forecasts: Sequence[CellForecast]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for cell, forecast in zip(cells, forecasts, strict=True):
        for notice in forecast.notices:
            line = f"{cell.target}: {notice.kind}: {notice.field}: {notice.message}"
            counted[line] = counted.get(line, 0) + 1
    return counted


def _money(sums: Sequence[Money]) -> list[MoneyDocument]:
    return [MoneyDocument(amount=float(money.amount), currency=money.currency) for money in sums]


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}..."
