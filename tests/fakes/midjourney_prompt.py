"""Reading the parameters at the end of a Midjourney prompt, as strictly as public parameter lists allow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

VERSIONS = ("5.2", "6", "6.0", "6.1", "7", "8", "8.1", "8.2")
DEFAULT_VERSION = "8.2"
_LONG_NAMES = {
    "version": "v",
    "stylize": "s",
    "chaos": "c",
    "weird": "w",
    "quality": "q",
    "profile": "p",
    "aspect": "ar",
    "repeat": "r",
}
_TILES = {"1:1": (1024, 1024), "4:3": (1232, 928), "3:2": (1344, 896), "16:9": (1456, 816), "21:9": (1680, 720)}


class InvalidPromptError(ValueError):
    """Midjourney would refuse the prompt; the text says why."""


@dataclass(frozen=True, slots=True)
class MidjourneyPrompt:
    """`links`: image prompts in front of the text. `parameters`: by short name, flags with an empty value."""

    links: tuple[str, ...]
    text: str
    parameters: Mapping[str, str]

    @property
    def version(self) -> str:
        """`8.2` or `niji 7`."""
        return (
            f"niji {self.parameters['niji']}"
            if "niji" in self.parameters
            else self.parameters.get("v", DEFAULT_VERSION)
        )

    @property
    def generation(self) -> float:
        """The version as a number; niji 6 and 7 count as the plain version of that number."""
        return float(self.version.removeprefix("niji "))

    @property
    def tile(self) -> tuple[int, int]:
        """Pixels of one of the four pictures: the published sizes, others from the same area in steps of 8."""
        ratio = self.parameters.get("ar", "1:1")
        width, height = (int(part) for part in ratio.split(":"))
        if ratio in _TILES:
            return _TILES[ratio]
        if f"{height}:{width}" in _TILES:
            return _TILES[f"{height}:{width}"][::-1]
        scale = (1024 * 1024 / (width * height)) ** 0.5
        return max(8, round(width * scale / 8) * 8), max(8, round(height * scale / 8) * 8)


def _number(low: float, high: float, *, whole: bool = True) -> Callable[[str], bool]:
    def fits(value: str) -> bool:
        pattern = r"\d+" if whole else r"\d+(\.\d+)?|\.\d+"
        return re.fullmatch(pattern, value) is not None and low <= float(value) <= high

    return fits


def _ratio(value: str) -> bool:
    return re.fullmatch(r"[1-9]\d*:[1-9]\d*", value) is not None


def _links(value: str) -> bool:
    return bool(value) and all(word == "random" or re.match(r"https?://|\d", word) for word in value.split())


def _one_of(*values: str) -> Callable[[str], bool]:
    return lambda value: value in values


def _some_words(value: str) -> bool:
    return bool(value.strip(" ,"))


_FLAG = _one_of("")
_RULES: dict[str, tuple[Callable[[str], bool], Callable[[float], bool]]] = {
    "ar": (_ratio, lambda _: True),
    "v": (_one_of(*VERSIONS), lambda _: True),
    "niji": (_one_of("4", "5", "6", "7"), lambda _: True),
    "no": (_some_words, lambda _: True),
    "seed": (_number(0, 2**32 - 1), lambda _: True),
    "s": (_number(0, 1000), lambda _: True),
    "c": (_number(0, 100), lambda _: True),
    "w": (_number(0, 3000), lambda v: v >= 5),
    "raw": (_FLAG, lambda v: v >= 6),
    "style": (_one_of("raw", "cute", "scenic", "expressive", "original"), lambda v: v < 6),
    "q": (_one_of(".25", "0.25", ".5", "0.5", "1", "2", "4"), lambda v: v != 8.1),
    "iw": (_number(0, 3, whole=False), lambda _: True),
    "sref": (_links, lambda v: v >= 6),
    "sw": (_number(0, 1000), lambda v: v >= 6),
    "sv": (_number(1, 7), lambda v: v >= 6),
    "cref": (_links, lambda v: 6 <= v < 7),
    "cw": (_number(0, 100), lambda v: 6 <= v < 7),
    "oref": (_links, lambda v: 7 <= v < 8),
    "ow": (_number(1, 1000), lambda v: 7 <= v < 8),
    "tile": (_FLAG, lambda v: 5.1 <= v < 8),
    "draft": (_FLAG, lambda v: 7 <= v < 8),
    "hd": (_FLAG, lambda v: v >= 8),
    "exp": (_number(0, 100), lambda v: v >= 7),
    "stop": (_number(10, 100), lambda v: v < 7),
    "p": (lambda _: True, lambda v: v >= 6),
    "fast": (_FLAG, lambda _: True),
    "relax": (_FLAG, lambda _: True),
    "turbo": (_FLAG, lambda _: True),
    "stealth": (_FLAG, lambda _: True),
    "public": (_FLAG, lambda _: True),
}
"""Per parameter: which values are legal, and in which versions it is."""


def read_prompt(prompt: str, *, has_image: bool = False) -> MidjourneyPrompt:
    """Split a prompt into image links, text and parameters. Raises `InvalidPromptError`.

    `has_image`: an image is attached beside the prompt, so that an image weight makes sense."""
    text, *tail = re.split(r"(?:^|\s)--(?=\S)", prompt)
    words = text.split()
    links = tuple(word for word in words if re.match(r"https?://", word))
    if words[: len(links)] != list(links):
        raise InvalidPromptError("Image links must stand in front of the text.")
    if not words or (len(words) == len(links) == 1):
        raise InvalidPromptError("The prompt has no text.")
    parameters: dict[str, str] = {}
    for part in tail:
        name, _, value = part.partition(" ")
        name = _LONG_NAMES.get(name, name)
        if name not in _RULES:
            raise InvalidPromptError(f"Unrecognized parameter: --{name}")
        if name in parameters:
            raise InvalidPromptError(f"The parameter --{name} stands twice.")
        parameters[name] = value.strip()
    found = MidjourneyPrompt(links, " ".join(words[len(links) :]), parameters)
    _check(found, has_image=has_image or bool(links))
    return found


def _check(prompt: MidjourneyPrompt, *, has_image: bool) -> None:
    names = prompt.parameters
    for name, value in names.items():
        legal, in_version = _RULES[name]
        if not legal(value):
            raise InvalidPromptError(f"Invalid value for --{name}: {value!r}")
        if not in_version(prompt.generation):
            raise InvalidPromptError(f"--{name} is not compatible with version {prompt.version}")
    for first, second in (("v", "niji"), ("hd", "draft"), ("oref", "draft"), ("raw", "style"), ("seed", "turbo")):
        if first in names and second in names:
            raise InvalidPromptError(f"--{first} and --{second} cannot be used together")
    if "iw" in names and not has_image:
        raise InvalidPromptError("--iw needs an image prompt")
