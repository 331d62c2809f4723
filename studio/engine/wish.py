"""Reads the JSON contract of `image.generate`: each field by itself, each mistake in plain words, all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from studio.domain.assets import AspectRatio, ReferenceImage, Size, SizeWish, parse_size_wish
from studio.domain.request import (
    IMAGES_MAX,
    PROMPT_MAX_CHARACTERS,
    REFERENCES_MAX,
    SEED_MAX,
    GenerationRequest,
    Target,
)
from studio.domain.values import OptionValue

STYLE_MAX_CHARACTERS = 2_000
FIELDS = (
    "prompt",
    "negative_prompt",
    "size",
    "aspect_ratio",
    "style",
    "seed",
    "n",
    "reference_image",
    "reference_images",
    "options",
    "provider",
    "model",
    "targets",
)

T = TypeVar("T")


class _Unusable(ValueError):
    """A field's value cannot be used; the reason is in words."""


class FieldProblem(NamedTuple):
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extras:
    """What a wish holds beside the request: options for its targets, and the targets when it names them."""

    options: dict[str, OptionValue] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    """From ``targets`` (a list of ``provider/model``) or ``provider`` and ``model``; without the options."""
    provider: str | None = None
    """Named without a model: its default model is meant."""


class WishReader:
    """`problems` is complete once it is built; `request` and `extras` may be asked for when it is empty."""

    def __init__(self, wish: Mapping[str, Any]) -> None:
        self.problems: list[FieldProblem] = []
        self._wish = wish
        for name in wish:
            if name not in FIELDS:
                self.complain(str(name)[:60], f"no such field; there are {', '.join(FIELDS)}")
        self._prompt = self._read("prompt", _prompt, "")
        self._negative = self._read("negative_prompt", _text(PROMPT_MAX_CHARACTERS), "")
        self._style = self._read("style", _text(STYLE_MAX_CHARACTERS), "")
        self._size: SizeWish = self._read("size", _size, "auto")
        self._ratio = self._read("aspect_ratio", _ratio, None)
        self._seed = self._read("seed", _seed, None)
        self._n = self._read("n", _count, 1)
        self._options: dict[str, OptionValue] = self._read("options", _options, {})
        self._sources: list[str] = []
        for name in ("reference_image", "reference_images"):
            self._sources += self._read(name, _sources, list[str]())
        if len(self._sources) > REFERENCES_MAX:
            self.complain("reference_image", f"at most {REFERENCES_MAX} images, not {len(self._sources)}")
            self._sources = []
        self._provider = self._read("provider", _name, None)
        self._model = self._read("model", _name, None)
        self._targets: tuple[Target, ...] = self._read("targets", _targets, ())
        if "prompt" not in wish:
            self.complain("prompt", "it is missing")

    def complain(self, field_name: str, reason: str) -> None:
        self.problems.append(FieldProblem(field_name, reason))

    def reference_sources(self) -> list[str]:
        """Paths and addresses of the reference images, in their order."""
        return self._sources

    def request(self, references: tuple[ReferenceImage, ...]) -> GenerationRequest:
        return GenerationRequest(
            prompt=self._prompt,
            negative_prompt=self._negative,
            size=self._size,
            aspect_ratio=self._ratio,
            style=self._style,
            seed=self._seed,
            n=self._n,
            reference_image=references,
        )

    def extras(self) -> Extras:
        targets = self._targets
        if not targets and self._provider is not None and self._model is not None:
            targets = (Target(provider=self._provider, model=self._model),)
        elif not targets and self._model is not None and "/" in self._model:
            targets = (Target.parse(self._model),)
        return Extras(self._options, targets, self._provider)

    def _read(self, name: str, read: Callable[[Any], T], default: T) -> T:
        raw = self._wish.get(name)
        if raw is None:
            if name == "prompt" and name in self._wish:
                self.complain(name, "it is missing")
            return default
        try:
            return read(raw)
        except ValueError as error:
            self.complain(name, str(error))
            return default


def _text(limit: int) -> Callable[[Any], str]:
    def read(raw: Any) -> str:
        if not isinstance(raw, str):
            raise _Unusable(f"it must be text, not {_kind(raw)}")
        if len(raw) > limit:
            raise _Unusable(f"it has {len(raw)} characters, at most {limit} are possible")
        try:
            raw.encode()
        except UnicodeEncodeError:
            raise _Unusable("it holds half a character (a lone surrogate)") from None
        return raw

    return read


def _prompt(raw: Any) -> str:
    text = _text(PROMPT_MAX_CHARACTERS)(raw)
    if not text.strip():
        raise _Unusable("it is empty")
    return text


def _name(raw: Any) -> str:
    text = _text(300)(raw).strip()
    if not text:
        raise _Unusable("it is empty")
    return text


def _size(raw: Any) -> SizeWish:
    if isinstance(raw, Mapping) and set(raw) == {"width", "height"}:
        return Size.parse(f"{_whole(raw['width'])}x{_whole(raw['height'])}")
    if not isinstance(raw, str):
        raise _Unusable(f"it must be a text such as 1024x1024, auto or 2K, not {_kind(raw)}")
    return parse_size_wish(raw) if raw.strip() else "auto"


def _ratio(raw: Any) -> AspectRatio | None:
    if not isinstance(raw, str):
        raise _Unusable(f"it must be a text such as 16:9, not {_kind(raw)}")
    return AspectRatio.parse(raw) if raw.strip().lower() not in ("", "auto") else None


def _seed(raw: Any) -> int | None:
    if isinstance(raw, str) and raw.strip().lower() in ("", "random"):
        return None
    seed = _whole(raw)
    if seed == -1:
        return None
    if not 0 <= seed <= SEED_MAX:
        raise _Unusable(f"it goes from 0 to {SEED_MAX}, or -1 for none, not {raw}")
    return seed


def _count(raw: Any) -> int:
    count = _whole(raw)
    if not 1 <= count <= IMAGES_MAX:
        raise _Unusable(f"it goes from 1 to {IMAGES_MAX}, not {raw}")
    return count


def _whole(raw: Any) -> int:
    """A whole number as JSON or text may write it: 7, 7.0, "7"."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        raise _Unusable(f"it must be a whole number, not {_kind(raw)}")
    try:
        number = int(raw)
    except (ValueError, OverflowError):
        raise _Unusable(f"it must be a whole number, not {str(raw)[:40]!r}") from None
    if isinstance(raw, float) and number != raw:
        raise _Unusable(f"it must be a whole number, not {raw}")
    return number


def _sources(raw: Any) -> list[str]:
    sources = [raw] if isinstance(raw, str) else raw
    if not isinstance(sources, (list, tuple)) or not all(isinstance(one, str) for one in sources):
        raise _Unusable("it must be a path or an address, or a list of them")
    return [one for one in sources if one.strip()]


def _options(raw: Any) -> dict[str, OptionValue]:
    if not isinstance(raw, Mapping):
        raise _Unusable(f"they must be names with values, not {_kind(raw)}")
    options: dict[str, OptionValue] = {}
    for name, value in raw.items():
        if value is None:
            continue
        if not isinstance(name, str) or not isinstance(value, (str, int, float, bool)):
            raise _Unusable(f"{name} must be text, a number or yes or no, not {_kind(value)}")
        options[name] = _text(PROMPT_MAX_CHARACTERS)(value) if isinstance(value, str) else value
    return options


def _targets(raw: Any) -> tuple[Target, ...]:
    texts = [raw] if isinstance(raw, str) else raw
    if not isinstance(texts, (list, tuple)) or not all(isinstance(one, str) for one in texts):
        raise _Unusable("they must be texts such as openai/gpt-image-2")
    return tuple(Target.parse(text) for text in texts)


def _kind(raw: Any) -> str:
    """What JSON calls it."""
    if isinstance(raw, bool):
        return "yes or no"
    if isinstance(raw, (int, float)):
        return "a number"
    if isinstance(raw, str):
        return "text"
    if isinstance(raw, Mapping):
        return "an object"
    return "a list" if isinstance(raw, (list, tuple)) else "nothing"
