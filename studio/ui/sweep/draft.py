"""The sweep as it is being built: cards from the choices of the prompt and from what the user adds, and the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.domain.choices import ChoiceValue, PromptTemplate, read_template, write_choice, write_plain
from studio.domain.request import SEED_MAX, GenerationRequest, Target
from studio.domain.sweep import AxisKind, AxisPlace, SweepAxis, SweepOrder, SweepPlan, SweepValue

if TYPE_CHECKING:
    from studio.domain.assets import Size
    from studio.domain.values import OptionValue

PLACES: tuple[AxisPlace, ...] = ("rows", "columns", "across", "down")


@dataclass(frozen=True, slots=True)
class Card:
    """One axis as the user sees it. `key` stays the same while the text around a choice is edited."""

    key: str
    kind: AxisKind
    place: AxisPlace
    values: tuple[SweepValue, ...] = ()
    choice: int | None = None
    list_name: str | None = None
    listed: tuple[SweepValue, ...] = ()
    """All values of the list that `values` are picked from."""
    option: str | None = None

    @property
    def counts(self) -> bool:
        """Whether it is an axis: a card without values is only an offer."""
        return bool(self.values)


@dataclass(slots=True)
class SweepDraft:
    """Changed by the dialog only. The prompt and the negative prompt hold the choices, everything else is in cards."""

    request: GenerationRequest
    targets: tuple[Target, ...]
    lists: Mapping[str, tuple[ChoiceValue, ...]]
    titles: Mapping[str, str]
    """What a model is called in a chip, by `Target.key`."""
    prompt: str = ""
    negative: str = ""
    cards: list[Card] = field(default_factory=list)
    sample: bool = False
    sample_count: int = 20
    sample_seed: int = 0
    order: SweepOrder = "rows"
    stop_after_failures: int | None = 3
    left_out: set[tuple[int, ...]] = field(default_factory=set)
    template: PromptTemplate = field(init=False)
    negative_template: PromptTemplate = field(init=False)
    _read_from: tuple[str, str, Mapping[str, tuple[ChoiceValue, ...]]] | None = field(init=False, default=None)
    """What the templates were read from: a choice of thousands of values takes milliseconds to read."""

    def __post_init__(self) -> None:
        self.prompt, self.negative = self.prompt or self.request.prompt, self.negative or self.request.negative_prompt
        self.cards.append(Card("target", "target", "columns"))  # first, so that the columns are taken
        self.read(self.prompt, self.negative)
        self.take_targets(self.targets)
        seed = self.request.seed
        values = (seed_value(seed),) if seed is not None else ()
        self.cards.append(Card("seed", "seed", self._free_place("across"), values))

    # ------------------------------------------------------------------------------------------------ text
    def read(self, prompt: str, negative: str) -> None:
        """Find the choices again. A card keeps its place and its picks as long as its choice is there."""
        self.prompt, self.negative = prompt, negative
        if self._read_from != (prompt, negative, self.lists):
            self.template = read_template(prompt, self.lists)
            self.negative_template = read_template(negative, self.lists)
            self._read_from = prompt, negative, self.lists
        before = {card.key: card for card in self.cards}
        others = [card for card in self.cards if card.kind not in ("words", "negative words")]
        self.cards = []
        both: tuple[tuple[AxisKind, PromptTemplate], ...] = (
            ("words", self.template),
            ("negative words", self.negative_template),
        )
        for kind, template in both:
            for number, choice in enumerate(template.choices):
                key = f"{kind} {number}"
                place = before[key].place if key in before else self._free_place("rows", others)
                values = tuple(words_value(one) for one in choice.values)
                card = Card(key, kind, place, values, number, choice.list_name)
                if choice.list_name is not None:
                    card = _picked(card, before.get(key))
                self.cards.append(card)
        self.cards.extend(others)
        self.forget_left_out()

    def _free_place(self, first: AxisPlace, others: Sequence[Card] = ()) -> AxisPlace:
        """`first` if nothing stands there yet, else the next free place, else the rows."""
        taken = {card.place for card in (*self.cards, *others) if card.counts or card.kind == "target"}
        start = PLACES.index(first)
        return next((place for place in (*PLACES[start:], *PLACES[:start]) if place not in taken), "rows")

    def free_place(self) -> AxisPlace:
        """Where a new card goes."""
        return self._free_place("rows")

    def set_choice_values(self, card: Card, values: Sequence[SweepValue]) -> None:
        """Write other values into the text of a `{...}`; a single value becomes plain words."""
        template = self.template if card.kind == "words" else self.negative_template
        choice = template.choices[card.choice or 0]
        if len(values) == 1:
            inner = write_plain(values[0].words or "")
        else:
            inner = write_choice([ChoiceValue(one.words or "", one.weight) for one in values])
        text = template.text[: choice.start] + inner + template.text[choice.end :]
        if card.kind == "words":
            self.read(text, self.negative)
        else:
            self.read(self.prompt, text)

    # ------------------------------------------------------------------------------------------------ cards
    def card(self, key: str) -> Card | None:
        return next((card for card in self.cards if card.key == key), None)

    def put(self, card: Card) -> None:
        """Change a card, or add one."""
        keys = [one.key for one in self.cards]
        if card.key in keys:
            if self.cards[keys.index(card.key)].values != card.values:
                self.forget_left_out()
            self.cards[keys.index(card.key)] = card
        else:
            self.cards.append(card)
            self.forget_left_out()

    def remove(self, key: str) -> None:
        self.cards = [card for card in self.cards if card.key != key]
        self.forget_left_out()

    def forget_left_out(self) -> None:
        """Places in the matrix mean something else after a change of values: what was left out comes back."""
        self.left_out.clear()

    def take_targets(self, targets: Sequence[Target]) -> None:
        self.targets = tuple(targets)
        values = tuple(SweepValue(label=self.titles.get(one.key, one.model), target=one) for one in targets)
        card = self.card("target")
        if card is not None:
            self.put(replace(card, values=values))

    def swap_rows_and_columns(self) -> None:
        swapped: dict[AxisPlace, AxisPlace] = {"rows": "columns", "columns": "rows"}
        self.cards = [replace(card, place=swapped.get(card.place, card.place)) for card in self.cards]

    # ------------------------------------------------------------------------------------------------ the plan
    @property
    def axes(self) -> list[Card]:
        """The cards that are axes, in their order; their indices are the coordinates of a cell. Whole negative prompts
        take the place of the one that the request has, choices and all."""
        whole = self.card("negative")
        skipped = "negative words" if whole is not None and whole.counts else ""
        return [card for card in self.cards if card.counts and card.kind != skipped]

    @property
    def combination_count(self) -> int:
        count = 1
        for card in self.axes:
            count *= len(card.values)
        return count

    def factors(self) -> list[int]:
        """How many values each place of the matrix has, without the ones."""
        counts = [len(card.values) for place in PLACES for card in self.axes if card.place == place]
        return [count for count in counts if count > 1]

    def plan(self) -> SweepPlan:
        """Raises ValueError (also pydantic's) for what is no plan yet."""
        axes = tuple(
            SweepAxis(
                kind=card.kind,
                place=card.place,
                values=card.values,
                choice=card.choice,
                list_name=card.list_name,
                option=card.option,
            )
            for card in self.axes
        )
        seeds = self.card("seed")
        changed = {"prompt": self.prompt, "negative_prompt": self.negative}
        if seeds is None or not seeds.values:
            changed["seed"] = None  # type: ignore[assignment]  # the field takes None
        request = GenerationRequest.model_validate({**self.request.model_dump(), **changed})
        return SweepPlan(
            request=request,
            targets=self.targets,
            axes=axes,
            make="sample" if self.sample else "all",
            sample_count=self.sample_count,
            sample_seed=self.sample_seed,
            order=self.order,
            stop_after_failures=self.stop_after_failures,
            left_out=frozenset(self.left_out),
        )


def _picked(card: Card, before: Card | None) -> Card:
    """The card of a list: what was picked before, as far as the list still has it; else all of it."""
    listed = card.values
    if before is not None and before.list_name == card.list_name:
        wanted = {one.words for one in before.values}
        kept = tuple(one for one in listed if one.words in wanted)
    else:
        kept = ()
    return replace(card, values=kept or listed, listed=listed)


@lru_cache(maxsize=20_000)
def words_value(value: ChoiceValue) -> SweepValue:
    return SweepValue(label=value.text, weight=value.weight, words=value.text)


def seed_value(seed: int) -> SweepValue:
    return SweepValue(label=str(seed), seed=seed)


def size_value(size: Size) -> SweepValue:
    return SweepValue(label=f"{size.width} × {size.height}", size=size)


def style_value(name: str, words: str) -> SweepValue:
    return SweepValue(label=name, style=words)


def negative_value(words: str, none: str) -> SweepValue:
    """`none` is the label of no negative prompt at all."""
    return SweepValue(label=words or none, negative_prompt=words)


def option_value(label: str, value: OptionValue) -> SweepValue:
    return SweepValue(label=label, option=value)


def read_seed(text: str) -> int | None:
    """A seed as typed; None when it is none."""
    digits = text.strip()
    return int(digits) if digits.isdecimal() and int(digits) <= SEED_MAX else None
