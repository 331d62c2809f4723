"""The cells of a sweep's plan, in its order.

Which cells a plan has, and in which order, is part of what is stored: the same plan must always give the same cells,
in every version of the program, since runs name their cells by position."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from math import log, prod
from operator import itemgetter
from random import Random

from studio.domain.choices import PromptTemplate, read_template
from studio.domain.errors import SweepTooLarge
from studio.domain.request import PROMPT_MAX_CHARACTERS, GenerationRequest, Target
from studio.domain.sweep import SWEEP_CELLS_MAX, SweepAxis, SweepCell, SweepPlan
from studio.domain.values import OptionValue

_ENUMERATED_MAX = 100_000
"""Up to so many combinations a sample is drawn from all of them; beyond, value by value."""


def sweep_cells(plan: SweepPlan) -> tuple[SweepCell, ...]:
    """Every cell of the plan in the chosen order.

    Raises SweepTooLarge above `SWEEP_CELLS_MAX`; ValueError, in words for people, for a plan that makes no sense."""
    maker = _CellMaker(plan)
    places = _ordered(plan, _sampled(plan) if plan.make == "sample" else _all_places(plan))
    cells: list[SweepCell] = []
    for place, target_index in places:
        target = maker.target(place, target_index)
        cells.append(SweepCell(len(cells), place, target_index, maker.request(place), target))
    return tuple(cells)


class _CellMaker:
    """Requests and targets by place; equal ones are made once."""

    def __init__(self, plan: SweepPlan) -> None:
        self._plan = plan
        self._prompt = read_template(plan.request.prompt, {})
        self._negative = read_template(plan.request.negative_prompt, {})
        self._known: dict[tuple[int, ...], GenerationRequest] = {}
        self._targets: dict[tuple[int, ...], Target] = {}
        self._axes = tuple(enumerate(plan.axes))
        self._of_request = _at(n for n, axis in self._axes if axis.kind not in ("target", "option"))
        self._of_target = _at(n for n, axis in self._axes if axis.kind in ("target", "option"))
        _check_axes(plan, self._prompt, self._negative)

    def target(self, place: tuple[int, ...], target_index: int) -> Target:
        key = (*self._of_target(place), target_index)
        target = self._targets.get(key)
        if target is None:
            target = self._targets[key] = self._make_target(place, target_index)
        return target

    def _make_target(self, place: tuple[int, ...], target_index: int) -> Target:
        options: dict[str, OptionValue] = {}
        target = None
        for number, axis in self._axes:
            value = axis.values[place[number]]
            if axis.kind == "target":
                target = value.target
            elif axis.kind == "option" and axis.option and value.option is not None:
                options[axis.option] = value.option
        target = target or self._plan.targets[target_index]
        return target.model_copy(update={"options": {**target.options, **options}}) if options else target

    def request(self, place: tuple[int, ...]) -> GenerationRequest:
        key = self._of_request(place)
        request = self._known.get(key)
        if request is None:
            request = self._known[key] = self._make_request(place)
        return request

    def _make_request(self, place: tuple[int, ...]) -> GenerationRequest:
        changes: dict[str, object] = {}
        words = [""] * len(self._prompt.choices)
        negative_words = [""] * len(self._negative.choices)
        for number, axis in self._axes:
            value = axis.values[place[number]]
            match axis.kind:
                case "words":
                    words[axis.choice or 0] = value.words or ""
                case "negative words":
                    negative_words[axis.choice or 0] = value.words or ""
                case "size":
                    changes["size"] = value.size
                case "seed":
                    changes["seed"] = value.seed
                case "style":
                    changes["style"] = value.style
                case "negative":
                    changes["negative_prompt"] = value.negative_prompt
        prompt = self._prompt.fill(words)
        if not prompt.strip():
            raise ValueError("with these values the prompt is empty; write some words around the choices")
        negative = changes.setdefault("negative_prompt", self._negative.fill(negative_words))
        for name, text in (("prompt", prompt), ("negative prompt", str(negative))):
            if len(text) > PROMPT_MAX_CHARACTERS:
                raise ValueError(f"with these values the {name} is longer than {PROMPT_MAX_CHARACTERS} characters")
        return self._plan.request.model_copy(update={"prompt": prompt, **changes})


def _at(numbers: Iterable[int]) -> Callable[[tuple[int, ...]], tuple[int, ...]]:
    """Picks these coordinates out of a place; thousands of times, so not in a loop of Python's."""
    wanted = tuple(numbers)
    if len(wanted) > 1:
        return itemgetter(*wanted)
    return lambda place: tuple(place[number] for number in wanted)


_FIELDS = {
    "words": "words",
    "negative words": "words",
    "target": "target",
    "size": "size",
    "style": "style",
    "negative": "negative_prompt",
}


def _check_axes(plan: SweepPlan, prompt: PromptTemplate, negative: PromptTemplate) -> None:
    """Raises ValueError."""
    seen: set[tuple[str, object]] = set()
    for axis in plan.axes:
        if not axis.values:
            raise ValueError(f"nothing is chosen for {_axis_name(axis)}")
        about = (axis.kind, axis.option if axis.kind == "option" else axis.choice)
        if about in seen:
            raise ValueError(f"{_axis_name(axis)} stands in two axes")
        seen.add(about)
        if axis.kind == "option" and not axis.option:
            raise ValueError("an axis of options names none")
        field = _FIELDS.get(axis.kind)
        if field is not None and any(getattr(value, field) is None for value in axis.values):
            raise ValueError(f"a value for {_axis_name(axis)} is empty")
    if not plan.targets and not any(axis.kind == "target" for axis in plan.axes):
        raise ValueError("no target is chosen")
    whole_negative = any(axis.kind == "negative" for axis in plan.axes)
    wanted = {("words", number) for number in range(len(prompt.choices))}
    if not whole_negative:
        wanted |= {("negative words", number) for number in range(len(negative.choices))}
    given = {about for about in seen if about[0] in ("words", "negative words")}
    if given != wanted:
        raise ValueError("the choices of the prompt and the axes do not belong together")


def _axis_name(axis: SweepAxis) -> str:
    if axis.kind == "option":
        return f"the option {axis.option}"
    if axis.choice is not None:
        return f"choice {axis.choice + 1} of the {'negative ' if axis.kind == 'negative words' else ''}prompt"
    return {"negative": "the negative prompt"}.get(axis.kind, f"the {axis.kind}")


# --- places and their order ------------------------------------------------------------------------------------

_Place = tuple[int, ...]


def _all_places(plan: SweepPlan) -> list[_Place]:
    ranges = [range(len(axis.values)) for axis in plan.axes]
    left_out = [place for place in plan.left_out if _is_inside(place, ranges)]
    combinations = prod(len(one) for one in ranges) - len(left_out)
    _check_count(plan, combinations)
    return [place for place in product(*ranges) if place not in plan.left_out]


def _sampled(plan: SweepPlan) -> list[_Place]:
    """Without repeats; a value comes as often as its weight says. What is left out is drawn too, so that no other cell
    takes its place. Random.random() alone is drawn from: it is the one function that Python promises to keep."""
    ranges = [range(len(axis.values)) for axis in plan.axes]
    combinations = prod(len(one) for one in ranges)
    wanted = min(plan.sample_count, combinations)
    random = Random(plan.sample_seed)
    if combinations <= _ENUMERATED_MAX:
        keyed = sorted((log(1.0 - random.random()) / _weight(plan, place), place) for place in product(*ranges))
        drawn = [place for _, place in keyed[-wanted:]]
    else:
        drawn = list(_drawn(plan, random, wanted))
    places = [place for place in drawn if place not in plan.left_out]
    _check_count(plan, len(places))
    return places


def _drawn(plan: SweepPlan, random: Random, wanted: int) -> Iterator[_Place]:
    weighted = [[value.weight for value in axis.values] for axis in plan.axes]
    seen: set[_Place] = set()
    tries, tries_max = 0, 50 * wanted
    while wanted:
        tries += 1
        if tries > tries_max:  # a few heavy values hide the others: from now on all are alike
            weighted = [[1.0] * len(weights) for weights in weighted]
        place = tuple(_draw(weights, random.random()) for weights in weighted)
        if place not in seen:
            seen.add(place)
            wanted -= 1
            yield place


def _draw(weights: Sequence[float], share: float) -> int:
    left = share * sum(weights)
    for index, weight in enumerate(weights):
        left -= weight
        if left < 0:
            return index
    return len(weights) - 1


def _weight(plan: SweepPlan, place: _Place) -> float:
    return prod(axis.values[index].weight for axis, index in zip(plan.axes, place, strict=True))


def _is_inside(place: _Place, ranges: Sequence[range]) -> bool:
    return len(place) == len(ranges) and all(index in one for index, one in zip(place, ranges, strict=True))


def _check_count(plan: SweepPlan, combinations: int) -> None:
    """Raises SweepTooLarge; ValueError when nothing is left."""
    if not combinations:
        raise ValueError("every cell is left out")
    has_target_axis = any(axis.kind == "target" for axis in plan.axes)
    count = combinations * (1 if has_target_axis else len(plan.targets))
    if count > SWEEP_CELLS_MAX:
        raise SweepTooLarge(count=count, most=SWEEP_CELLS_MAX)


def _ordered(plan: SweepPlan, places: Iterable[_Place]) -> list[tuple[_Place, int]]:
    """Each place with the index of its target. Targets come last wherever the order leaves that open, so that one
    request goes to all of them before the next one."""
    target_axis = next((number for number, axis in enumerate(plan.axes) if axis.kind == "target"), None)
    turn = ("columns", "rows", "down", "across") if plan.order == "columns" else ("rows", "columns", "down", "across")
    sequence = [number for where in turn for number, axis in enumerate(plan.axes) if axis.place == where]
    if target_axis is not None and (plan.order == "random" or plan.axes[target_axis].place != turn[0]):
        sequence.remove(target_axis)
        sequence.append(target_axis)
    ordered = sorted(places, key=_at(sequence))
    if plan.order == "random":
        random = Random(plan.sample_seed)
        keys: dict[_Place, float] = {}
        for place in ordered:
            rest = tuple(index for number, index in enumerate(place) if number != target_axis)
            keys.setdefault(rest, random.random())
        ordered.sort(key=lambda place: keys[tuple(i for number, i in enumerate(place) if number != target_axis)])
    if target_axis is not None:
        return [(place, place[target_axis]) for place in ordered]
    return [(place, index) for place in ordered for index in range(len(plan.targets))]
