"""A portrait in front of a disc, and busts on a plinth."""

from __future__ import annotations

from studio.painting.colour import mix, shift
from studio.painting.geometry import box, ellipse
from studio.painting.scene import Element, Shadow, Shape, Thing, Wall
from studio.painting.settings.stage import Stage, window_patches
from studio.painting.subjects.people import Sitter
from studio.painting.subjects.people import portrait as draw_portrait
from studio.painting.wish import Colour

_SKINS: tuple[Colour, ...] = (
    (236, 194, 160),
    (222, 170, 132),
    (196, 138, 100),
    (150, 98, 70),
    (108, 70, 52),
    (244, 210, 184),
)


def portrait(stage: Stage) -> list[Element]:
    """Head and shoulders, a little off the axis, the sun disc behind."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    scale = min(stage.width * 0.74, stage.height * 0.5) * (
        1.2 if reading.has("close") else 0.84 if reading.has("wide") else 1.0
    )
    scale *= rng.uniform(0.94, 1.06)
    x = stage.width * 0.5 + rng.uniform(-0.05, 0.05) * stage.width
    foot = min(stage.height - 0.42 * scale, stage.height * 0.5 + 0.62 * scale)
    elements: list[Element] = [Wall(mix(palette.wall, palette.paper, 0.35), palette.floor)]
    disc = reading.colour("sun", reading.colour("moon", palette.accent(0)))
    if not stage.refused("sun", "moon"):
        offset = rng.uniform(-0.12, 0.12) * scale
        elements.append(
            Thing((Shape(ellipse(x + offset, foot - 0.72 * scale, 0.58 * scale), disc),), foot, Shadow.NONE)
        )
    dress = next((colour for colour in palette.accents[1:] if colour != disc), palette.accent(2))
    thing = draw_portrait(_sitter(stage, mix(dress, palette.ink, 0.35))).placed(
        x, foot, scale, flip=rng.random() < 0.5, shadow=Shadow.NONE, turn=rng.uniform(-2.5, 2.5)
    )
    if foot + 0.6 * scale < stage.height:
        elements.append(
            Thing(
                (
                    Shape(
                        box(x - 0.66 * scale, foot + 0.4 * scale, x + 0.66 * scale, stage.height + 0.1),
                        mix(dress, palette.ink, 0.35),
                    ),
                ),
                foot,
                Shadow.NONE,
            )
        )
    elements.append(thing)
    if reading.has("window", "golden", "long"):
        elements.append(window_patches(stage, softness=0.02))
    return elements


def _sitter(stage: Stage, dress: Colour) -> Sitter:
    """Hair, skin and what is worn, as the words say or by chance."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    kinds = [kind for kind in ("bob", "bun", "long_hair") if reading.has(kind)]
    hair = (
        kinds[0] if kinds else ("short" if reading.has("beard", "short") else rng.choice(("bob", "bun", "long_hair")))
    )
    skin = mix(rng.choice(_SKINS), palette.light, 0.08)
    dark = mix(palette.ink, (44, 34, 36), 0.4)
    hair_colour = reading.colour(
        "hair", rng.choice((dark, dark, (92, 52, 36), (150, 86, 48), (206, 160, 96))) if not kinds else dark
    )
    if reading.has("old"):
        hair_colour = reading.colour("hair", mix((206, 204, 200), palette.shade, 0.12))
    return Sitter(
        hair=hair,
        hat=reading.has("hat"),
        glasses=reading.has("glasses"),
        beard=reading.has("beard"),
        skin=skin,
        hair_colour=hair_colour,
        dress=dress,
        lips=shift(mix((196, 62, 60), palette.accent(0), 0.3), light=-0.02),
        ink=palette.ink,
    )
