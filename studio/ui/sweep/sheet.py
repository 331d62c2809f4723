"""A forecast or a stored sweep as squares and headings for the matrix. Pure; may run on any thread."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from studio.domain.plan import totals
from studio.domain.sweep_cells import sweep_cells
from studio.ui.sweep.matrix_model import SPAN, CellKind, Heading, MatrixCell
from studio.ui.sweep.shape import MatrixShape
from studio.ui.translation import catalog_text, listed, shown, translate

if TYPE_CHECKING:
    from studio.domain.capability import ModelSpec, ProviderSpec
    from studio.domain.notices import Notice
    from studio.domain.pricing import Money
    from studio.domain.request import Target
    from studio.domain.sweep import Sweep, SweepValue
    from studio.domain.sweep_forecast import CellForecast, SweepForecast
    from studio.ui.sweep.offers import SweepOffers

_HEADINGS_MAX = 10_000


PriceSpan = tuple["Money", "Money"]


@dataclass(frozen=True, slots=True)
class Order:
    """A part of a sweep that could be started: how many images and requests that cost money, and their usual price."""

    positions: tuple[int, ...]
    image_count: int
    paid_call_count: int
    typical: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class ToldNotice:
    """`notice` holds for `cells` cells of one model, ``provider/model``; empty where the sheet names no models."""

    model: str
    notice: Notice
    cells: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the matrix and the words around it show of a forecast. It holds nothing for each cell but its square, so
    that neither the window's loops nor its collector of garbage have thousands of objects to go through."""

    forecast: SweepForecast
    """The sums; without its cells."""
    new: Order
    first: Order
    """The first new cell of each column: what "Try the first" makes."""
    image_count: int
    made_image_count: int
    blocked_count: int
    cells: Mapping[tuple[int, ...], MatrixCell]
    kinds: tuple[CellKind, ...]
    """Those that occur, for the legend."""
    column_prices: Mapping[int, PriceSpan | None]
    """The usual price of a new cell of each column, least and most; where all of it is made already, nothing. None
    where nobody publishes it, or not in one currency."""
    row_images: Mapping[int, int]
    """Images of each row, made ones too; without the cells that are left out or not drawn."""
    notices: tuple[ToldNotice, ...]
    """What will differ in the cells that are new."""


def forecast_sheet(forecast: SweepForecast, shape: MatrixShape) -> Sheet:
    """Ten thousand cells take some milliseconds: call it off the GUI thread."""
    cells: dict[tuple[int, ...], MatrixCell] = {}
    alike: dict[MatrixCell, MatrixCell] = {}
    first: dict[int, CellForecast] = {}
    new_prices: defaultdict[int, set[Money | None]] = defaultdict(set)
    made_prices: defaultdict[int, set[Money | None]] = defaultdict(set)
    row_images: Counter[int] = Counter()
    for one in forecast.cells:
        cell = _forecast_cell(one)
        cells[one.place] = alike.setdefault(cell, cell)
        row_images[shape.position("rows", one.place)] += one.image_count
        column = shape.position("columns", one.place)
        if one.state == "new":
            first.setdefault(column, one)
            new_prices[column].add(one.estimate.typical)
        elif one.state == "made":
            made_prices[column].add(one.estimate.typical)
    found = {cell.kind for cell in alike}
    order: tuple[CellKind, ...] = ("new", "made", "blocked")
    return Sheet(
        forecast=replace(forecast, cells=()),
        new=_order(forecast.new),
        first=_order(sorted(first.values(), key=lambda cell: cell.position)),
        image_count=forecast.image_count,
        made_image_count=sum(cell.image_count for cell in forecast.made),
        blocked_count=len(forecast.blocked),
        cells=cells,
        kinds=tuple(kind for kind in order if kind in found),
        column_prices={column: _span(prices) for column, prices in {**made_prices, **new_prices}.items()},
        row_images=row_images,
        notices=_told(forecast.new, shape),
    )


def _span(prices: set[Money | None]) -> PriceSpan | None:
    known = sorted((price for price in prices if price is not None), key=lambda price: price.amount)
    if len(known) < len(prices) or len({price.currency for price in known}) > 1:
        return None
    return known[0], known[-1]


def _order(cells: Sequence[CellForecast]) -> Order:
    return Order(
        positions=tuple(cell.position for cell in cells),
        image_count=sum(cell.image_count for cell in cells),
        paid_call_count=sum(cell.call_count for cell in cells if not cell.estimate.is_free),
        typical=totals(cell.estimate.typical for cell in cells),
    )


def _forecast_cell(one: CellForecast) -> MatrixCell:
    if one.state == "made":
        blob = str(one.made[0].blob) if one.made else ""
        return MatrixCell("made", blob, tuple(int(image.id) for image in one.made))
    if one.state == "blocked":
        return MatrixCell("blocked", words=_notice_words(one))
    price = one.estimate.typical
    return MatrixCell("new", words=f"≈ {price}" if price is not None and price.amount else "")


def _notice_words(one: CellForecast) -> str:
    """Why the cell cannot be made."""
    from studio.domain.words import NOTICE_WORDS

    notice = next((notice for notice in one.notices if notice.kind == "blocked"), None)
    return shown(NOTICE_WORDS[notice.code], **notice.values) if notice is not None else ""


def _told(cells: Iterable[CellForecast], shape: MatrixShape) -> tuple[ToldNotice, ...]:
    """Equal notices of a model once, in the order in which they come. Why a cell cannot be made stands in the cell."""
    told = [cell for cell in cells if cell.notices]
    if not told:
        return ()
    models = [axis.values and axis.values[0].target is not None for axis in shape.axes]
    axis = models.index(True) if True in models else None
    found: dict[tuple[str, str, str], ToldNotice] = {}
    for cell in told:
        target = shape.axes[axis].values[cell.place[axis]].target if axis is not None else None
        model = target.key if target is not None else ""
        for notice in cell.notices:
            if notice.kind != "blocked":
                key = model, notice.field, notice.message
                before = found[key].cells if key in found else 0
                found[key] = ToldNotice(model, notice, before + 1)
    return tuple(found.values())


_KINDS: Mapping[str, CellKind] = {
    "waiting": "waiting",
    "running": "running",
    "done": "done",
    "cached": "made",
    "failed": "failed",
    "uncertain": "uncertain",
    "cancelled": "cancelled",
    "blocked": "blocked",
}


def sweep_sheet(
    sweep: Sweep, blobs: Mapping[int, str], offers: SweepOffers
) -> tuple[dict[tuple[int, ...], MatrixCell], Mapping[int, int]]:
    """What became of each cell, and the images wanted in each row; `blobs` by image id.

    Off the GUI thread, like `forecast_sheet`."""
    outcomes = {outcome.position: outcome for outcome in sweep.cells}
    cells: dict[tuple[int, ...], MatrixCell] = {}
    shape, row_images = MatrixShape(sweep.plan.axes), Counter[int]()
    for cell in sweep_cells(sweep.plan):
        outcome = outcomes.get(cell.position)
        if outcome is None:
            continue
        row_images[shape.position("rows", cell.place)] += _images_of(cell.target, cell.request.n, offers)
        ids = tuple(int(image_id) for image_id in outcome.image_ids)
        blob = next((blobs[number] for number in ids if number in blobs), "")
        cells[cell.place] = MatrixCell(_KINDS[outcome.state], blob, ids, outcome.problem)
    return cells, row_images


# ---------------------------------------------------------------------------------------------------- headings


def row_headings(shape: MatrixShape, counts: Mapping[int, int]) -> list[Heading]:
    """Each row with its number of images, as `counts` has it by row; without one that is not there."""
    found: list[Heading] = []
    for number in range(min(shape.rows, _HEADINGS_MAX)):
        words = translate("SweepSheet", "%n image(s)", None, counts[number]) if number in counts else ""
        found.append(Heading(_joined(shape.naming_values("rows", number)) or translate("SweepSheet", "All"), words))
    return found


def full_rows(shape: MatrixShape, images: int, offers: SweepOffers, targets: Sequence[Target] = ()) -> dict[int, int]:
    """Images of each row when no cell is left out. `images` are asked for in each cell; a model that always makes four
    makes four. `targets`: those of a plan without an axis of models, which each draw every combination."""
    found: dict[int, int] = {}
    squares = shape.columns * shape.across * shape.down
    models = next((axis for axis in shape.axes if axis.values and axis.values[0].target is not None), None)
    drawing = [value.target for value in models.values if value.target is not None] if models else list(targets)
    of_all = sum(_images_of(target, images, offers) for target in drawing)
    for number in range(min(shape.rows, _HEADINGS_MAX)):
        own = next((value.target for value in shape.values("rows", number) if value.target is not None), None)
        if own is not None:
            found[number] = squares * _images_of(own, images, offers)
        elif models is not None:
            found[number] = squares // len(drawing) * of_all
        else:
            found[number] = squares * of_all if drawing else squares * images
    return found


def _images_of(target: Target, images: int, offers: SweepOffers) -> int:
    """What comes when `images` are asked for: whole requests of a model that always makes the same number."""
    model = offers.model(target)
    fixed = model.capability.n_fixed if model is not None else None
    return images if fixed is None else -(-images // fixed) * fixed


def column_headings(
    shape: MatrixShape, offers: SweepOffers, prices: Mapping[int, str], *, seeds: bool
) -> list[Heading]:
    """A column of models shows monogram, model and the price of one cell; `prices` by column."""
    found: list[Heading] = []
    for number in range(min(shape.columns, _HEADINGS_MAX)):
        values = shape.values("columns", number)
        target = next((value.target for value in values if value.target is not None), None)
        if target is None:
            found.append(Heading(_joined(shape.naming_values("columns", number)), figure=prices.get(number, "")))
            continue
        others = [value for value in shape.naming_values("columns", number) if value.target is None]
        found.append(_model_heading(target, others, offers, prices.get(number, ""), seeds=seeds))
    return found


def _model_heading(
    target: Target, others: Sequence[SweepValue], offers: SweepOffers, price: str, *, seeds: bool
) -> Heading:
    spec: ProviderSpec | None = offers.spec(target)
    model: ModelSpec | None = offers.model(target)
    title = catalog_text(spec.title) if spec is not None else target.provider
    second = [target.model]
    if seeds and model is not None and model.capability.seed == "ignored":
        second.append(translate("SweepSheet", "no seeds"))
    if others:
        title = f"{title} · {_joined(others)}"
    return Heading(title, " · ".join(second), price, spec.monogram if spec is not None else "")


def price_words(span: PriceSpan | None) -> str:
    """The price of a column's cell, as its heading has it; from the least to the most where cells differ."""
    if span is None:
        return ""
    words = [str(price) if price.amount else translate("SweepSheet", "free") for price in span]
    return SPAN.join(dict.fromkeys(words))


def _joined(values: Sequence[Any]) -> str:
    return listed(value.label for value in values)
