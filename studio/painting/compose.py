"""From a wish to a scene: reads the words, chooses setting, palette and light, and composes."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from studio.painting.colour import mix, shift
from studio.painting.dice import dice
from studio.painting.lexicon import Reading, read
from studio.painting.palette import adopt, choose_palette, moment_of, with_references, with_words, without
from studio.painting.scene import Element, Light, Scene, Shape, Thing
from studio.painting.settings import (
    abstract,
    courtyard,
    interior,
    landscape,
    open_land,
    portrait,
    still_life,
    tiles,
    town,
    woods,
)
from studio.painting.settings.stage import Stage
from studio.painting.subjects import KINDS
from studio.painting.wish import Colour, PaintWish

Setting = Callable[[Stage], list[Element]]

_SETTINGS: Final[dict[str, Setting]] = {
    "lake": landscape.lake,
    "mountains": landscape.mountains,
    "sea": open_land.sea,
    "dunes": open_land.dunes,
    "meadow": open_land.meadow,
    "forest": woods.forest,
    "underwater": woods.underwater,
    "city": town.city,
    "street": town.street,
    "courtyard": courtyard.courtyard,
    "room": interior.room,
    "creature": interior.creature,
    "pedestal": interior.pedestal,
    "isolated": interior.isolated,
    "still_life": still_life.still_life,
    "portrait": portrait.portrait,
    "tiles": tiles.tiles,
    "silk": abstract.silk,
    "space": abstract.space,
    "drift": abstract.drift,
}
_INDOOR: Final = frozenset(
    ("courtyard", "still_life", "portrait", "tiles", "room", "creature", "pedestal", "isolated", "silk")
)

# The first row with a named subject decides; subjects in one row are equals.
_CHOICE: Final[tuple[tuple[frozenset[str], str], ...]] = tuple(
    (frozenset(concepts.split()), name)
    for concepts, name in (
        ("tiles", "tiles"),
        ("courtyard stairs", "courtyard"),
        ("vase pear apple lemon cherry cup candle orange", "still_life"),
        ("planet rocket", "space"),
        ("forest mushroom", "forest"),
        ("city", "city"),
        ("street", "street"),
        ("lake river", "lake"),
        ("sea lighthouse", "sea"),
        ("dunes", "dunes"),
        ("mountains", "mountains"),
        ("meadow windmill", "meadow"),
        ("room chair lamp", "room"),
        ("pool", "courtyard"),
        ("fish whale", "underwater"),
        ("portrait", "portrait"),
        ("cat dog rabbit bird butterfly", "creature"),
        ("hills pines balloon", "mountains"),
        ("plinth torus sphere cone cube robot bust", "pedestal"),
        ("bottle", "pedestal"),
        ("silk", "silk"),
        ("boat", "sea"),
        ("bridge", "lake"),
        ("car umbrella", "street"),
        ("tree house", "meadow"),
        ("window", "room"),
        ("flowers branch book plant linen", "still_life"),
        ("people", "meadow"),
        ("moon stars", "lake"),
        ("sun clouds sky", "mountains"),
    )
)
_FALLBACKS: Final = ("pedestal", "drift", "silk", "still_life", "mountains", "sea", "drift", "lake")


def setting_of(reading: Reading, rng: random.Random) -> str:
    """The kind of picture the words ask for; by the hash of unknown words when they ask for none."""
    named = {mention.concept for mention in reading.mentions}
    if reading.clear_background and "portrait" not in named and not named.isdisjoint(KINDS):
        return "isolated"
    if "dunes" in named and reading.has("above", "close"):
        return "silk"
    if "fish" in named or "whale" in named:
        return "underwater"
    if (
        reading.mentions
        and reading.mentions[0].concept == "portrait"
        and not named & {"street", "city", "forest", "meadow"}
    ):
        return "portrait"
    for concepts, name in _CHOICE:
        if named & concepts:
            return name
    if reading.has("snow", "rain", "storm", "mist", "dawn", "dusk", "night", "autumn", "winter", "spring", "summer"):
        return rng.choice(("lake", "mountains", "forest"))
    return rng.choice(_FALLBACKS)


def _light_of(reading: Reading, moment: str, rng: random.Random, colour: Colour, shade: Colour) -> Light:
    side = -1 if rng.random() < 0.5 else 1
    x, height, hardness = rng.uniform(0.55, 0.9), rng.uniform(0.5, 0.75), 0.5
    if moment in ("dawn", "dusk", "golden"):
        height, hardness = rng.uniform(0.16, 0.36), 0.45
    if reading.has("hard", "day") and not reading.has("soft"):
        height, hardness = rng.uniform(0.6, 0.85), 0.9
    if reading.has("long"):
        height = min(height, 0.3)
    if reading.has("soft") or moment in ("overcast", "snow"):
        hardness = 0.1
    shadow = reading.mention("shadow")
    tint = 0.4 if shadow is not None and shadow.colour is not None else 0.0
    return Light(side * x, height, colour, shade, hardness, tint)


def compose(wish: PaintWish) -> Scene:
    """The scene of a wish; equal wishes give equal scenes."""
    reading = read(wish.prompt, wish.negative_prompt, wish.style_words)
    nudge = dice("nudge", *reading.unknown, wish.prompt if not reading.mentions else "")
    setting = setting_of(reading, nudge)
    rng = dice("layout", wish.seed, setting, nudge.random(), *sorted(reading.traits & {"above", "close", "wide"}))
    indoor = setting in _INDOOR
    palette = choose_palette(
        reading, wish.paint_style, indoor=indoor, rng=dice("palette", wish.seed, setting), nudge=nudge
    )
    palette = with_references(with_words(palette, reading, indoor=indoor), wish.reference_palettes)
    moment = moment_of(reading)
    light = _light_of(reading, moment, dice("light", wish.seed, setting), palette.light, palette.shade)
    unit = min(wish.width, wish.height)
    stage = Stage(reading, palette, light, moment, wish.paint_style, rng, wish.width / unit, wish.height / unit)
    elements = tuple(_SETTINGS[setting](stage))
    scene = Scene(
        stage.width,
        stage.height,
        elements,
        light,
        mix(palette.sky[-1], palette.light, 0.25) if not indoor else palette.wall,
        palette.paper,
        palette.ink,
        palette.accents,
        clear_background=reading.clear_background,
        bleed=setting in ("tiles", "silk"),
        texture_seed=wish.seed,
    )
    return _local_colours(scene, reading, wish)


def _local_colours(scene: Scene, reading: Reading, wish: PaintWish) -> Scene:
    """Things bring colours of their own: here they too obey refused colours, references and "black and white"."""
    pool = [colour for palette in wish.reference_palettes for colour in palette]
    strength = 0.06 if reading.has("mono") else 0.8 if reading.has("muted") else 1.12 if reading.has("vivid") else 1.0
    if not pool and not reading.refused_colours and strength == 1.0:
        return scene

    def change(colour: Colour) -> Colour:
        if pool:
            colour = adopt(colour, pool, share=0.4)
        if strength != 1.0:
            colour = shift(colour, chroma=strength)
        return without(colour, reading.refused_colours)

    def shape(old: Shape) -> Shape:
        return replace(old, colour=change(old.colour), fade=None if old.fade is None else change(old.fade))

    return replace(
        scene,
        elements=tuple(
            replace(element, shapes=tuple(map(shape, element.shapes))) if isinstance(element, Thing) else element
            for element in scene.elements
        ),
    )
