"""Taking a sweep up on the command line: what is left of it, where it goes, single cells."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

from studio.bootstrap import Studio
from studio.cli.exits import Exit
from studio.cli.session import Session
from studio.cli.sweep_output import forecast_document, price_words, print_left, state_words, sweep_document
from studio.cli.sweep_plan import sweep_cells_of
from studio.cli.terminal import print_json, say
from studio.domain.errors import RequestInvalid
from studio.domain.sweep import Sweep
from studio.domain.values import SweepId


@contextlib.contextmanager
def known_sweeps() -> Iterator[None]:
    try:
        yield
    except LookupError as error:
        reason = f"{error}; prompt-studio sweep list names them"
        raise RequestInvalid(field="sweep", reason=reason) from error


async def show_left(session: Session, studio: Studio, number: SweepId, only: Sequence[int], *, failed_too: bool) -> int:
    """What taking the sweep up would send and cost."""
    sweep = await studio.sweeps.sweep(number)
    with known_sweeps():
        if sweep is None:
            raise LookupError(f"there is no sweep {number}")
    left = await studio.sweeps.left(number, failed_too=failed_too or bool(only))
    if left is None:
        return Exit.DONE
    forecast = left.part([cell.position for cell in left.cells if not only or cell.position in only])
    positions = {cell.position for cell in forecast.cells}
    cells = [cell for cell in sweep_cells_of(sweep.plan) if cell.position in positions]
    if session.as_json:
        print_json({**forecast_document(sweep.plan, cells, forecast), "sweep": sweep_document(sweep)})
        return Exit.DONE
    say(state_words(sweep))
    if cells:
        print_left(cells, forecast)
    say("Nothing was sent.")
    return Exit.DONE


async def tell_left(studio: Studio, number: SweepId, only: Sequence[int], *, failed_too: bool) -> None:
    """Price before, on standard error."""
    left = await studio.sweeps.left(number, failed_too=failed_too or bool(only))
    if left is None:
        return
    forecast = left.part([cell.position for cell in left.cells if not only or cell.position in only])
    if forecast.new:
        say(f"Still to be sent: paid requests: {forecast.paid_call_count}, {price_words(forecast)}", error=True)


async def make_cells(studio: Studio, number: SweepId, cells: Sequence[int], *, over_budget: bool) -> Sweep:
    made = await studio.sweeps.make_cells(number, cells, over_budget_allowed=over_budget)
    if not made:
        reason = f"none of them waits or failed; prompt-studio sweep show {number} tells what became of each"
        raise RequestInvalid(field="cell", reason=reason)
    sweep = await studio.sweeps.sweep(number)
    if sweep is None:
        raise LookupError(f"there is no sweep {number}")
    return sweep


async def go_to_address(studio: Studio, number: SweepId, base_url: str | None) -> None:
    """Where the sweep was begun, unless another address is given now: a key for one host is none for another."""
    if base_url is not None:
        await studio.sweeps.go_to(number, base_url)
        return
    address = await studio.sweeps.address(number)
    if address is not None:
        say(f"Going on at {address.base_url}, where it was begun.", error=True)
