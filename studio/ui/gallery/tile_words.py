"""What a tile says: title, lines and the words of its button, for the eye and for screen readers."""

from __future__ import annotations

from studio.ui.gallery.tile import Tile, TileState
from studio.ui.problems import money_words, problem_action, problem_text, problem_title
from studio.ui.translation import catalog_text, filled, joined_facts, ordinal, translate


def seconds(value: float) -> str:
    """``14 s`` or ``1 min 04 s``."""
    whole = int(value)
    if whole < 60:
        return translate("Tile", "{seconds} s").format(seconds=whole)
    return translate("Tile", "{minutes} min {seconds} s").format(minutes=whole // 60, seconds=f"{whole % 60:02}")


def title(tile: Tile) -> str:
    """The bold line of a tile without a picture."""
    match tile.state:
        case TileState.QUEUED:
            return translate("Tile", "Paused") if tile.held_by else translate("Tile", "Queued")
        case TileState.WAITING | TileState.PROGRESS | TileState.PARTIAL:
            if tile.resumed:
                return translate("Tile", "Picked up again")
            return filled(translate("Tile", "Waiting for {name}"), name=catalog_text(tile.provider_title))
        case TileState.RETRY:
            return problem_title(tile.problem) if tile.problem else translate("Tile", "Trying again")
        case TileState.UNCERTAIN:
            return problem_title(tile.problem) if tile.problem else translate("Tile", "May have been billed")
        case TileState.CANCELLED:
            return translate("Tile", "Cancelled")
        case TileState.MISSING:
            return translate("Tile", "The file was moved")
        case TileState.GONE:
            return translate("Tile", "Removed")
        case TileState.FAILED:
            return problem_title(tile.problem) if tile.problem else translate("Tile", "Failed")
        case _:
            return ""


def text(tile: Tile) -> str:
    """The lines below the title."""
    match tile.state:
        case TileState.QUEUED:
            if tile.held_by:
                return _what_is_paused(tile)
            if tile.waits_s:
                words = filled(translate("Tile", "next free in {time}"), time=seconds(tile.waits_s + 0.99))
                return joined_facts([_place(tile) if tile.queue_place else "", words])
            return _place(tile)
        case TileState.WAITING | TileState.PROGRESS | TileState.PARTIAL:
            elapsed = seconds(tile.elapsed_s())
            low, high = (round(edge) for edge in tile.usual_s)
            if not high:
                return elapsed
            words = translate("Tile", "{elapsed} · usually {low}–{high} s")
            return words.format(elapsed=elapsed, low=low, high=high)
        case TileState.RETRY:
            words = translate("Tile", "{name} asks us to wait. Next try in {time}, {attempt} of {attempts}.")
            return filled(
                words,
                name=catalog_text(tile.provider_title),
                time=seconds(tile.retry_left_s() + 0.99),
                attempt=tile.attempt,
                attempts=tile.attempts_max,
            )
        case TileState.GONE:
            return translate("Tile", "It is in the bin, or was deleted.")
        case TileState.CANCELLED:
            return money_words(tile.problem) if tile.problem else ""
        case TileState.FAILED | TileState.UNCERTAIN:
            return problem_text(tile.problem) if tile.problem else ""
        case _:
            return ""


def short_title(tile: Tile) -> str:
    """The same where the room is too narrow for `title`: the provider's name stands above the column."""
    if tile.state in (TileState.WAITING, TileState.PROGRESS, TileState.PARTIAL) and not tile.resumed:
        return translate("Tile", "Waiting")
    return title(tile)


def short_text(tile: Tile) -> str:
    """The same where one line is too narrow for `text`: how long it has taken, without what is usual."""
    if tile.state in (TileState.WAITING, TileState.PROGRESS, TileState.PARTIAL):
        return seconds(tile.elapsed_s())
    return text(tile)


def _what_is_paused(tile: Tile) -> str:
    """Goes on from the title, short enough for small tiles."""
    match tile.held_by:
        case "sweep":
            return translate("Tile", "with its sweep")
        case "queue":
            return translate("Tile", "with the queue")
        case _:
            return translate("Tile", "with its run")


def _place(tile: Tile) -> str:
    if tile.queue_place is None:
        return ""
    return translate("Tile", "{place} in line").format(place=ordinal(tile.queue_place))


def button(tile: Tile) -> str:
    """The words of the one button; empty for none."""
    match tile.state:
        case TileState.QUEUED | TileState.PARTIAL | TileState.PROGRESS:
            return translate("Tile", "Cancel")
        case TileState.WAITING:
            return translate("Tile", "Cancel") if tile.cancellable else translate("Tile", "Stop waiting")
        case TileState.RETRY:
            return translate("Tile", "Stop trying")
        case TileState.UNCERTAIN:
            return translate("Tile", "What to do")
        case TileState.CANCELLED:
            return translate("Tile", "Generate")
        case TileState.MISSING:
            return translate("Tile", "Find...")
        case TileState.FAILED:
            return problem_action(tile.problem) if tile.problem else ""
        case _:
            return ""


def pill(tile: Tile) -> str:
    """The words on a picture; empty for none."""
    percent = f"{round(100 * tile.fraction)} %" if tile.fraction is not None else ""
    if tile.state in (TileState.PARTIAL, TileState.PROGRESS) and tile.resumed:
        again = translate("Tile", "Picked up again")
        return f"{again} · {percent}" if percent else again
    if tile.state is TileState.PROGRESS:
        return percent
    if tile.state is TileState.PARTIAL:
        return translate("Tile", "Preview {step} of {steps}").format(step=tile.step, steps=tile.steps)
    if tile.state is TileState.CACHED:
        return translate("Tile", "Cached · {price}").format(price="$0.00")
    return ""


def short_pill(tile: Tile) -> str:
    """The same where a picture is too narrow for `pill`: the figure without the words; empty for none."""
    if tile.state is TileState.PARTIAL and not tile.resumed:
        return f"{tile.step} / {tile.steps}"
    if tile.state in (TileState.PARTIAL, TileState.PROGRESS):
        return f"{round(100 * tile.fraction)} %" if tile.fraction is not None else ""
    return "$0.00" if tile.state is TileState.CACHED else ""


def state_words(tile: Tile) -> str:
    """One word or two for the state, for screen readers."""
    if tile.state is TileState.DONE:
        return translate("Tile", "done")
    if tile.state is TileState.CACHED:
        return translate("Tile", "cached")
    return joined_facts([title(tile), pill(tile)])


def spoken(tile: Tile, count: int = 0) -> str:
    """``OpenAI gpt-image-2, run 48, image 1 of 1, done, rated 4 of 5``; `count`: images of the job, 0 for unknown."""
    words = filled(
        translate("Tile", "{provider} {model}, run {run}, image {index} of {count}, {state}")
        if count
        else translate("Tile", "{provider} {model}, run {run}, image {index}, {state}"),
        provider=catalog_text(tile.provider_title),
        model=tile.model,
        run=tile.run_id,
        index=tile.index + 1,
        count=max(count, tile.index + 1),
        state=state_words(tile),
    )
    if tile.image is not None and tile.image.rating:
        words += translate("Tile", ", rated {stars} of 5").format(stars=tile.image.rating)
    if tile.image is not None and tile.image.rejected:
        words += translate("Tile", ", rejected")
    if tile.stack_size:
        words += stack_spoken(tile)
    return words


def stack_badge(tile: Tile) -> str:
    """``3`` on a closed stack, ``1 of 3`` in an open one."""
    if not tile.stack_place:
        return str(tile.stack_size)
    return translate("Tile", "{place} of {count}").format(place=tile.stack_place, count=tile.stack_size)


def stack_spoken(tile: Tile) -> str:
    if not tile.stack_place:
        return translate("Tile", ", closed stack of %n near-duplicate(s)", "", tile.stack_size)
    words = translate("Tile", ", {place} of {count} in an open stack")
    return words.format(place=tile.stack_place, count=tile.stack_size)
