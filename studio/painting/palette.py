"""The colours of one picture, chosen from the words, the style and the reference images."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from studio.painting.colour import chroma, distance, hue, lightness, mix, shift, to_lab, with_light
from studio.painting.lexicon import Reading
from studio.painting.palette_tables import BOLD_INDOOR, INDOOR, TABLES
from studio.painting.subjects import KINDS
from studio.painting.wish import Colour, PaintStyle


def _hex(text: str) -> tuple[Colour, ...]:
    return tuple((int(word[0:2], 16), int(word[2:4], 16), int(word[4:6], 16)) for word in text.split())


@dataclass(frozen=True, slots=True)
class Palette:
    """Named colours. ``sky`` runs from the top to the horizon, ``land`` from far to near."""

    sky: tuple[Colour, ...]
    land: tuple[Colour, ...]
    light: Colour
    shade: Colour
    wall: Colour
    floor: Colour
    accents: tuple[Colour, ...]
    paper: Colour
    ink: Colour

    def accent(self, index: int) -> Colour:
        """An accent by number; numbers past the end start again."""
        return self.accents[index % len(self.accents)]


def moment_of(reading: Reading) -> str:
    """The light of the day that the words name; daylight when they name none."""
    for trait in ("storm", "neon", "night", "dawn", "dusk"):
        if reading.has(trait):
            return trait
    if reading.has("golden"):
        return "golden"
    if reading.has("candlelit") and not reading.has("day"):
        return "night"
    if reading.has("moon", "stars", "planet", "rocket") and not reading.has("day", "sun"):
        return "night"
    if reading.has("snow", "winter"):
        return "snow"
    if reading.has("soft", "rain") or (reading.has("mist") and not reading.has("day", "sun")):
        return "overcast"
    return "day"


def _parse(row: str) -> Palette:
    sky, land, light, walls, accents, papers = row.split("|")
    light_colour, shade = _hex(light)
    wall, floor = _hex(walls)
    paper, ink = _hex(papers)
    return Palette(_hex(sky), _hex(land), light_colour, shade, wall, floor, _hex(accents), paper, ink)


def choose_palette(
    reading: Reading, style: PaintStyle, *, indoor: bool, rng: random.Random, nudge: random.Random
) -> Palette:
    """A palette by table, seed (``rng``) and unknown words (``nudge``); words and references come after."""
    moment = moment_of(reading)
    rows = TABLES[style].get(moment) or TABLES[style]["day"]
    palette = _parse(rows[rng.randrange(len(rows))])
    if indoor:
        table = INDOOR if style is PaintStyle.PAINTER else BOLD_INDOOR
        wall, floor, shade, *tints = _hex(table[rng.randrange(len(table))])
        if moment in ("night", "neon", "storm", "dusk"):
            wall, floor = mix(wall, palette.wall, 0.75), mix(floor, palette.floor, 0.75)
        palette = replace(palette, wall=wall, floor=floor, shade=mix(shade, palette.shade, 0.3), accents=tuple(tints))
    accents = list(palette.accents)
    rng.shuffle(accents)
    drift = rng.uniform(-7, 7)
    palette = replace(_every(palette, lambda colour: shift(colour, turn=drift)), accents=tuple(accents))
    palette = _in_season(palette, reading)
    turn, strength = nudge.uniform(-13, 13), nudge.uniform(0.9, 1.12)
    return _every(palette, lambda colour: shift(colour, turn=turn, chroma=strength))


def _every(palette: Palette, change: Callable[[Colour], Colour]) -> Palette:
    return Palette(
        sky=tuple(map(change, palette.sky)),
        land=tuple(map(change, palette.land)),
        light=change(palette.light),
        shade=change(palette.shade),
        wall=change(palette.wall),
        floor=change(palette.floor),
        accents=tuple(map(change, palette.accents)),
        paper=change(palette.paper),
        ink=change(palette.ink),
    )


def _in_season(palette: Palette, reading: Reading) -> Palette:
    tints: dict[str, Colour] = {"autumn": (190, 104, 44), "spring": (150, 178, 120), "summer": (70, 140, 80)}
    for season, tint in tints.items():
        if reading.has(season):
            land = tuple(
                mix(colour, with_light(tint, lightness(colour)), 0.62 * (0.35 + 0.65 * index / 4))
                for index, colour in enumerate(palette.land)
            )
            return replace(palette, land=land, accents=(tint, *palette.accents))
    return palette


# Parts of a scene whose colour is theirs alone; a colour said of anything else tints the whole picture.
_LOCAL: Final = frozenset(
    ("sun", "moon", "stars", "clouds", "flowers", "branch", "linen", "hair", "shadow", "wall", "sky", "window")
)


def with_words(palette: Palette, reading: Reading, *, indoor: bool) -> Palette:
    """The palette under the named colours, moods and refused colours."""
    local = {colour for concept, colour in reading.worn if concept in KINDS or concept in _LOCAL}
    free = [colour for colour in reading.colours if colour not in local]
    if free and indoor:
        first = free[0]
        palette = replace(
            palette,
            wall=mix(palette.wall, first, 0.86),
            floor=mix(palette.floor, free[1] if len(free) > 1 else with_light(first, 0.55), 0.6),
        )
    elif free:
        share = 0.5
        palette = replace(
            palette,
            sky=tuple(mix(colour, with_light(free[-1], lightness(colour)), share) for colour in palette.sky),
            land=tuple(mix(colour, with_light(free[0], lightness(colour)), share + 0.15) for colour in palette.land),
            shade=mix(palette.shade, with_light(free[0], lightness(palette.shade)), 0.4),
        )
    if free:
        palette = replace(palette, accents=(*dict.fromkeys(free), *palette.accents[:2]))
    shadow = reading.mention("shadow")
    if shadow is not None and shadow.colour is not None:
        palette = replace(palette, shade=with_light(mix(palette.shade, shadow.colour, 0.85), 0.46))
    wall = reading.mention("wall")
    if wall is not None and wall.colour is not None:
        palette = replace(palette, wall=wall.colour)
    sky = reading.mention("sky")
    if sky is not None and sky.colour is not None:
        palette = replace(
            palette, sky=tuple(mix(stop, with_light(sky.colour, lightness(stop)), 0.85) for stop in palette.sky)
        )
    return _refuse(_in_mood(palette, reading), reading.refused_colours)


def _in_mood(palette: Palette, reading: Reading) -> Palette:
    light, strength, turn = 0.0, 1.0, None
    if reading.has("muted"):
        light, strength = 0.015, 0.72
    if reading.has("vivid"):
        strength = 1.35
    if reading.has("dark"):
        light -= 0.1
    if reading.has("mono"):
        strength = 0.06
    if reading.has("warm"):
        turn = (255, 170, 90)
    if reading.has("cool"):
        turn = (90, 150, 235)

    def change(colour: Colour) -> Colour:
        if turn is not None:
            colour = mix(colour, with_light(turn, lightness(colour)), 0.3)
        return shift(colour, light=light, chroma=strength)

    return _every(palette, change)


def is_like(colour: Colour, refused: Colour) -> bool:
    """Whether people would call both by the same name."""
    if chroma(refused) < 0.03:
        return distance(colour, refused) < 0.16
    gap = abs((hue(colour) - hue(refused) + 180) % 360 - 180)
    return chroma(colour) > 0.035 and gap < 36


def without(colour: Colour, refused: Sequence[Colour]) -> Colour:
    """The colour turned away from every refused hue."""
    for name in refused:
        if is_like(colour, name):
            if chroma(name) < 0.03:
                colour = shift(colour, light=-0.25 if lightness(name) > 0.6 else 0.3)
            else:
                gap = (hue(colour) - hue(name) + 180) % 360 - 180
                colour = shift(colour, turn=(75 - gap) if gap >= 0 else (-75 - gap), chroma=0.85)
    return colour


def _refuse(palette: Palette, refused: Sequence[Colour]) -> Palette:
    return _every(palette, lambda colour: without(colour, refused)) if refused else palette


def adopt(colour: Colour, reference: Sequence[Colour], *, share: float = 0.8) -> Colour:
    """The colour moved to its nearest relative in a reference; lightness is kept for two thirds."""
    if not reference:
        return colour
    here = lightness(colour)
    nearest = min(reference, key=lambda other: (abs(lightness(other) - here) + 0.35 * distance(colour, other), other))
    target = with_light(nearest, here + (lightness(nearest) - here) * 0.35)
    return mix(colour, target, share)


def with_references(palette: Palette, references: Sequence[Sequence[Colour]]) -> Palette:
    """The palette drawn towards the reference images; accents become their strongest colours."""
    pool = [colour for reference in references for colour in reference]
    if not pool:
        return palette
    main = pool[: max(3, len(pool))]
    dominant = references[0][0] if references[0] else pool[0]
    strongest = sorted(main, key=lambda colour: (-chroma(colour), to_lab(colour)))[:3]
    moved = _every(palette, lambda colour: adopt(colour, main))
    return replace(moved, wall=mix(moved.wall, dominant, 0.7), accents=(*strongest, *moved.accents[:1]))
